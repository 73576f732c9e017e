import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { failureText } from '../../../../../src/flows/failureSentence';
import { createKey } from '../../../../../src/flows/keys/createKey';
import { createPendingKeys } from '../../../../../src/flows/keys/pendingKeys';
import type { Prompter } from '../../../../../src/flows/prompter';
import { createStreamApi } from '../../../../../src/stream/api/client';
import { memoryAccounts, memoryKeys } from '../../../support/memory';
import { type Act, scriptedPrompter } from '../../../support/scriptedPrompter';
import { base64, KEY_ID, testKey } from '../../keys/testKeys';
import { answerBytes, type RawRequest } from './rawServer';
import { type Scene, type Stage, withFault } from './stage';
import { ACCOUNT, envelope } from './success';

const YES: Act = { confirm: true };
const JSON_TYPE = { 'Content-Type': 'application/json' };

/** What becomes of the answer to `POST …/stream/keys`; the key is made in any case. */
type Ending = (socket: Socket, stage: Stage) => void;

/** The keys of an account at Cloudflare. */
function keyDesk(ending: Ending) {
  const ids: string[] = [];
  let made = 0;
  return {
    ids,
    made: () => made,
    asked({ method }: RawRequest, socket: Socket, stage: Stage) {
      if (method === 'POST') {
        made++;
        ids.push(KEY_ID);
        return ending(socket, stage);
      }
      if (method === 'DELETE') ids.length = 0;
      const result = method === 'DELETE' ? 'Revoked' : ids.map((id) => ({ id, created: '2027-01-15T08:00:00Z' }));
      socket.write(answerBytes('200 OK', envelope(result), JSON_TYPE));
    },
  };
}

function shows(over: object = {}): Ending {
  return (socket) => {
    const { jwk, pkcs1 } = testKey();
    const result = { id: KEY_ID, jwk: base64(JSON.stringify(jwk)), pem: base64(pkcs1), ...over };
    socket.write(answerBytes('200 OK', envelope(result), JSON_TYPE));
  };
}

interface Script {
  readonly ending: Ending;
  readonly acts: readonly Act[];
  /** Writes of the key into secret storage that fail before one succeeds. */
  readonly brokenWrites?: number;
  /** Cancels the request as soon as it is there. */
  readonly cancelled?: true;
  /** The window closes while the request is under way, and another one asks for a key. */
  readonly closed?: true;
  readonly kept: 'stored' | 'deleted' | 'asked again';
}

/** A creation of a signing key in which something goes wrong. What was said, in order. */
function scene(row: string, name: string, { ending, acts, brokenWrites = 0, cancelled, closed, kept }: Script): Scene {
  return {
    row,
    name: `${name}, making a key`,
    play() {
      const cancel = new AbortController();
      const desk = keyDesk((socket, stage) => {
        if (cancelled) cancel.abort();
        ending(socket, stage);
      });
      const server = (stage: Stage) => ({
        asked: (request: RawRequest, socket: Socket) => desk.asked(request, socket, stage),
      });
      return withFault({ server }, async (stage) => {
        const said: string[] = [];
        const window = await openWindow(stage, brokenWrites);
        if (closed) {
          await stage.play(window.create(closing(scriptedPrompter([YES])), never), 10_000);
          await stage.clock.advance(120_000);
        }
        const prompter = scriptedPrompter(acts);
        const outcome = await stage.play(window.create(listening(prompter, cancel.signal, said)));
        assert.ok(outcome !== undefined);
        prompter.finish();
        said.push(...prompter.told, ...prompter.mentioned);
        if (!outcome.ok && outcome.failure.code !== 'cancelled')
          said.push(failureText(outcome.failure, { locale: 'en-GB', timeZone: 'UTC' }));
        const stored = (await window.stored()).includes(KEY_ID);
        const ended = stored ? 'stored' : desk.ids.length === 0 ? 'deleted' : 'asked again';
        assert.deepEqual([desk.made(), ended, await window.marks()], [1, kept, kept === 'asked again' ? 1 : 0]);
        return said;
      });
    },
  };
}

async function openWindow(stage: Stage, brokenWrites: number) {
  const credential = { kind: 'apiToken', token: 'cfut_acme_acme_acme_acme' } as const;
  const accounts = await memoryAccounts({ label: 'Acme', accountId: ACCOUNT, credential });
  const { vault, log } = accounts;
  const { write } = vault;
  let broken = brokenWrites;
  vault.write = async (key, text) => {
    if (key.startsWith('key:') && broken-- > 0) throw new Error(`no: ${text}`);
    await write(key, text);
  };
  const now = () => stage.clock.now();
  const keys = memoryKeys(vault, now);
  let count = 0;
  return {
    create: (prompter: Prompter, wait = stage.clock.wait) =>
      createKey('a1', {
        prompter,
        accounts,
        keys,
        // Another window has other marks in hand.
        pending: createPendingKeys({ vault, randomId: () => `p${++count}`, now, wait }),
        openApi: () => createStreamApi({ http: stage.wire.http, clock: stage.clock, credential, onMessage: () => {} }),
        log,
        times: { locale: 'en-GB', timeZone: 'UTC' },
        now,
      }),
    stored: async () => (await keys.list()).map(({ kid }) => kid),
    marks: async () => (await vault.keys()).filter((key) => key.startsWith('pendingKey:')).length,
  };
}

/** A person who hears everything, and whose cancelling is this signal. */
function listening(prompter: Prompter, signal: AbortSignal, said: string[]): Prompter {
  return {
    ...prompter,
    pick(question) {
      said.push(question.title);
      for (const entry of question.choices)
        if ('value' in entry) said.push(`- ${entry.label}${entry.detail === undefined ? '' : `: ${entry.detail}`}`);
      return prompter.pick(question);
    },
    // Only the creation is cancelled; looking for what it left is another wait.
    busy: (sentence, work) => work(sentence.startsWith('Creating') ? signal : new AbortController().signal, () => {}),
  };
}

/** What is waited for in a window that is closed. */
function never(): Promise<never> {
  return new Promise(() => {});
}

/** A window that closes during the first wait: nothing behind it ever happens. */
function closing(prompter: Prompter): Prompter {
  return {
    ...prompter,
    busy(_sentence, work) {
      void work(new AbortController().signal, () => {});
      return never();
    },
  };
}

const DELETE: readonly Act[] = [{ pick: 'Delete it at Cloudflare' }, YES];
const RETRY: Act = { pick: 'Try to store it again' };

export const KEY_SCENES: readonly Scene[] = [
  scene('F4', 'headers never', { ending: (_socket, { stuck }) => stuck(), acts: [YES, ...DELETE], kept: 'deleted' }),
  scene('F9', 'done, then reset', {
    ending: (socket) => socket.resetAndDestroy(),
    acts: [YES, ...DELETE],
    kept: 'deleted',
  }),
  scene('F13', '200 and nothing', {
    ending: (socket) => void socket.write(answerBytes('200 OK')),
    acts: [YES, 'esc'],
    kept: 'asked again',
  }),
  scene('F18', 'no private half', { ending: shows({ jwk: '', pem: '' }), acts: [YES, ...DELETE], kept: 'deleted' }),
  scene('F18', 'halves of two keys', {
    ending: shows({ pem: base64(testKey('b').pkcs1) }),
    acts: [YES, ...DELETE],
    kept: 'deleted',
  }),
  scene('F18', 'no RSA', {
    ending: shows({ jwk: base64('{"kty":"EC","crv":"P-256","d":"AA","x":"AA","y":"AA"}'), pem: undefined }),
    acts: [YES, ...DELETE],
    kept: 'deleted',
  }),
  scene('F34', 'cancelled after it was sent', {
    ending: (_socket, { stuck }) => stuck(),
    acts: [YES, ...DELETE],
    cancelled: true,
    kept: 'deleted',
  }),
  scene('F35', 'window closed', {
    ending: (_socket, { stuck }) => stuck(),
    acts: [...DELETE, { confirm: false }],
    closed: true,
    kept: 'deleted',
  }),
  scene('F38', 'secret storage fails twice', {
    ending: shows(),
    acts: [YES, RETRY, RETRY],
    brokenWrites: 2,
    kept: 'stored',
  }),
];
