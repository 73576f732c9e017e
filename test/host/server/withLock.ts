import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const pollMilliseconds = 300;

/**
 * Runs `work` while no other process on this machine runs work under the same lock file; waits for its turn as long as the
 * holder lives. The lock of a process that died is taken over.
 */
export async function withLock<T>(lockFile: string, work: () => Promise<T>): Promise<T> {
  let told = false;
  while (!take(lockFile)) {
    if (!told) console.error('Waiting for another process that is fetching the same …');
    told = true;
    await delay(pollMilliseconds);
  }
  const release = () => rmSync(lockFile, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

function take(lockFile: string): boolean {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  if (existsSync(lockFile) && !holderLives(lockFile)) rmSync(lockFile, { force: true });
  return false;
}

function holderLives(lockFile: string): boolean {
  try {
    const holder = Number(readFileSync(lockFile, 'utf8'));
    // 0 is a lock just being written: its holder's number is not in the file yet.
    return holder === 0 || process.kill(holder, 0);
  } catch (error) {
    // EPERM: it lives, under another user. ENOENT: it was released a moment ago.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
