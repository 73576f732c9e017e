import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type TemporaryFolder = {
  /** Absolute. */
  readonly path: string;
  /** Deletes it with all that is in it; also done when this process ends. */
  remove(): void;
};

/** Makes a folder below the system's temporary one. `prefix`: short, macOS allows 103 characters for a socket made in there. */
export function temporaryFolder(prefix: string): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), prefix));
  const remove = () => {
    process.off('exit', remove);
    rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once('exit', remove);
  return { path, remove };
}
