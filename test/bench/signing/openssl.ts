import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether there is an OpenSSL to compare with. */
export async function hasOpenssl(): Promise<boolean> {
  return run('openssl', ['version']).then(
    () => true,
    () => false,
  );
}

/** How many signatures of RSA 2048 all processors together make in a second by the clock: what the machine can do at most. */
export async function opensslSignatures(): Promise<number> {
  const processes = `${availableParallelism()}`;
  // Without -elapsed it counts the seconds of its own processes alone, however many more went by.
  const { stdout } = await run('openssl', ['speed', '-elapsed', '-multi', processes, '-seconds', '2', 'rsa2048']);
  // The columns differ from version to version.
  const [, names = '', values = ''] = /^([^\n]*\bsign\/s\b[^\n]*)\n\s*rsa\s+2048 bits\s([^\n]*)/m.exec(stdout) ?? [];
  const column = names.trim().split(/\s+/).indexOf('sign/s');
  const rate = Number(values.trim().split(/\s+/)[column]);
  if (!(rate > 0)) throw new Error('The report of "openssl speed" has another form than expected.');
  return rate;
}
