import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { clockSentence } from '../../../../src/flows/clockSentence';
import { failureText } from '../../../../src/flows/failureSentence';
import { createStreamApi, type StreamApi } from '../../../../src/stream/api/client';
import { mayBeDone, type Outcome } from '../../../../src/stream/failure';
import { ANSWER_FAULTS } from './faultServer/answerFaults';
import { BODY_FAULTS } from './faultServer/bodyFaults';
import { CONNECTION_FAULTS } from './faultServer/connectionFaults';
import { KEY_SCENES } from './faultServer/keyScenes';
import { LIBRARY_SCENES } from './faultServer/libraryScenes';
import { type Fault, type Stage, withFault } from './faultServer/stage';
import { ACCOUNT, VIDEO } from './faultServer/success';

/** What a person reads after each fault, reviewed by eye. `SNAPSHOT=write` writes it anew. */
const SENTENCES = 'test/unit/stream/api/faults.txt';
/** How many the matrix of faults has. */
const ROWS = 38;
const SECRET = 'cfut_canary0123456789abcdefghijklmnopqrstuvwxyz';
const times = { locale: 'en-GB', timeZone: 'UTC' };
const never = new AbortController().signal;

const rowNumber = (row: string) => Number(row.slice(1));
const FAULTS = [...CONNECTION_FAULTS, ...BODY_FAULTS, ...ANSWER_FAULTS, ...KEY_SCENES, ...LIBRARY_SCENES].sort(
  (a, b) => rowNumber(a.row) - rowNumber(b.row),
);
const CALLS: readonly [string, (api: StreamApi, fault: Fault) => Promise<Outcome<unknown>>][] = [
  ['read', (api) => api.listKeys(ACCOUNT, never)],
  ['make a token', (api, { token }) => api.createToken(ACCOUNT, VIDEO, token, never)],
  ['make a key', (api) => api.createKey(ACCOUNT, never)],
];

interface Ending {
  readonly attempts: number;
  readonly received: number;
  readonly seconds: number;
  readonly said: string;
  /** Whether the failure leaves open that Cloudflare did it. */
  readonly done: boolean;
}

async function meet(fault: Fault, call: (typeof CALLS)[number][1]): Promise<Ending> {
  return withFault(fault, async (stage, server) => {
    const api = createStreamApi({
      http: stage.wire.http,
      clock: stage.clock,
      credential: { kind: 'apiToken', token: SECRET },
      onMessage: () => {},
    });
    if (fault.warm) await stage.play(api.listKeys(ACCOUNT, never));
    const before = {
      attempts: stage.attempts(),
      received: server?.requests.length ?? 0,
      elapsed: stage.clock.elapsed(),
    };
    const outcome = await stage.play(call(api, fault));
    assert.ok(outcome !== undefined);
    assert.doesNotMatch(JSON.stringify(outcome), /canary/);
    return {
      attempts: stage.attempts() - before.attempts,
      received: (server?.requests.length ?? 0) - before.received,
      seconds: (stage.clock.elapsed() - before.elapsed) / 1000,
      said: sayingOf(outcome, stage),
      done: !outcome.ok && mayBeDone(outcome.failure),
    };
  });
}

function sayingOf(outcome: Outcome<unknown>, stage: Stage): string {
  if (outcome.ok) return clockSentence(stage.wire.skewSeconds()) ?? 'All is well.';
  const { failure } = outcome;
  assert.ok(failure.code !== 'cancelled');
  return failureText(failure, times);
}

/** What each call comes to, one line for those that come to the same. */
async function meetAll(fault: Fault): Promise<readonly string[]> {
  const lines = new Map<string, string[]>();
  for (const [index, [name, call]] of CALLS.entries()) {
    const rule = fault.repeated[index];
    if (rule === '.') continue;
    const { attempts, received, seconds, said, done } = await meet(fault, call);
    assert.ok(rule === 'r' ? attempts > 1 && attempts <= 3 : attempts === 1, `${name}: ${attempts} attempts`);
    assert.ok(received <= attempts && seconds <= 60, `${name}: ${received} requests in ${seconds} s`);
    // Reading leaves nothing behind, and one token more or less is none either.
    const line = `${attempts} × ${said}${done && name === 'make a key' ? ' (the key may be there)' : ''}`;
    lines.set(line, [...(lines.get(line) ?? []), name]);
  }
  return [...lines].map(([line, names]) => `${names.join(', ')}: ${line}`);
}

describe('the faults of the wire', () => {
  /** Whether all faults of a row went well. */
  const tried = new Map<string, boolean>();
  const sentences: string[] = [];

  for (const fault of FAULTS) {
    it(`${fault.row} ${fault.name}`, async () => {
      const before = tried.get(fault.row) ?? true;
      tried.set(fault.row, false);
      const said = 'play' in fault ? await fault.play() : await meetAll(fault);
      sentences.push([`${fault.row} ${fault.name}`, ...said.map((line) => `  ${line}`)].join('\n'));
      tried.set(fault.row, before);
    }).timeout(10_000);
  }

  it('say to a person what was reviewed', () => {
    const text = `${sentences.join('\n')}\n`;
    if (process.env.SNAPSHOT === 'write') writeFileSync(SENTENCES, text);
    const reviewed = readFileSync(SENTENCES, 'utf8').split('\n');
    const changed = text.split('\n').filter((line) => !reviewed.includes(line));
    const hint = `review these lines, then run the test with SNAPSHOT=write:\n${changed.join('\n')}\n`;
    assert.ok(text === reviewed.join('\n'), hint);
  });

  const passed = () => [...tried].filter(([, good]) => good).map(([row]) => row);

  it(`are ${ROWS} rows, each of which passed`, () =>
    assert.deepEqual(
      passed(),
      Array.from({ length: ROWS }, (_, index) => `F${index + 1}`),
    ));

  after(() => console.log(`      ${tried.size} rows tried, ${passed().length} passed: ${passed().join(' ')}`));
});
