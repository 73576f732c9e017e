import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The absolute path of this repository: the nearest folder at or above the working directory whose package is `stream-signer`.
 * Every npm script, F5 and mocha start inside it. Throws when there is none.
 */
export function repositoryRoot(): string {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === 'stream-signer') return folder;
    if (folder === dirname(folder)) throw new Error(`${process.cwd()} is not inside the stream-signer repository.`);
  }
}

/** The git-ignored folder for what is fetched on demand: the VS Code server, desktop VS Code, a browser. Not made here. */
export function cacheFolder(): string {
  return join(repositoryRoot(), '.cache');
}
