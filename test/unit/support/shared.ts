import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { repositoryRoot } from '../../host/repository';

/**
 * A file of the folder `shared` beside the repository, e.g. `vectors/blns.json.gz`, as it is stored; `undefined` when it
 * is not there: a test that wants it then says that it is skipped.
 */
export function sharedFile(relative: string): Buffer | undefined {
  const path = join(repositoryRoot(), '..', 'shared', relative);
  return existsSync(path) ? readFileSync(path) : undefined;
}

/** Such a file read as JSON; one that ends in `.gz` is unpacked first. */
export function sharedJson(relative: string): unknown {
  const stored = sharedFile(relative);
  if (stored === undefined) return undefined;
  return JSON.parse((relative.endsWith('.gz') ? gunzipSync(stored) : stored).toString('utf8'));
}
