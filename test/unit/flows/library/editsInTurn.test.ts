import assert from 'node:assert/strict';
import { withEditsInTurn } from '../../../../src/flows/library/editsInTurn';
import { createStreamApi } from '../../../../src/stream/api/client';
import type { VideoChange } from '../../../../src/stream/api/editCalls';
import { createWire } from '../../../../src/stream/api/wire';
import { createFakeClock } from '../../support/fakeClock';

const ACCOUNT = '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87';
const TOUR = '1b6f5a3c9d2e4f708192a3b4c5d6e7f8';
const DEMO = '2c7f6b4d0e3f5a819203b4c5d6e7f809';
const credential = { kind: 'apiToken', token: 'cfut_acme_acme_acme_acme' } as const;
const never = new AbortController().signal;
const PRIVATE: VideoChange = { requireSignedURLs: true };
const PUBLIC: VideoChange = { requireSignedURLs: false };

/** A server that answers the first requests as it is told to and then well; each takes a tenth of a second. */
function serve(...endings: readonly (500 | 'reset')[]) {
  const clock = createFakeClock(1_800_000_000_000);
  const arrived: string[] = [];
  const fetch = async (url: unknown, init?: RequestInit): Promise<Response> => {
    const { requireSignedURLs } = JSON.parse(String(init?.body));
    const uid = String(url).slice(-32);
    const ending = endings[arrived.length];
    arrived.push(`${uid === TOUR ? 'tour' : 'demo'} ${requireSignedURLs ? 'private' : 'public'}`);
    await clock.wait(100, init?.signal ?? never);
    if (ending === 'reset') throw Object.assign(new Error('reset'), { code: 'ECONNRESET' });
    if (ending === 500) return new Response('', { status: 500 });
    const result = { uid, created: '2027-01-15T07:00:00Z', requireSignedURLs };
    return Response.json({ success: true, errors: [], messages: [], result });
  };
  const wire = createWire({ origin: 'https://api.example', clock, fetch: () => fetch, random: () => 1 });
  const openApi = withEditsInTurn((opened) =>
    createStreamApi({ http: wire.http, clock, credential: opened, onMessage: () => {} }),
  );
  const ended: string[] = [];
  /** Each with an API of its own, as each operation has. */
  const edit = (name: string, videoId: string, change: VideoChange, signal = never) =>
    openApi(credential)
      .editVideo(ACCOUNT, videoId, change, signal)
      .then((outcome) => ended.push(`${name} ${outcome.ok ? 'done' : outcome.failure.code}`));
  return { clock, arrived, ended, edit };
}

describe('edits of one video', () => {
  for (const ending of [500, 'reset'] as const) {
    it(`wait for the repetitions of an earlier one (${ending})`, async () => {
      const { clock, arrived, ended, edit } = serve(ending, ending);
      void edit('first', TOUR, PRIVATE);
      await clock.advance(200);
      void edit('second', TOUR, PUBLIC);
      await clock.advance(60_000);
      assert.deepEqual(arrived, ['tour private', 'tour private', 'tour private', 'tour public']);
      assert.deepEqual(ended, ['first done', 'second done']);
    });
  }

  it('go on after one that failed', async () => {
    const { clock, arrived, ended, edit } = serve(500, 500, 500);
    void edit('first', TOUR, PRIVATE);
    void edit('second', TOUR, PUBLIC);
    await clock.advance(60_000);
    assert.deepEqual([arrived.length, ended], [4, ['first serverTrouble', 'second done']]);
  });

  it('hold up no other video', async () => {
    const { clock, arrived, ended, edit } = serve(500);
    void edit('first', TOUR, PRIVATE);
    void edit('other', DEMO, PRIVATE);
    await clock.advance(60_000);
    assert.deepEqual(arrived, ['tour private', 'demo private', 'tour private']);
    assert.deepEqual(ended, ['other done', 'first done']);
  });

  it('are cancelled at once while they wait, and never sent', async () => {
    const { clock, arrived, ended, edit } = serve();
    const cancel = new AbortController();
    void edit('first', TOUR, PRIVATE);
    void edit('second', TOUR, PUBLIC, cancel.signal);
    void edit('third', TOUR, PRIVATE);
    await clock.advance(50);
    cancel.abort();
    await clock.advance(0);
    assert.deepEqual(ended, ['second cancelled']);
    await clock.advance(60_000);
    assert.deepEqual(arrived, ['tour private', 'tour private']);
    assert.deepEqual(ended, ['second cancelled', 'first done', 'third done']);
  });

  it('that were cancelled before are not sent', async () => {
    const { clock, arrived, ended, edit } = serve();
    void edit('only', TOUR, PRIVATE, AbortSignal.abort());
    await clock.advance(60_000);
    assert.deepEqual([arrived, ended], [[], ['only cancelled']]);
  });
});
