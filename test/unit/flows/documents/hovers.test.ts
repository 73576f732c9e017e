import assert from 'node:assert/strict';
import type { HoverCard } from '../../../../src/flows/documents/hoverCard';
import { createHovers } from '../../../../src/flows/documents/hovers';
import { createThumbnails } from '../../../../src/flows/documents/hoverThumbnail';
import { refreshVideo } from '../../../../src/flows/documents/refreshVideo';
import { createTokenOwner } from '../../../../src/flows/documents/tokenOwner';
import { createInspector } from '../../../../src/flows/inspector/inspector';
import { createVideoKnowledge } from '../../../../src/flows/library/videoKnowledge';
import { createVideoLibrary } from '../../../../src/flows/library/videoLibrary';
import type { Video } from '../../../../src/stream/api/video';
import { signToken } from '../../../../src/stream/keys/signToken';
import { readToken } from '../../../../src/stream/token/claims';
import { KEY_ID, testKey } from '../../stream/keys/testKeys';
import { type ApiScript, fakeApi } from '../../support/fakeApi';
import { memoryAccounts, memoryCache, memoryKeys, memorySettings, memoryShelf } from '../../support/memory';
import { scriptedPrompter } from '../../support/scriptedPrompter';
import { SOME_SIGNATURE } from '../../support/someSignature';

const ID = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const OTHER = '2c7a1e3b5d9f48e4ab6c8d7f90a12345';
const NOW = 1_800_000_000;
const video = (fields: Partial<Video> = {}): Video => ({
  id: ID,
  name: 'Tour',
  created: '2026-03-01T00:00:00Z',
  state: 'ready',
  duration: 254,
  requireSignedUrls: true,
  ...fields,
});
const jwt = (header: object, claims: object) =>
  `${[header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.${SOME_SIGNATURE}`;

/** Where everything is known that could be, in a window in which from now on neither a secret nor Cloudflare may be asked. */
async function start({
  withKey = false,
  canCallApi = true,
  script = {},
}: {
  withKey?: boolean;
  canCallApi?: boolean;
  script?: ApiScript;
} = {}) {
  const accounts = await memoryAccounts({
    label: 'Studio',
    accountId: '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87',
    customerCode: 'sample5tud10c0de',
    credential: { kind: 'apiToken', token: 'cfut_studio_studio_studio' },
  });
  const keys = memoryKeys(accounts.vault);
  if (withKey) await keys.add('a1', testKey().jwk, '2026-01-01T00:00:00Z');
  const api = fakeApi(script);
  const prompter = scriptedPrompter([]);
  const shelf = memoryShelf();
  const clock = { seconds: NOW };
  const common = { accounts, keys, openApi: () => api, log: accounts.log, now: () => clock.seconds * 1000, canCallApi };
  const videos = createVideoLibrary({ ...common, shelf, pace: async () => {} });
  const knowledge = createVideoKnowledge({ ...common, videos, shelf });
  const times = { locale: 'en-US', timeZone: 'Europe/Berlin' };
  const inspector = createInspector({
    ...common,
    prompter,
    preferences: memoryCache(),
    knowledge,
    owner: createTokenOwner({ prompter, accounts, keys, knowledge }),
    settings: memorySettings(),
    times,
    probe: () => assert.fail('Nobody expected a check of playback'),
  });
  const hovers = createHovers({ ...common, knowledge, inspector, thumbnails: createThumbnails(common) });
  const secrets: string[] = [];
  const { vault } = accounts;
  const { keys: names, read } = vault;
  vault.keys = () => {
    secrets.push('keys');
    return names();
  };
  vault.read = (key) => {
    secrets.push('read');
    return read(key);
  };
  api.calls.length = 0;
  return { hovers, api, secrets, shelf, videos, clock, prompter, accounts, knowledge };
}

function told({ headline, sentences, lines, rules, notes }: HoverCard): readonly string[] {
  return [headline, ...sentences, ...lines.map(({ subject, text }) => `${subject}: ${text}`), ...rules, ...notes];
}
const acts = ({ actions }: HoverCard) => actions.map(({ act }) => act).join(' ');

describe('hovers', () => {
  describe('over an id', () => {
    const known: readonly [string, Partial<Video>, string][] = [
      ['a private video', {}, 'ready · 4 min 14 s · needs a token · in Studio'],
      ['a public video', { requireSignedUrls: false }, 'ready · 4 min 14 s · public · in Studio'],
      [
        'one that is being processed',
        { state: 'inprogress' },
        'still being processed · 4 min 14 s · needs a token · in Studio',
      ],
      ['one that failed', { state: 'error' }, 'processing failed · 4 min 14 s · needs a token · in Studio'],
    ];
    for (const [what, fields, facts] of known) {
      it(`says of ${what} what is known`, async () => {
        const { hovers, videos, secrets, api } = await start({ script: { videos: [video(fields)] } });
        await videos.open('a1');
        secrets.length = api.calls.length = 0;
        const { card, accountKey } = await hovers.video(ID, { thumbnail: false, inContext: true });
        assert.deepEqual(told(card), ['Tour', facts]);
        assert.equal(acts(card), 'signVideo signAgain copyId copyUrl showVideo refreshVideo');
        assert.deepEqual([accountKey, secrets, api.calls, card.thumbnail], ['a1', [], [], undefined]);
      });
    }

    it('remembers in the next window what does not change', async () => {
      const { hovers, shelf } = await start();
      await shelf.write('a1', [
        { id: ID, name: 'Tour', duration: 60, signed: true, ready: true },
        { id: OTHER, name: '', signed: false },
      ]);
      assert.deepEqual(told((await hovers.video(ID, { thumbnail: false, inContext: true })).card), [
        'Tour',
        'ready · 1 min · needs a token · in Studio',
      ]);
      assert.deepEqual(told((await hovers.video(OTHER, { thumbnail: false, inContext: true })).card), [
        '(no name)',
        'public · in Studio',
      ]);
    });

    it('leaves open whether it is a video’s where nothing tells', async () => {
      const { hovers } = await start();
      const { card } = await hovers.video(ID, { thumbnail: false, inContext: false });
      assert.deepEqual(told(card), ['A video id, or a hash', 'Nothing is known of it here.']);
    });

    it('says when nothing is known, and learns it when Cloudflare is asked', async () => {
      const downloads = { mp4: 'notMade', m4a: 'notMade' } as const;
      const parts = await start({ script: { video: { video: video(), details: {} }, downloads } });
      const { hovers, secrets, api } = parts;
      const { card } = await hovers.video(ID, { thumbnail: true, inContext: true });
      assert.deepEqual(told(card), ['Video id', 'Nothing is known of it here.']);
      assert.equal(acts(card), 'signVideo signAgain copyId showVideo refreshVideo');
      assert.deepEqual([secrets, api.calls], [[], []]);
      assert.equal((await refreshVideo({ videoId: ID }, { ...parts, canCallApi: true })).ok, true);
      assert.deepEqual(parts.prompter.mentioned, ['Asked Cloudflare: Tour']);
      assert.equal((await hovers.video(ID, { thumbnail: false, inContext: true })).card.headline, 'Tour');
    });

    it('offers nothing that has to ask Cloudflare where that can’t be asked', async () => {
      const { hovers } = await start({ canCallApi: false });
      assert.equal(
        acts((await hovers.video(ID, { thumbnail: false, inContext: true })).card),
        'signVideo signAgain copyId',
      );
    });
  });

  describe('the picture of a video', () => {
    const picture = async (signed: boolean, withKey: boolean) => {
      const parts = await start({ withKey });
      await parts.shelf.write('a1', [{ id: ID, name: 'Tour', signed }]);
      const { card } = await parts.hovers.video(ID, { thumbnail: true, inContext: true });
      return { ...parts, thumbnail: card.thumbnail };
    };
    const address =
      /^https:\/\/customer-sample5tud10c0de\.cloudflarestream\.com\/([^/]+)\/thumbnails\/thumbnail\.jpg\?height=120$/;

    it('is at its id when it is public', async () => {
      const { thumbnail, api, secrets } = await picture(false, true);
      assert.equal(address.exec(thumbnail ?? '')?.[1], ID);
      assert.deepEqual([api.calls, secrets], [[], []]);
    });

    it('is at a token of five minutes, signed here, when it is private', async () => {
      const { thumbnail, api, hovers, clock } = await picture(true, true);
      const token = address.exec(thumbnail ?? '')?.[1] ?? '';
      const read = readToken(token);
      assert.ok(read.ok);
      assert.deepEqual(read.token.claims, { sub: ID, kid: KEY_ID, exp: NOW + 300 });
      clock.seconds += 200;
      assert.equal((await hovers.video(ID, { thumbnail: true, inContext: true })).card.thumbnail, thumbnail);
      clock.seconds += 41;
      assert.notEqual((await hovers.video(ID, { thumbnail: true, inContext: true })).card.thumbnail, thumbnail);
      assert.deepEqual(api.calls, []);
    });

    it('is left out when nothing here can sign', async () => {
      const { thumbnail, api } = await picture(true, false);
      assert.deepEqual([thumbnail, api.calls], [undefined, []]);
    });
  });

  describe('over a token', () => {
    const rules = [
      { type: 'ip.geoip.country', action: 'allow', country: ['DE', 'AT'] },
      { type: 'any', action: 'block' },
    ];

    it('says whether it plays, for whom and until when, its rules, and whether its signature is right', async () => {
      const { hovers, shelf, secrets, api } = await start({ withKey: true });
      await shelf.write('a1', [{ id: ID, name: 'Tour', signed: true }]);
      const options = { expiry: { kind: 'fromNow', seconds: 4320 }, accessRules: rules } as never;
      const card = await hovers.token({ token: await signToken(testKey().jwk, ID, options, NOW) });
      assert.deepEqual(told(card), [
        'Plays for viewers in DE and AT until 10:12 (in 1 h 12 min)',
        `Signature: Signature valid for key ${KEY_ID}.`,
        'Time: Until Jan 15, 2027, 10:12:00 (09:12:00 UTC), in 1 h 12 min.',
        'Video: Tour, in Studio. Needs a signed URL.',
        'Downloads: Not allowed by the token.',
        'Allow viewers in Germany (DE), Austria (AT).',
        'Block everyone else.',
      ]);
      assert.equal(acts(card), 'resignToken openClaims copyTokenUrl testViewer');
      assert.deepEqual([secrets, api.calls], [[], []]);
    });

    it('ends with what happens to viewers whom no rule matches', async () => {
      const { hovers } = await start();
      const token = jwt(
        { alg: 'RS256', kid: 'k' },
        { sub: ID, kid: 'k', exp: NOW + 60, accessRules: rules.slice(0, 1) },
      );
      assert.deepEqual((await hovers.token({ token })).rules.at(-1), 'Viewers who match no rule may watch.');
    });

    it('does not look into secret storage for a key that is not known', async () => {
      const { hovers, secrets } = await start();
      const token = jwt({ alg: 'RS256', kid: 'k' }, { sub: ID, kid: 'k', exp: NOW + 60 });
      const { lines } = await hovers.token({ token });
      assert.equal(lines[0]?.text, 'Not checked here. Open the claims to look for the key.');
      assert.deepEqual(secrets, []);
    });

    it('says when it died, why it is refused and what is odd', async () => {
      const { hovers } = await start();
      const token = jwt({ alg: 'RS256', kid: 'k' }, { sub: ID, kid: 'k', exp: NOW - 3600 });
      const card = await hovers.token({ token: token.replace(/cQ$/, 'cR') });
      assert.deepEqual(
        [card.headline, ...card.sentences],
        ['Expired 1 h ago', 'Stream has refused it since Jan 15, 2027, 08:00:00 (07:00:00 UTC). Sign it again.'],
      );
      assert.deepEqual(
        card.lines.map(({ subject }) => subject),
        ['Signature', 'Time', 'Video', 'Downloads', 'Viewers'],
      );
      assert.deepEqual([card.rules, card.notes.length], [[], 1]);
      assert.equal(acts(card), 'resignToken openClaims copyTokenUrl');
    });

    it('says that it can’t be read, and why', async () => {
      const { hovers } = await start();
      const card = await hovers.token({ token: 'eyJh.eyJz.x', url: 'https://videodelivery.net/eyJh.eyJz.x/iframe' });
      assert.deepEqual(told(card), [
        'This token can’t be read',
        'The first part (header) of this token can’t be read. Was it copied as a whole?',
      ]);
      assert.equal(acts(card), 'openClaims');
    });

    it('counts what is too much', async () => {
      const { hovers } = await start();
      const many = Array.from({ length: 200 }, () => ({ type: 'ip.src', action: 'allow', ip: ['192.0.2.1'] }));
      const token = jwt({ alg: 'RS256', kid: 'k' }, { sub: ID, kid: 'k', exp: NOW + 60, accessRules: many });
      const card = await hovers.token({ token });
      assert.deepEqual([card.rules.length, card.rules.at(-1)], [13, '… and 189 more']);
    });
  });
});
