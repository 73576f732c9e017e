import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';

/** How long a process may take to end by itself before it is killed. */
const graceMilliseconds = 2_000;

/** A child process with everything it starts. It dies with us, whatever way we end short of being killed ourselves. */
export type ProcessTree = {
  readonly child: ChildProcess;
  /** Resolves when the process has ended, or could not be started at all. */
  readonly ended: Promise<void>;
  /** Ends the process and its descendants; resolves when it is gone. May be called twice. */
  stop(): Promise<void>;
};

/** Starts a program as the head of its own process group, so that the whole group can be ended. */
export function startTree(program: string, args: readonly string[], options: SpawnOptions): ProcessTree {
  exitOnSignals();
  const child = spawn(program, args, { ...options, detached: process.platform !== 'win32' });
  const killAll = () => signalTree(child, 'SIGKILL');
  // First of all: who still writes into a folder is in the way of its removal.
  process.prependOnceListener('exit', killAll);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  return {
    child,
    ended,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        signalTree(child, 'SIGTERM');
        const impatience = setTimeout(killAll, graceMilliseconds);
        await ended;
        clearTimeout(impatience);
      }
      killAll();
      process.off('exit', killAll);
    },
  };
}

/**
 * A group of its own does not get our Ctrl+C, and a signal without a listener ends us without an 'exit' event. Where somebody
 * listens already (mocha, `npm start`), the ending is theirs.
 */
function exitOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    if (process.listenerCount(signal) === 0) process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
}

function signalTree(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    if (child.exitCode === null) spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f']);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is empty: everything in it has ended.
  }
}
