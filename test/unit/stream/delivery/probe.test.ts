import assert from 'node:assert/strict';
import { createProbe } from '../../../../src/stream/delivery/probe';
import { DOCUMENTED_TOKEN } from '../../support/exampleToken';
import { createFakeClock } from '../../support/fakeClock';
import { type LocalServer, startServer } from '../api/localServer';

const live = () => new AbortController().signal;
const ID = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const path = `/${DOCUMENTED_TOKEN}/manifest/video.m3u8`;

/** A probe whose requests to Cloudflare's hosts go to no network: it lists them. */
function recordingProbe(origin?: string) {
  const sent: { readonly url: string; readonly init: RequestInit | undefined }[] = [];
  const fetch: typeof globalThis.fetch = async (url, init) => {
    sent.push({ url: String(url), init });
    return new Response('', { status: 200 });
  };
  const probe = createProbe({ fetch: () => fetch, clock: createFakeClock(0), ...(origin !== undefined && { origin }) });
  return { probe, sent };
}

describe('probing delivery hosts', () => {
  let server: LocalServer;
  let status = 200;
  before(async () => {
    server = await startServer((response) => {
      if (status === 0) return;
      response.writeHead(status, { location: `https://evil.example/${ID}/watch`, 'set-cookie': 'a=b' });
      response.end('x'.repeat(10_000));
    });
  });
  after(() => server.close());
  const probe = (clock = createFakeClock(0)) =>
    createProbe({ fetch: () => globalThis.fetch, clock, origin: server.origin });

  for (const answer of [200, 204, 302, 307, 401, 403, 404, 500]) {
    it(`answers with the status: ${answer}`, async () => {
      status = answer;
      const before = server.received.length;
      assert.deepEqual(await probe()('GET', server.origin + path, live()), { ok: true, value: answer });
      assert.equal(server.received.length, before + 1, 'no redirect is followed');
    });
  }

  it('sends nothing but the URL: no credential, no cookie, no page', async () => {
    status = 200;
    await probe()('GET', server.origin + path, live());
    const { headers } = server.received.at(-1) ?? {};
    for (const name of ['authorization', 'cookie', 'referer', 'origin', 'x-auth-key', 'x-auth-email'])
      assert.equal(headers?.[name], undefined, name);
  });

  it('asks for the head of a file only', async () => {
    status = 200;
    await probe()('HEAD', `${server.origin}/${ID}/downloads/default.mp4`, live());
    assert.equal(server.received.at(-1)?.method, 'HEAD');
  });

  it('reads nothing of what would be played, and lets go of it', async () => {
    let read = 0;
    let signal: AbortSignal | null | undefined;
    const stream = () =>
      new ReadableStream(
        {
          pull(controller) {
            read++;
            controller.enqueue(new Uint8Array(65_536));
          },
        },
        { highWaterMark: 0 },
      );
    const fetch: typeof globalThis.fetch = async (_, init) => {
      signal = init?.signal;
      return new Response(stream());
    };
    const ask = createProbe({ fetch: () => fetch, clock: createFakeClock(0) });
    assert.deepEqual(await ask('GET', `https://videodelivery.net${path}`, live()), { ok: true, value: 200 });
    assert.equal(read, 0);
    assert.equal(signal?.aborted, true);
  });

  it('gives up after 15 seconds', async () => {
    status = 0;
    const clock = createFakeClock(0);
    const asked = probe(clock)('GET', server.origin + path, live());
    await clock.advance(15_000);
    assert.deepEqual(await asked, { ok: false, failure: { code: 'timeout', seconds: 15, sent: 'maybe' } });
  });

  it('ends when it is cancelled', async () => {
    status = 0;
    const cancel = new AbortController();
    const asked = probe()('GET', server.origin + path, cancel.signal);
    cancel.abort();
    assert.deepEqual(await asked, { ok: false, failure: { code: 'cancelled' } });
  });

  it('says why there was no answer', async () => {
    const gone = await startServer(() => {});
    await gone.close();
    const lost = createProbe({ fetch: () => globalThis.fetch, clock: createFakeClock(0), origin: gone.origin });
    assert.deepEqual(await lost('GET', gone.origin + path, live()), {
      ok: false,
      failure: { code: 'unreachable', reason: 'ECONNREFUSED' },
    });
  });

  it('never keeps cookies, follows redirects or names a page, whatever the host’s fetch would do', async () => {
    const { probe: recording, sent } = recordingProbe();
    await recording('GET', `https://videodelivery.net${path}`, live());
    const { redirect, credentials, referrer, cache, headers, body } = sent[0]?.init ?? {};
    assert.deepEqual([redirect, credentials, referrer, cache], ['manual', 'omit', '', 'no-store']);
    assert.deepEqual([headers, body], [undefined, undefined]);
  });

  const hosts: readonly [string, boolean][] = [
    ['https://videodelivery.net', true],
    ['https://customer-f33zs165nr7gyfy4.cloudflarestream.com', true],
    ['http://videodelivery.net', false],
    ['https://evil.example', false],
    ['https://videodelivery.net.evil.example', false],
    ['https://notvideodelivery.net', false],
    ['https://videodelivery.net@evil.example', false],
    ['https://videodelivery.net:8443', false],
    ['https://api.cloudflare.com', false],
    ['http://127.0.0.1:9', false],
    ['http://localhost', false],
    ['//videodelivery.net', false],
    ['file://videodelivery.net', false],
  ];
  for (const [host, allowed] of hosts) {
    it(`${allowed ? 'asks' : 'never asks'} ${host}`, async () => {
      const { probe: recording, sent } = recordingProbe();
      const asked = recording('GET', host + path, live());
      if (allowed) assert.deepEqual(await asked, { ok: true, value: 200 });
      else await assert.rejects(asked, RangeError);
      assert.equal(sent.length, allowed ? 1 : 0);
    });
  }

  it('asks this machine only where the emulator is', async () => {
    const { probe: recording, sent } = recordingProbe('http://127.0.0.1:8787');
    await recording('GET', `http://127.0.0.1:8787${path}`, live());
    await assert.rejects(recording('GET', `http://127.0.0.1:8788${path}`, live()), RangeError);
    assert.equal(sent.length, 1);
  });
});
