import { spawnSync } from 'node:child_process';
import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type ProcessTree, startTree } from '../processTree';
import { repositoryRoot } from '../repository';
import { temporaryFolder } from '../temporaryFolder';
import { addressOf } from './address';
import { obtainServer } from './obtain';
import { type Settings, writeUserSettings } from './settings';

/** How long the server may take until it answers. Seen: about one second; slow disks and virus scanners take their time. */
const readyMilliseconds = 60_000;

/** How many of the last lines it printed a failure tells. */
const keptLines = 10;

export type ServerOptions = {
  /** Absolute path of the folder (or `.code-workspace` file) to open. */
  readonly workspace: string;
  /** TCP port on 127.0.0.1; any free one when absent. */
  readonly port?: number;
  /** Over the quiet defaults of settings.ts. */
  readonly userSettings?: Settings;
  /** Environment variables for the server and its extension host, over our own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Runs the extension in this folder in Development mode (in Test mode when `url` gets a `testsPath`). */
  readonly extensionDevelopmentPath?: string;
  /** Installs this package first: the extension then runs in Production mode. */
  readonly installVsix?: string;
  /** Absolute path of the profile: settings, logs, storage. A temporary one, removed on stop, when absent. */
  readonly dataDir?: string;
};

export type Server = {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  readonly dataDir: string;
  /** The address to open in a browser. `testsPath`: absolute path of a script whose `run()` the extension host is to call. */
  url(options?: { testsPath?: string }): string;
  /** Resolves when the server has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Ends the server and everything it started. */
  stop(): Promise<void>;
};

/** Starts a VS Code server (fetching it first if need be) and resolves when it answers. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const vscode = await obtainServer();
  const main = join(vscode, 'out', 'server-main.js');
  const profile = options.dataDir ? { path: options.dataDir, remove() {} } : temporaryFolder('vscode-server-');
  const dataDir = profile.path;
  const env = { ...ownEnvironment(), ...options.env };
  writeUserSettings(join(dataDir, 'data', 'User'), options.userSettings);
  if (options.installVsix) install(main, options.installVsix, dataDir, env);

  const shim = join(repositoryRoot(), 'test', 'host', 'server', 'mintKey.cjs');
  const tree = startTree(
    nodeForServer(),
    [
      ...['-r', shim, main, '--host', '127.0.0.1', '--port', String(options.port ?? 0), ...quietly(dataDir)],
      ...['--builtin-extensions-dir', linkBuiltinExtensions(vscode, dataDir)],
    ],
    { env, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const stop = async () => {
    await tree.stop();
    profile.remove();
  };
  try {
    const origin = `http://127.0.0.1:${await listeningPort(tree)}`;
    return {
      origin,
      dataDir,
      url: ({ testsPath } = {}) => addressOf(origin, options.workspace, options.extensionDevelopmentPath, testsPath),
      ended: tree.ended,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function quietly(dataDir: string): string[] {
  // The smoke test driver is what makes the server honour the payload of the address; we don't drive through it.
  const switches = ['--without-connection-token', '--accept-server-license-terms', '--enable-smoke-test-driver'];
  return [...switches, '--disable-telemetry', '--server-data-dir', dataDir];
}

/**
 * Built-in extensions under a path outside this repository. VS Code takes a theme that lies below the extension under development
 * for the one that is being developed and shows it whatever the settings say, and our cache lies below this repository.
 */
function linkBuiltinExtensions(vscode: string, dataDir: string): string {
  const link = join(dataDir, 'builtin-extensions');
  rmSync(link, { force: true });
  symlinkSync(join(vscode, 'extensions'), link, 'junction');
  return link;
}

function install(main: string, vsix: string, dataDir: string, env: NodeJS.ProcessEnv): void {
  const args = [main, '--install-extension', vsix, '--accept-server-license-terms', '--server-data-dir', dataDir];
  const result = spawnSync(nodeForServer(), args, { env, encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`${vsix} can't be installed: ${(result.stderr || result.stdout).trim()}`);
}

/** The port from the line that the server prints once it listens. */
function listeningPort({ child }: ProcessTree): Promise<number> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    const fail = (what: string) => {
      clearTimeout(deadline);
      reject(new Error(`The VS Code server ${what}. It said: ${said.join(' | ') || 'nothing'}`));
    };
    const deadline = setTimeout(() => fail(`did not answer within ${readyMilliseconds / 1000} s`), readyMilliseconds);
    const hear = (line: string) => {
      if (said.push(line) > keptLines) said.shift();
      const port = /Extension host agent listening on (\d+)/.exec(line)?.[1];
      if (port === undefined) return;
      clearTimeout(deadline);
      resolve(Number(port));
    };
    // Read on after the port is known: a full pipe would stop the server.
    for (const stream of [child.stdout, child.stderr]) if (stream) createInterface(stream).on('line', hear);
    child.once('error', (error) => fail(`can't be started (${error.message})`));
    child.once('exit', (code) => fail(`ended with ${code}`));
  });
}

/** The server needs Node 24, which every npm script here runs on; anything else that started us finds it in node_modules. */
function nodeForServer(): string {
  if (process.versions.node.startsWith('24.')) return process.execPath;
  return join(repositoryRoot(), 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** Ours without what a surrounding VS Code (its terminal, its debugger) left in it: the server would take itself for a part of that one. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(?:VSCODE_|ELECTRON_|NODE_OPTIONS$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}
