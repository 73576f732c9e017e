import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from './repository';
import { type TemporaryFolder, temporaryFolder } from './temporaryFolder';

/** A copy of the sample project, free to be edited. */
export function sampleWorkspace(): TemporaryFolder {
  const folder = temporaryFolder('stream-signer-sample-');
  cpSync(join(repositoryRoot(), 'test', 'host', 'sample'), folder.path, { recursive: true });
  return folder;
}
