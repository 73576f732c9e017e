import assert from 'node:assert/strict';
import type { UncheckedReason } from '../../../../src/stream/keys/verifySignature';
import { readToken } from '../../../../src/stream/token/claims';
import { judgeToken, type Situation, type Verdict } from '../../../../src/stream/token/verdict';
import { jwt, KEY_ID, VIDEO_ID } from './jwt';

const NOW = 1_800_000_000;
const GOOD = { sub: VIDEO_ID, kid: KEY_ID, exp: NOW + 600, nbf: NOW - 600 };
const RS256 = { alg: 'RS256', kid: KEY_ID };
const VALID = { kind: 'valid', kid: KEY_ID } as const;
const INVALID = { kind: 'invalid', kid: KEY_ID } as const;
const CUT = { kind: 'cut', kid: KEY_ID } as const;
const UNKNOWN = { kind: 'unchecked', reason: 'unknownKey' } as const;
const NOT_RS256 = { kind: 'unchecked', reason: 'notRs256' } as const;
const NO_SIGNATURE = { kind: 'unchecked', reason: 'noSignature' } as const;
const GERMANY = { ip: '198.51.100.7', country: 'DE' };
const allowGermany = [
  { type: 'ip.geoip.country', action: 'allow', country: ['DE'] },
  { type: 'any', action: 'block' },
];
const blockAddress = [{ type: 'ip.src', action: 'block', ip: ['198.51.100.7'] }];

function judge(token: string, situation: Partial<Situation> = {}): Verdict {
  const read = readToken(token);
  assert.ok(read.ok);
  return judgeToken(read.token, { now: NOW, signature: VALID, ...situation });
}

/** `plays everyone`; `refused expired 100, signature k`; `unsure notChecked unknownKey everyone`. */
function line({ answer, obstacles, doubts, audience }: Verdict): string {
  const reasons = (answer === 'refused' ? obstacles : doubts).map((reason) => Object.values(reason).join(' '));
  return [answer, reasons.join(', '), answer === 'refused' ? '' : audience.kind]
    .filter((part) => part !== '')
    .join(' ');
}

describe('judgeToken', () => {
  const claims = (more: object, header: unknown = RS256) => jwt({ ...GOOD, ...more }, header);
  const good = claims({});
  const rows: readonly [string, string, Partial<Situation>, string][] = [
    // Form
    ['a good token', good, {}, 'plays everyone'],
    ['times as the API writes them', claims({ exp: String(GOOD.exp), nbf: String(GOOD.nbf) }), {}, 'plays everyone'],
    ['typ', claims({}, { ...RS256, typ: 'JWT' }), {}, 'plays everyone'],
    ['claims of other systems', claims({ iss: 'x', iat: 1 }), {}, 'plays everyone'],
    ['no kid among the claims', claims({ kid: undefined }), {}, 'plays everyone'],
    ['HS256', claims({}, { ...RS256, alg: 'HS256' }), { signature: NOT_RS256 }, 'refused algorithm HS256'],
    ['none', claims({}, { ...RS256, alg: 'none' }), { signature: NOT_RS256 }, 'refused algorithm none'],
    ['no alg', claims({}, { kid: KEY_ID }), { signature: NOT_RS256 }, 'refused noAlgorithm'],
    ['crit', claims({}, { ...RS256, crit: ['b64'] }), {}, 'unsure critical everyone'],
    ['crit, and wrong', claims({}, { ...RS256, crit: ['b64'] }), { signature: INVALID }, `refused signature ${KEY_ID}`],
    ['zip', claims({}, { ...RS256, zip: 'DEF' }), {}, 'unsure critical everyone'],
    ['no signature', jwt(GOOD, RS256, ''), { signature: NO_SIGNATURE }, 'refused noSignature'],
    ['padding', `${good}==`, { signature: unchecked('standardBase64') }, 'refused standardBase64'],
    ['another spelling', jwt(GOOD, RS256, 'c2j'), {}, 'unsure spelling everyone'],
    ['another spelling, and wrong', jwt(GOOD, RS256, 'c2j'), { signature: INVALID }, `refused signature ${KEY_ID}`],
    [
      'a claim twice',
      jwt(`{"sub":"${VIDEO_ID}","exp":1,"exp":${GOOD.exp}}`, RS256),
      {},
      'unsure duplicate exp everyone',
    ],
    ['no sub', claims({ sub: undefined }), {}, 'refused noSubject'],
    ['sub a path', claims({ sub: '../x' }), {}, 'refused subjectNotId'],
    ['sub null', claims({ sub: null }), {}, 'refused subjectNotId'],
    [
      'the local simulator’s',
      btoa(JSON.stringify({ sub: VIDEO_ID, kid: 'local-mode-key', exp: NOW + 60 })),
      { signature: UNKNOWN },
      'refused simulated',
    ],
    [
      'the local simulator’s, with an id of its own form',
      btoa(JSON.stringify({ sub: '7f9c24e8-3b12-4fef-91ad-0b5c1c7f1e21', kid: 'local-mode-key', exp: NOW + 60 })),
      { signature: UNKNOWN },
      'refused simulated',
    ],
    // Key
    ['a signature that does not match', good, { signature: INVALID }, `refused signature ${KEY_ID}`],
    ['a signature that lost its end', good, { signature: CUT }, 'refused signatureCut'],
    ['that, by a key nobody here knows', good, { signature: unchecked('cut') }, 'refused signatureCut'],
    ['a signature of no key’s length', good, { signature: unchecked('wrongLength') }, 'refused signatureLength'],
    ['a key nobody here knows', good, { signature: UNKNOWN }, 'unsure notChecked unknownKey everyone'],
    [
      'a key that can’t verify',
      good,
      { signature: { kind: 'unchecked', reason: 'unusableKey' } },
      'unsure notChecked unusableKey everyone',
    ],
    [
      'no crypto',
      good,
      { signature: { kind: 'unchecked', reason: 'noCrypto' } },
      'unsure notChecked noCrypto everyone',
    ],
    ['a revoked key', good, { signature: { ...VALID, revoked: true } }, `refused keyRevoked ${KEY_ID}`],
    ['a revoked key, wrong', good, { signature: { ...INVALID, revoked: true } }, `refused signature ${KEY_ID}`],
    ['refused by a delivery host', good, { refusedByStream: true }, 'refused refusedByStream'],
    [
      'refused by a delivery host, and known why',
      good,
      { refusedByStream: true, now: GOOD.exp },
      `refused expired ${GOOD.exp}`,
    ],
    [
      'no key id anywhere',
      jwt({ ...GOOD, kid: undefined }, { alg: 'RS256' }),
      { signature: { kind: 'unchecked', reason: 'noKeyId' } },
      'refused noKeyId',
    ],
    [
      'key ids that are no text',
      jwt({ ...GOOD, kid: 7 }, { alg: 'RS256', kid: null }),
      { signature: { kind: 'unchecked', reason: 'noKeyId' } },
      'refused noKeyId',
    ],
    ['no key id in the header', claims({}, { alg: 'RS256' }), {}, 'unsure keyIdsDiffer everyone'],
    ['another key id among the claims', claims({ kid: VIDEO_ID }), {}, 'unsure keyIdsDiffer everyone'],
    // Time
    ['its last second', good, { now: GOOD.exp - 1 }, 'plays everyone'],
    ['a moment before its end', good, { now: GOOD.exp - 0.001 }, 'plays everyone'],
    ['its end', good, { now: GOOD.exp }, `refused expired ${GOOD.exp}`],
    ['long after', good, { now: GOOD.exp + 1e8 }, `refused expired ${GOOD.exp}`],
    ['its first second', good, { now: GOOD.nbf }, 'plays everyone'],
    ['a moment before its beginning', good, { now: GOOD.nbf - 0.001 }, `refused notYet ${GOOD.nbf}`],
    ['no nbf', claims({ nbf: undefined }), { now: 0 }, 'plays everyone'],
    ['no exp', claims({ exp: undefined }), {}, 'refused noExpiry'],
    ['exp a date', claims({ exp: '2027-01-15T08:00:00Z' }), {}, 'refused noTime exp'],
    ['exp null', claims({ exp: null }), {}, 'refused noTime exp'],
    ['nbf null', claims({ nbf: null }), {}, 'refused noTime nbf'],
    ['neither a time', claims({ exp: 'x', nbf: {} }), {}, 'refused noTime exp, noTime nbf'],
    ['exp in milliseconds', claims({ exp: GOOD.exp * 1000 }), {}, 'unsure time exp milliseconds everyone'],
    ['exp with a fraction', claims({ exp: GOOD.exp + 0.5 }), {}, 'unsure time exp unreadable everyone'],
    ['exp with a zero in front', claims({ exp: `0${GOOD.exp}` }), {}, 'unsure time exp unreadable everyone'],
    ['exp 1e999', jwt(`{"sub":"${VIDEO_ID}","exp":1e999}`, RS256), {}, 'unsure time exp unreadable everyone'],
    ['nbf in milliseconds', claims({ nbf: GOOD.nbf * 1000 }), {}, 'unsure time nbf milliseconds everyone'],
    ['exp with a fraction, past', claims({ exp: NOW - 3600.5 }), {}, `refused expired ${NOW - 3600.5}`],
    ['expired, and nbf in milliseconds', claims({ exp: NOW - 1, nbf: NOW * 1000 }), {}, `refused expired ${NOW - 1}`],
    ['dead before it is born', claims({ nbf: GOOD.exp + 1 }), {}, 'refused neverValid'],
    ['more than a day', claims({ exp: NOW + 864_000 }), {}, 'plays everyone'],
    // Rules
    ['an allow list', claims({ accessRules: allowGermany }), {}, 'plays only'],
    ['a block list', claims({ accessRules: blockAddress }), {}, 'plays except'],
    ['a viewer who is let in', claims({ accessRules: allowGermany }), { watcher: GERMANY }, 'plays only'],
    [
      'a viewer who is not',
      claims({ accessRules: allowGermany }),
      { watcher: { ...GERMANY, country: 'FR' } },
      'refused blocked 1',
    ],
    ['a viewer who is blocked', claims({ accessRules: blockAddress }), { watcher: GERMANY }, 'refused blocked 0'],
    [
      'a viewer with another address',
      claims({ accessRules: blockAddress }),
      { watcher: { ...GERMANY, ip: '198.51.100.8' } },
      'plays except',
    ],
    [
      'a viewer without an address',
      claims({ accessRules: blockAddress }),
      { watcher: { country: 'DE' } },
      'unsure viewer 0 except',
    ],
    [
      'a viewer whom a rule may let in before the one that blocks',
      claims({
        accessRules: [
          { ...blockAddress[0], action: 'allow' },
          { type: 'any', action: 'block' },
        ],
      }),
      { watcher: { country: 'DE' } },
      'unsure viewer 0 only',
    ],
    ['rules for nobody', claims({ accessRules: [{ type: 'any', action: 'block' }] }), {}, 'refused blocksEveryone'],
    [
      'a rule nobody knows',
      claims({ accessRules: [{ type: 'teapot', action: 'block' }] }),
      {},
      'unsure rules unreadable',
    ],
    [
      'a rule nobody knows, for a viewer',
      claims({ accessRules: [{ type: 'teapot', action: 'block' }] }),
      { watcher: GERMANY },
      'unsure rules unreadable',
    ],
    [
      'a rule nobody knows behind the one that decides',
      claims({ accessRules: [...allowGermany, { type: 'teapot' }] }),
      { watcher: GERMANY },
      'plays only',
    ],
    ['rules that are no list', claims({ accessRules: {} }), {}, 'unsure rules unreadable'],
    ['rules null', claims({ accessRules: null }), {}, 'unsure rules everyone'],
    [
      'six rules',
      claims({ accessRules: Array(6).fill(blockAddress[0]) }),
      { watcher: { ...GERMANY, ip: '198.51.100.8' } },
      'unsure tooManyRules 6 except',
    ],
    // Video
    ['a video that plays', good, { video: { needsToken: true, playable: true } }, 'plays everyone'],
    ['a public video', good, { video: { needsToken: false } }, 'plays everyone'],
    ['a video in the making', good, { video: { playable: false } }, 'refused notPlayable'],
    ['no such video', good, { video: { absent: true } }, 'refused noSuchVideo'],
    [
      'no such video in another account',
      good,
      { video: { absent: true, elsewhere: 'maybe' } },
      'unsure notFound everyone',
    ],
    ['no such video, and seen to play', good, { video: { absent: true, elsewhere: 'surely' } }, 'plays everyone'],
    ['a key of another account', good, { video: { ofOtherAccount: true } }, 'refused ofOtherAccount'],
    ['its page', good, { video: origins('a.com'), watcher: { page: 'https://a.com/b' } }, 'plays everyone'],
    ['another page', good, { video: origins('a.com'), watcher: { page: 'https://b.com' } }, 'refused page'],
    ['a viewer on an unknown page', good, { video: origins('a.com'), watcher: GERMANY }, 'unsure page everyone'],
    ['any page', good, { video: origins(), watcher: GERMANY }, 'plays everyone'],
    ['pages, and nobody in particular', good, { video: origins('a.com') }, 'plays everyone'],
    // Several at once: what weighs most comes first.
    [
      'everything wrong',
      claims({ exp: NOW - 1, accessRules: [{ type: 'any', action: 'block' }] }),
      { signature: INVALID, video: { absent: true, playable: false } },
      `refused signature ${KEY_ID}, expired ${NOW - 1}, blocksEveryone, noSuchVideo, notPlayable`,
    ],
    ['expired, by an unknown key', claims({ exp: NOW - 1 }), { signature: UNKNOWN }, `refused expired ${NOW - 1}`],
  ];
  for (const [name, token, situation, expected] of rows)
    it(`${name}: ${expected}`, () => assert.equal(line(judge(token, situation)), expected));

  const downloads: readonly [string, object, Partial<Situation>, string][] = [
    ['nothing said', {}, {}, 'notAllowed notAllowed'],
    ['downloadable false', { downloadable: false }, {}, 'notAllowed notAllowed'],
    ['downloadable as text', { downloadable: 'true' }, {}, 'notAllowed notAllowed'],
    ['downloadable', { downloadable: true }, {}, 'unknown unknown'],
    ['files', { downloadable: true }, { video: made('ready', 'notMade') }, 'ready notMade'],
    ['files in the making', { downloadable: true }, { video: made('making', 'failed') }, 'making failed'],
    ['files and no word of them', {}, { video: made('ready', 'ready') }, 'notAllowed notAllowed'],
    ['a public video', {}, { video: { ...made('ready', 'notMade'), needsToken: false } }, 'ready notMade'],
    ['a dead token', { downloadable: true, exp: NOW }, { video: made('ready', 'ready') }, 'refused refused'],
    [
      'pages do not matter',
      { downloadable: true },
      { video: { ...made('ready', 'ready'), ...origins('a.com') }, watcher: { page: 'https://b.com' } },
      'ready ready',
    ],
  ];
  for (const [name, more, situation, expected] of downloads) {
    it(`downloads, ${name}: ${expected}`, () => {
      const { mp4, m4a } = judge(claims(more), situation).downloads;
      assert.equal(`${mp4} ${m4a}`, expected);
    });
  }
});

function unchecked(reason: UncheckedReason) {
  return { kind: 'unchecked', reason } as const;
}

function origins(...allowedOrigins: string[]) {
  return { allowedOrigins };
}

type State = 'ready' | 'making' | 'failed' | 'notMade';
function made(mp4: State, m4a: State) {
  return { downloads: { mp4, m4a } };
}
