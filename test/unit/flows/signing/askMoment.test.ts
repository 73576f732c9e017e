import assert from 'node:assert/strict';
import { askExpiry } from '../../../../src/flows/signing/askExpiry';
import { askNotBefore } from '../../../../src/flows/signing/askNotBefore';
import type { Signing } from '../../../../src/flows/signing/signing';
import type { SignWith } from '../../../../src/flows/signing/signWith';
import type { TokenOptions } from '../../../../src/stream/token/options';
import { type Act, scriptedPrompter } from '../../support/scriptedPrompter';

/** Wednesday, 14:07 in Berlin. */
const NOW = Date.parse('2026-11-25T13:07:00Z') / 1000;
const API: SignWith = { kind: 'api' };
const LOCAL: SignWith = { kind: 'local', kid: '8f926b2b01f3835170025a78a4dcbf6a' };

async function play(ask: typeof askExpiry, acts: readonly Act[], options: TokenOptions = {}, signWith = API) {
  const prompter = scriptedPrompter(acts);
  const signing: Signing = {
    account: { key: 'a1', label: 'Studio', credential: 'stored' },
    video: undefined,
    options,
    signWith,
    form: 'hls',
    destination: 'copy',
  };
  const times = { locale: 'en-GB', timeZone: 'Europe/Berlin' };
  const reply = await ask(signing, { prompter, times, now: () => NOW });
  prompter.finish();
  return { reply, prompter, lists: prompter.lists };
}

const fromNow = (seconds: number) => ({ kind: 'answer', value: { kind: 'fromNow', seconds } });
const at = (text: string) => ({ kind: 'answer', value: { kind: 'at', seconds: Date.parse(`${text}Z`) / 1000 } });
const pick = (label: string): Act => ({ pick: label });

describe('the question when a token expires', () => {
  it('has the common answers on top', async () => {
    const { lists } = await play(askExpiry, ['esc']);
    assert.deepEqual(lists[0], [
      'Leave it to Cloudflare | 1 h, not sent',
      '5 min',
      '15 min',
      '1 h',
      '4 h',
      '24 h | less a minute, in case this machine’s clock is fast',
      'End of today | Until 25 Nov 2026, 23:59:59 (22:59:59 UTC), in 9 h 52 min.',
      'Other…',
    ]);
  });

  it('says what is set when it is none of them', async () => {
    const { lists } = await play(askExpiry, ['esc'], { expiry: { kind: 'fromNow', seconds: 5400 } });
    assert.equal(lists[0]?.at(-1), 'Other… | chosen: in 1 h 30 min');
  });

  const answers: readonly [Act, unknown][] = [
    [pick('5 min'), fromNow(300)],
    [pick('24 h'), fromNow(86_340)],
    [pick('Leave it'), { kind: 'answer', value: undefined }],
    [pick('End of today'), at('2026-11-25T22:59:59')],
    [{ typeAndPick: '1h30m' }, fromNow(5400)],
    [{ typeAndPick: 'until 18:00' }, at('2026-11-25T17:00:00')],
    [{ typeAndPick: 'tomorrow 9am' }, at('2026-11-26T08:00:00')],
    [{ typeAndPick: '26h' }, fromNow(86_340)],
    [{ typeAndPick: '2027-01-01T00:00Z' }, fromNow(86_340)],
  ];
  for (const [act, expected] of answers) {
    it(`${JSON.stringify(act)} → ${JSON.stringify(expected)}`, async () =>
      assert.deepEqual((await play(askExpiry, [act])).reply, expected));
  }

  const echoes: readonly [string, string][] = [
    ['90m', 'info: Until 25 Nov 2026, 15:37:00 (14:37:00 UTC), in 1 h 30 min.'],
    ['until 18:00', 'info: Until 25 Nov 2026, 18:00:00 (17:00:00 UTC), in 3 h 53 min.'],
    [
      '9am',
      'info: Until 26 Nov 2026, 09:00:00 (08:00:00 UTC), in 18 h 53 min. That time has passed today, so it is tomorrow’s.',
    ],
    [
      '00:30',
      'info: Until 26 Nov 2026, 00:30:00 (25 Nov 2026, 23:30:00 UTC), in 10 h 23 min. That time has passed today, so it is tomorrow’s.',
    ],
    [
      '2026-11-25 18:00',
      'info: Until 25 Nov 2026, 18:00:00 (17:00:00 UTC), in 3 h 53 min. Read in the time zone of this machine.',
    ],
    ['1795633200000', 'info: Until 25 Nov 2026, 20:00:00 (19:00:00 UTC), in 5 h 53 min. Read as milliseconds.'],
    [
      '26h',
      'warning: Cloudflare takes at most 24 h: that, less a minute. Until 26 Nov 2026, 14:06:00 (13:06:00 UTC), in 23 h 59 min.',
    ],
  ];
  for (const [text, echo] of echoes) {
    it(`echoes ${text}`, async () => {
      const { prompter } = await play(askExpiry, [pick('Other'), { type: text }]);
      assert.deepEqual(prompter.said, [echo]);
    });
  }

  const refused: readonly [string, RegExp][] = [
    ['0', /lives 0 seconds/],
    ['-1h', /before it is signed/],
    ['90', /90 of what/],
    ['today 9am', /has passed: 25 Nov 2026, 09:00:00 \(08:00:00 UTC\)/],
    ['1718000000000', /has passed: 10 Jun 2024, 08:13:20.* Read as milliseconds\.$/],
    ['2026-11-25 14:00', /has passed: 25 Nov 2026, 14:00:00.* Read in the time zone of this machine\.$/],
    ['tomorrow', /At what time/],
    ['2026-02-30 12:00', /no such day or time/],
    ['soon', /neither a duration nor/],
    [' ', /how long the token should live/],
  ];
  for (const [text, sentence] of refused) {
    it(`refuses ${JSON.stringify(text)} and keeps the box open`, async () => {
      const { prompter } = await play(askExpiry, [pick('Other'), { type: text }, { type: '90m' }]);
      assert.match(prompter.asked.at(-1) ?? '', sentence);
    });
  }

  it('says what is wrong in the list too, but searches for words', async () => {
    const { prompter } = await play(askExpiry, [{ typeAndPick: 'tomorrow' }, { typeAndPick: '25:00' }, 'esc']);
    assert.deepEqual(prompter.asked.slice(1), [
      '! At what time of that day? For example: tomorrow 9am, end of today, 2026-07-01 18:00.',
      '! There is no such day or time.',
    ]);
    await assert.rejects(play(askExpiry, [{ typeAndPick: 'end of' }]));
  });

  it('warns of an expiry before the token is valid', async () => {
    const { prompter } = await play(askExpiry, [pick('Other'), { type: '5m' }], {
      notBefore: { kind: 'fromNow', seconds: 900 },
    });
    assert.match(prompter.said[0] ?? '', /^warning: Before the token becomes valid \(25 Nov 2026, 14:22:00/);
  });

  it('asks back over 24 h when a key on this machine signs', async () => {
    const local = async (acts: readonly Act[]) => (await play(askExpiry, acts, {}, LOCAL)).reply;
    assert.deepEqual(await local([{ typeAndPick: '26h' }, pick('24 h')]), fromNow(86_340));
    assert.deepEqual(await local([{ typeAndPick: '26h' }, pick('anyway'), { confirm: true }]), fromNow(93_600));
    assert.deepEqual(
      await local([{ typeAndPick: '2027-01-01T00:00Z' }, pick('anyway'), { confirm: true }]),
      at('2027-01-01T00:00:00'),
    );
    assert.deepEqual(
      await local([{ typeAndPick: '26h' }, pick('anyway'), { confirm: false }, pick('15 min')]),
      fromNow(900),
    );
    assert.deepEqual(await local([pick('Other'), { type: '2d' }, 'back', pick('15 min')]), fromNow(900));
    assert.deepEqual(await local([{ typeAndPick: '26h' }, 'esc']), { kind: 'cancel' });
  });
});

describe('the question from when on a token is good', () => {
  const answers: readonly [readonly Act[], unknown][] = [
    [[pick('Now')], fromNow(0)],
    [[pick('5 min ago')], fromNow(-300)],
    [[pick('in 1 h')], fromNow(3600)],
    [[pick('Leave it to')], { kind: 'answer', value: undefined }],
    [[{ typeAndPick: '-1h' }], fromNow(-3600)],
    [[{ typeAndPick: '18:00' }], at('2026-11-25T17:00:00')],
    [[pick('Other'), { type: 'since yesterday 9am' }], at('2026-11-24T08:00:00')],
    [[pick('Other'), { type: 'yesterday 9am' }], at('2026-11-24T08:00:00')],
  ];
  for (const [acts, expected] of answers) {
    it(`${JSON.stringify(acts)} → ${JSON.stringify(expected)}`, async () =>
      assert.deepEqual((await play(askNotBefore, acts)).reply, expected));
  }

  it('echoes what lies ahead and behind', async () => {
    const echo = async (text: string, options: TokenOptions = {}) =>
      (await play(askNotBefore, [pick('Other'), { type: text }], options)).prompter.said[0];
    assert.equal(await echo('-1h'), 'info: Since 25 Nov 2026, 13:07:00 (12:07:00 UTC), 1 h ago.');
    assert.equal(await echo('15m'), 'info: From 25 Nov 2026, 14:22:00 (13:22:00 UTC), in 15 min.');
    assert.match((await echo('2h')) ?? '', /^warning: The token has expired by then/);
    assert.match((await echo('2h', { expiry: { kind: 'fromNow', seconds: 7201 } })) ?? '', /^info:/);
  });

  it('leaves it out when a key on this machine signs', async () => {
    const { lists } = await play(askNotBefore, ['esc'], {}, LOCAL);
    assert.equal(lists[0]?.[0], 'Leave it out | good at once, also where a clock runs behind');
  });
});
