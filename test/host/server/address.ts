import { pathToFileURL } from 'node:url';

/**
 * The address that opens `workspace` (absolute path of a folder or `.code-workspace` file) on a VS Code server, with the
 * extension under `extensionDevelopmentPath` in development mode and `testsPath` as the script whose `run()` is called.
 */
export function addressOf(
  origin: string,
  workspace: string,
  extensionDevelopmentPath: string | undefined,
  testsPath: string | undefined,
): string {
  const remote = (path: string) => `vscode-remote://${new URL(origin).host}${remotePath(path)}`;
  const payload: [string, string][] = [];
  if (extensionDevelopmentPath) payload.push(['extensionDevelopmentPath', remote(extensionDevelopmentPath)]);
  if (testsPath) payload.push(['extensionTestsPath', remote(testsPath)]);
  const address = new URL(origin);
  address.searchParams.set(workspace.endsWith('.code-workspace') ? 'workspace' : 'folder', remotePath(workspace));
  if (payload.length > 0) address.searchParams.set('payload', JSON.stringify(payload));
  return address.href;
}

/** With forward slashes and a leading one, also on Windows. */
function remotePath(path: string): string {
  return decodeURIComponent(pathToFileURL(path).pathname);
}
