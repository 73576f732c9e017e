import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type ApiMessage,
  accountsAnswer,
  readAnswer,
  tokenAnswer,
  tokenStatusAnswer,
} from '../../../../src/stream/api/answers';
import type { HttpAnswer } from '../../../../src/stream/api/http';
import { readVideos, videosAnswer } from '../../../../src/stream/api/video';
import { DOCUMENTED_TOKEN as T } from '../../support/exampleToken';
import { RUNS } from '../../support/properties';
import { VIDEO_ID } from '../token/jwt';

const NOW = 1_800_000_000_500;
const JSON_TYPE = 'application/json; charset=UTF-8';

/** What is read from an answer with this status and body (an object becomes JSON), where a token is expected. */
function read(status: number, body: unknown, more: Partial<HttpAnswer> = {}) {
  return readAnswer(answer(status, body, more), tokenAnswer, NOW);
}
function answer(status: number, body: unknown, more: Partial<HttpAnswer> = {}): HttpAnswer {
  return { status, contentType: JSON_TYPE, text: typeof body === 'string' ? body : JSON.stringify(body), ...more };
}
function failure(...args: Parameters<typeof read>): unknown {
  const outcome = read(...args);
  assert.ok(!outcome.ok, 'this was refused');
  return outcome.failure;
}

const OK = { success: true, errors: [], messages: [], result: { token: T } };
const html = { contentType: 'text/html; charset=UTF-8' };
const PAGE = '<!DOCTYPE html><html><title>Attention Required!</title></html>';

describe('readAnswer', () => {
  const good: readonly [string, unknown][] = [
    ['as documented', OK],
    ['errors and messages null', { ...OK, errors: null, messages: null }],
    ['errors and messages missing', { success: true, result: { token: T } }],
    ['errors of a form nobody knows', { ...OK, errors: {} }],
    ['a damaged error beside a good result', { ...OK, errors: ['x', 1, null, { code: 'x' }] }],
    ['fields of the future', { ...OK, result_info: {}, result: { token: T, note: [] } }],
    ['duplicate fields: the last one counts', `{"success":false,"success":true,"result":{"token":"${T}"}}`],
    ['__proto__', `{"success":true,"__proto__":{"success":false},"result":{"token":"${T}","__proto__":{}}}`],
  ];
  for (const [name, body] of good) {
    it(`reads a result: ${name}`, () => assert.deepEqual(read(200, body), { ok: true, value: { token: T } }));
  }
  it('does not ask for a content type', () => assert.equal(read(200, OK, { contentType: '' }).ok, true));

  const messages: readonly [string, unknown, unknown][] = [
    [
      'as documented',
      [{ code: 10000, message: 'This API Token is valid and active' }],
      [{ code: 10000, message: 'This API Token is valid and active' }],
    ],
    ['as text', ['Revoked', ''], [{ message: 'Revoked' }, { message: '' }]],
    ['without code', [{ message: 'a' }, { message: 'b', code: null }], [{ message: 'a' }, { message: 'b' }]],
    ['without text', [{ code: 1 }], [{ code: 1, message: '' }]],
    ['damaged ones among good ones', [1, null, { code: 'x', message: 'a' }, 'b'], [{ message: 'a' }, { message: 'b' }]],
    ['not a list', 'hello', []],
  ];
  for (const [name, said, expected] of messages) {
    it(`messages: ${name}`, () => {
      for (const [status, body] of [
        [200, OK],
        [400, { ...OK, success: false }],
      ] as const) {
        const heard: ApiMessage[] = [];
        readAnswer(
          answer(status, { ...body, messages: said }),
          tokenAnswer,
          NOW,
          (message) => void heard.push(message),
        );
        assert.deepEqual(heard, expected);
      }
    });
  }

  const unexpected: readonly [string, unknown, Partial<HttpAnswer>, unknown][] = [
    ['nothing', '', {}, { code: 'unexpectedAnswer', detail: 'empty' }],
    ['null', 'null', {}, { code: 'unexpectedAnswer', detail: 'no JSON envelope' }],
    ['a list', '[]', {}, { code: 'unexpectedAnswer', detail: 'no JSON envelope' }],
    ['half of it', JSON.stringify(OK).slice(0, 50), {}, { code: 'unexpectedAnswer', detail: 'no JSON envelope' }],
    ['no envelope', { token: T }, {}, { code: 'unexpectedAnswer', detail: 'no JSON envelope' }],
    ['success as text', { ...OK, success: 'true' }, {}, { code: 'unexpectedAnswer', detail: 'no JSON envelope' }],
    ['a page', PAGE, html, { code: 'notCloudflare', status: 200 }],
    ['a page that says it is JSON', `\n${PAGE}`, {}, { code: 'notCloudflare', status: 200 }],
    ['text that says it is a page', 'Please log in', html, { code: 'notCloudflare', status: 200 }],
    ['no result', { success: true }, {}, { code: 'unexpectedAnswer', detail: 'result' }],
    ['result null', { ...OK, result: null }, {}, { code: 'unexpectedAnswer', detail: 'result' }],
    ['result a list', { ...OK, result: [] }, {}, { code: 'unexpectedAnswer', detail: 'result.token' }],
    ['no token', { ...OK, result: {} }, {}, { code: 'unexpectedAnswer', detail: 'result.token' }],
    [
      'a token of the wrong type',
      { ...OK, result: { token: 1 } },
      {},
      { code: 'unexpectedAnswer', detail: 'result.token' },
    ],
    [
      'a token that is none',
      { ...OK, result: { token: 'x' } },
      {},
      { code: 'unexpectedAnswer', detail: 'result.token' },
    ],
    [
      'a token with a line break',
      { ...OK, result: { token: `${T}\n` } },
      {},
      { code: 'unexpectedAnswer', detail: 'result.token' },
    ],
    [
      'a token of 1 MB',
      { ...OK, result: { token: `${T}${'A'.repeat(1_000_000)}` } },
      {},
      { code: 'unexpectedAnswer', detail: 'result.token' },
    ],
    ['the ray beside it', '', { ray: '8f-VIE' }, { code: 'unexpectedAnswer', detail: 'empty', ray: '8f-VIE' }],
  ];
  for (const [name, body, more, expected] of unexpected)
    it(`200, but ${name}`, () => assert.deepEqual(failure(200, body, more), expected));

  it('repeats nothing of a text that is no JSON', () => {
    assert.doesNotMatch(JSON.stringify(failure(200, 'secret-secret')), /secret/);
  });

  it('never throws, and never takes a 4xx for a result', () => {
    const body = fc.oneof(
      fc.json(),
      fc.string(),
      fc
        .record({ success: fc.anything(), errors: fc.anything(), messages: fc.anything(), result: fc.anything() })
        .map(safeJson),
    );
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), body, (status, text) => {
        const outcome = readAnswer({ status, contentType: '', text }, tokenAnswer, NOW);
        if (outcome.ok) assert.ok(status < 400);
      }),
      { numRuns: RUNS },
    );
  });
});

function safeJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return '{"success":true}';
  }
}

describe('answers', () => {
  const video = {
    uid: VIDEO_ID,
    created: '2026-01-02T03:04:05Z',
    duration: 12.5,
    requireSignedURLs: true,
    meta: { name: 'a' },
  };

  it('leaves a damaged video out instead of hiding the library', async () => {
    const list = [
      video,
      { ...video, uid: '..' },
      null,
      1,
      {},
      { ...video, uid: VIDEO_ID.toUpperCase() },
      { uid: VIDEO_ID },
    ];
    const outcome = readAnswer(answer(200, { ...OK, result: list }), videosAnswer, NOW);
    assert.ok(outcome.ok);
    const videos = await readVideos(outcome.value, undefined);
    assert.deepEqual([outcome.value.length, videos.map(({ name }) => name)], [7, ['a', '']]);
  });

  it('keeps a video of which only the trimmings are damaged', async () => {
    const damaged = {
      uid: VIDEO_ID,
      created: 1,
      duration: 'x',
      requireSignedURLs: 'yes',
      readyToStream: 1,
      status: 'ready',
      meta: 'x',
      preview: {},
      thumbnail: 1,
      playback: 'x',
    };
    const outcome = readAnswer(answer(200, { ...OK, result: [damaged] }), videosAnswer, NOW);
    assert.ok(outcome.ok);
    assert.deepEqual(
      (await readVideos(outcome.value, undefined)).map(({ id }) => id),
      [VIDEO_ID],
    );
  });

  const lists: readonly [string, unknown, boolean][] = [
    ['an empty list', [], true],
    ['null', null, false],
    ['an object, as live inputs have it', { liveInputs: [] }, false],
  ];
  for (const [name, result, ok] of lists) {
    it(`videos: ${name} → ${ok}`, () =>
      assert.equal(readAnswer(answer(200, { ...OK, result }), videosAnswer, NOW).ok, ok));
  }

  const accounts: readonly [string, unknown, unknown][] = [
    ['as documented', [{ id: VIDEO_ID, name: 'Acme', type: 'standard' }], [{ id: VIDEO_ID, name: 'Acme' }]],
    ['without name', [{ id: VIDEO_ID }], [{ id: VIDEO_ID }]],
    ['a name that is no text', [{ id: VIDEO_ID, name: 7 }], [{ id: VIDEO_ID, name: undefined }]],
    ['an id that would leave the path', [{ id: '../..', name: 'x' }], 'result.0.id'],
  ];
  for (const [name, result, expected] of accounts) {
    it(`accounts: ${name}`, () => {
      const outcome = readAnswer(answer(200, { ...OK, result }), accountsAnswer, NOW);
      assert.deepEqual(outcome.ok ? outcome.value : 'detail' in outcome.failure && outcome.failure.detail, expected);
    });
  }

  it('token status', () => {
    assert.equal(
      readAnswer(answer(200, { ...OK, result: { id: 'x', status: 'active' } }), tokenStatusAnswer, NOW).ok,
      true,
    );
    assert.equal(readAnswer(answer(200, { ...OK, result: {} }), tokenStatusAnswer, NOW).ok, false);
  });
});
