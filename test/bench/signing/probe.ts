import { writeFileSync } from 'node:fs';
import { RESULT_VARIABLE } from '../inHost';
import { measureRounds } from './measure';

/** Runs inside the extension host. */
export async function run(): Promise<void> {
  const result = process.env[RESULT_VARIABLE];
  if (result === undefined) throw new Error(`${RESULT_VARIABLE} is not set.`);
  const { rounds, openssl } = JSON.parse(process.env.SIGNING_ROUNDS ?? '{}');
  writeFileSync(result, JSON.stringify(await measureRounds(rounds, openssl)));
}
