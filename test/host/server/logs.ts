import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Log = {
  /** Absolute path; its last part is the channel's name or `remoteexthost.log`. */
  readonly path: string;
  readonly text: string;
};

/**
 * Everything that the VS Code with this profile has logged so far: the server, the extension host (`remoteexthost.log`) and the
 * output channels of extensions. Oldest session first.
 */
export function readLogs(dataDir: string): Log[] {
  const folder = join(dataDir, 'data', 'logs');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.log'))
    .sort()
    .map((name) => join(folder, name))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}
