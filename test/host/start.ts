import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import type { Emulator } from '../emulator/server';
import { chooseHost } from './choose';
import { offeredAccount, startEmulated } from './emulated';
import { sampleWorkspace } from './sampleWorkspace';
import { serverHost } from './server/host';

// `npm start`: a VS Code to try the extension in, on a sample project, with an emulated Cloudflare behind it.
//   npm start [-- --port 8080]     a port asks for the server, whose window is a browser's

async function start(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: 'string' } } });
  const port = portOf(values.port);
  const host = port === undefined ? await chooseHost() : serverHost;
  const { emulator, env } = await startEmulated();
  const workspace = sampleWorkspace();
  const session = await host.open({
    workspace: workspace.path,
    env: { ...env, ...offeredAccount(emulator) },
    userSettings: { 'workbench.startupEditor': 'readme' },
    ...(port === undefined ? {} : { port }),
  });
  console.log(
    [
      '',
      `  ${host.name} is open with Stream Signer and a sample project.`,
      ...(session.address ? [`  Look at it here: ${session.address}`] : []),
      '',
      `  Cloudflare is emulated: API ${emulator.api}, delivery ${emulator.edge}.`,
      `  Open the Stream Signer view to add its account "${emulator.accounts[0]?.name}" with one click.`,
      '  Other credentials to try it with:',
      ...credentialLines(emulator.credentials),
      '  What you edit is a copy. Ctrl+C ends it all.',
      '',
    ].join('\n'),
  );
  if (session.address && hasDesktop()) openBrowser(session.address);

  await session.ended;
}

/** Every credential of the emulator by its name. */
function credentialLines(credentials: Emulator['credentials']): string[] {
  return Object.entries(credentials).map(([name, value]) => {
    const secret = typeof value === 'string' ? value : `${value.token} (of account ${value.accountId})`;
    return `    ${name}: ${secret}`;
  });
}

/** Whether somebody sits in front of this machine. */
function hasDesktop(): boolean {
  if (process.env.CI) return false;
  if (process.platform === 'darwin' || process.platform === 'win32') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Opens the address in the person's own browser. When that fails, the address is on the terminal. */
function openBrowser(address: string): void {
  // rundll32 takes the address as it is; `start` would need a shell, which reads an & in it as its own.
  const openers: Partial<Record<NodeJS.Platform, [string, ...string[]]>> = {
    darwin: ['open'],
    win32: ['rundll32', 'url.dll,FileProtocolHandler'],
  };
  const [program, ...args] = openers[process.platform] ?? ['xdg-open'];
  const child = spawn(program, [...args, address], { stdio: 'ignore', detached: true });
  child.once('error', () => {});
  child.unref();
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`"${text}" is not a port: 1 to 65535.`);
  return port;
}

// Whatever was started or made ends with this process, on every way out of it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(0));

start().then(
  () => process.exit(0),
  (error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
