import { writeFileSync } from 'node:fs';
import { RESULT_VARIABLE } from '../inHost';
import { startEmulatorProcess } from './emulator';
import { measureGaps } from './gaps';

/** Runs inside the extension host. */
export async function run(): Promise<void> {
  const result = process.env[RESULT_VARIABLE];
  if (result === undefined) throw new Error(`${RESULT_VARIABLE} is not set.`);
  const { emulator: script, videos } = JSON.parse(process.env.LIBRARY_GAPS ?? '{}');
  const emulator = await startEmulatorProcess(script, videos);
  try {
    writeFileSync(result, JSON.stringify(await measureGaps(emulator)));
  } finally {
    emulator.stop();
  }
}
