import { desktopHost } from './desktop';
import type { Host } from './host';
import { serverHost } from './server/host';

/**
 * Picks the VS Code to run in and says which it is: the desktop one when it can be had, else the server. `VSCODE_HOST=desktop`
 * or `VSCODE_HOST=server` forces one. Fails with one sentence when the forced one can't be had.
 */
export async function chooseHost(): Promise<Host> {
  const host = await pick(process.env.VSCODE_HOST);
  console.log(`Running in ${host.name}.`);
  return host;
}

async function pick(forced: string | undefined): Promise<Host> {
  if (forced === 'server') return serverHost;
  if (forced === 'desktop') return desktopHost();
  if (forced) throw new Error(`VSCODE_HOST is "${forced}": it can be "desktop" or "server".`);
  return desktopHost().catch((error: Error) => {
    console.log(`${error.message} Taking the server.`);
    return serverHost;
  });
}
