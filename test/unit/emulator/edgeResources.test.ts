import assert from 'node:assert/strict';
import { STUDIO_ID } from '../../emulator/accounts';
import { answerEdge } from '../../emulator/edge';
import { createState, type State } from '../../emulator/state';
import { signToken, type TokenClaims } from '../../emulator/token';

const TOUR = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const TRAILER = '2c7a1e3b5d9f48e4ab6c8d7f90a12345';
const ALL_HANDS = '3d8b2f4c6ea059f5bc7d9e80a1b23456';
const NOW = 1_790_000_000;

describe('emulator: what the edge serves', () => {
  let state: State;
  let seconds = NOW;
  beforeEach(async () => {
    seconds = NOW;
    state = await createState({ now: () => seconds * 1000, downloadTakes: 10_000 });
  });

  function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
    const [resource = '', query] = path.split('?');
    const remoteAddress = '127.0.0.1';
    return answerEdge(state, {
      method,
      path: resource,
      query: new URLSearchParams(query),
      headers,
      body: '',
      remoteAddress,
    });
  }
  const token = (claims: Partial<TokenClaims> = {}) => {
    const key = state.hiddenKeys.get(STUDIO_ID);
    assert.ok(key);
    return signToken(key, { sub: TOUR, exp: seconds + 60, nbf: seconds - 60, ...claims });
  };

  describe('thumbnails', () => {
    const sizes: readonly (readonly [string, number, number])[] = [
      ['', 640, 640],
      ['?time=8m&height=270', 640, 270],
      ['?width=320&height=180&fit=crop', 320, 180],
      ['?width=100&height=100&fit=scale', 100, 100],
      ['?width=100&height=100&fit=fill', 100, 100],
      ['?width=160&height=160&fit=clip', 160, 90],
      ['?width=1600&height=90&fit=clip', 160, 90],
      ['?time=&height=', 640, 640],
    ];
    for (const [query, width, height] of sizes) {
      it(`are ${width} × ${height} for ${query || 'no options'}`, () => {
        const still = ask(`/${token()}/thumbnails/thumbnail.jpg${query}`);
        assert.deepEqual([still.status, still.headers['content-type']], [200, 'image/png']);
        assert.ok(Buffer.isBuffer(still.body));
        assert.deepEqual([still.body.readUInt32BE(16), still.body.readUInt32BE(20)], [width, height]);
        const moving = ask(`/${token()}/thumbnails/thumbnail.gif${query}&duration=1s&fps=2`.replace('gif&', 'gif?'));
        assert.deepEqual([moving.status, moving.headers['content-type']], [200, 'image/gif']);
        assert.ok(Buffer.isBuffer(moving.body));
        assert.deepEqual([moving.body.readUInt16LE(6), moving.body.readUInt16LE(8)], [width, height]);
      });
    }

    it('differ by video and by time', () => {
      const bodies = [`${TRAILER}/thumbnails/thumbnail.jpg`, `${TRAILER}/thumbnails/thumbnail.jpg?time=5m2s`].map(
        (path) => String(ask(`/${path}`).body),
      );
      bodies.push(String(ask(`/${token()}/thumbnails/thumbnail.jpg`).body));
      assert.equal(new Set(bodies).size, 3);
    });

    it('have as many frames as duration and fps ask for', () => {
      const { body } = ask(`/${token()}/thumbnails/thumbnail.gif?width=16&height=9&duration=3s&fps=4`);
      assert.equal(String(Buffer.from(body).toString('latin1')).split('\x21\xf9\x04\x00').length - 1, 12);
    });

    for (const query of ['time=8', 'time=soon', 'height=0', 'width=9999', 'fit=cover', 'duration=0s&fps=8', 'fps=0']) {
      it(`are refused for ${query}`, () => {
        assert.equal(ask(`/${token()}/thumbnails/thumbnail.gif?${query}`).status, 400);
      });
    }

    it('are not there before the video is', () => {
      assert.equal(ask(`/${token({ sub: ALL_HANDS })}/thumbnails/thumbnail.jpg`).status, 404);
    });
  });

  describe('downloads', () => {
    it('need a token that says so, and a file that is ready', () => {
      const status = (subject: string, file = 'default.mp4') => ask(`/${subject}/downloads/${file}`).status;
      const good = token({ downloadable: true });
      state.downloads.create(TOUR, 'default');
      seconds += 9;
      assert.equal(status(good), 404);
      seconds += 1;
      assert.deepEqual([status(good), status(good, 'audio.m4a')], [200, 404]);
      assert.deepEqual(
        [status(token()), status(token({ downloadable: false })), status(TOUR), status(token({ sub: ALL_HANDS }))],
        [403, 403, 401, 403],
      );
      state.downloads.create(TOUR, 'audio');
      state.downloads.remove(TOUR, 'default');
      seconds += 10;
      assert.deepEqual([status(good), status(good, 'audio.m4a')], [404, 200]);
    });

    it('need no token for a public video', () => {
      state.downloads.create(TRAILER, 'default');
      seconds += 10;
      assert.equal(ask(`/${TRAILER}/downloads/default.mp4`).status, 200);
    });

    it('are called what the link says', () => {
      for (const type of ['default', 'audio'] as const) state.downloads.create(TRAILER, type);
      seconds += 10;
      const named = (file: string) => {
        const { status, headers } = ask(`/${TRAILER}/downloads/${file}`);
        return [status, headers['content-disposition']];
      };
      const attached = (name: string) => [200, `attachment; filename="${name}"`];
      assert.deepEqual(named('default.mp4'), attached('default.mp4'));
      assert.deepEqual(named('default.mp4?filename=Tour_2-b'), attached('Tour_2-b.mp4'));
      assert.deepEqual(named('default.mp4?filename=MY_VIDEO.mp4'), attached('MY_VIDEO.mp4'));
      assert.deepEqual(named('audio.m4a?filename=tour'), attached('tour.m4a'));
      for (const wrong of ['a b', 'ä', '..%2Fa', 'a.mp3', 'a'.repeat(121), '']) {
        assert.equal(named(`default.mp4?filename=${wrong}`)[0], 400, wrong);
      }
    });
  });

  describe('allowed origins', () => {
    const rows: readonly (readonly [string, string, number])[] = [
      ['example.com', 'https://example.com', 200],
      ['example.com', 'https://EXAMPLE.com/player?x=1', 200],
      ['example.com', 'https://www.example.com', 403],
      ['example.com', 'https://example.com:8443', 403],
      ['example.com', 'https://example.com.evil.test', 403],
      ['*.example.com', 'https://www.example.com', 200],
      ['*.example.com', 'https://a.b.example.com', 200],
      ['*.example.com', 'https://example.com', 403],
      ['*.example.com', 'https://badexample.com', 403],
      ['localhost', 'http://localhost', 200],
      ['localhost', 'http://localhost:3000', 403],
      ['localhost:3000', 'http://localhost:3000', 200],
      ['example.com', 'vscode-webview://abc', 403],
      ['example.com', 'null', 403],
    ];
    const tour = () => {
      const video = state.accounts[0]?.videos.find(({ uid }) => uid === TOUR);
      assert.ok(video);
      return video;
    };
    for (const [allowed, page, status] of rows) {
      it(`${allowed} ${status === 200 ? 'lets' : 'keeps'} ${page} ${status === 200 ? 'in' : 'out'}`, () => {
        tour().allowedOrigins = ['other.test', allowed];
        for (const resource of ['manifest/video.m3u8', 'manifest/video.mpd', 'iframe']) {
          assert.equal(ask(`/${token()}/${resource}`, { origin: page }).status, status);
          assert.equal(ask(`/${token()}/${resource}`, { referer: page }).status, status);
        }
      });
    }

    it('let in everybody when there are none, and nobody without a page when there are', () => {
      assert.equal(ask(`/${token()}/iframe`, { origin: 'https://anything.test' }).status, 200);
      tour().allowedOrigins = ['example.com'];
      assert.equal(ask(`/${token()}/iframe`).status, 403);
      assert.equal(ask(`/${token()}/watch`).status, 200);
    });
  });

  it('hands llhls on to the streams', () => {
    const streams = (query: string) =>
      String(ask(`/${token()}/manifest/video.m3u8${query}`).body).match(/llhls/g)?.length;
    assert.deepEqual([streams(''), streams('?protocol=llhls')], [undefined, 4]);
  });
});
