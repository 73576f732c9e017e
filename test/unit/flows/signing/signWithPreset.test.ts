import assert from 'node:assert/strict';
import { createDraft } from '../../../../src/flows/draft';
import type { VideoKnowledge } from '../../../../src/flows/library/videoKnowledge';
import type { Recalled } from '../../../../src/flows/signing/recalled';
import { type SignRequest, type SignVideoParts, signVideo } from '../../../../src/flows/signing/signVideo';
import type { Failure } from '../../../../src/stream/failure';
import { fakeApi } from '../../support/fakeApi';
import {
  memoryAccounts,
  memoryCache,
  memoryKeys,
  memorySettings,
  nothingKnown,
  recordingOutput,
} from '../../support/memory';
import { type Act, scriptedPrompter } from '../../support/scriptedPrompter';

const NOW = 1_800_000_000;
const TOUR = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const OTHER = '2c7a1e3b5d9f48e4ab6c8d7f90a12345';
const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJleHAiOiIxODAwMDAzNjAwIn0.c2ln';
const studio = {
  label: 'Studio',
  accountId: '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87',
  credential: { kind: 'apiToken', token: 'cfut_studio_studio_studio' },
} as const;
const library = { ...studio, label: 'Library', accountId: '7a1d4c5e9f2b4836b0c1d2e3f4a5b6c7' };

/** One computer on which one signing follows another. */
async function desk(stored: { user?: unknown; workspace?: unknown; defaults?: unknown } = {}) {
  const accounts = await memoryAccounts(studio, library);
  const settings = memorySettings(stored);
  const draft = createDraft<Recalled>();
  const [preferences, workspacePreferences] = [memoryCache(), memoryCache()];
  async function sign(
    request: SignRequest,
    acts: readonly Act[],
    {
      place = 'sure',
      failure,
      later = 0,
      ...known
    }: { place?: 'sure' | 'none'; failure?: Failure; later?: number } & Partial<SignVideoParts> = {},
  ) {
    const prompter = scriptedPrompter(acts);
    const api = fakeApi({ videos: [], tokens: failure === undefined ? [TOKEN] : [failure, TOKEN] });
    const output = recordingOutput(place);
    const outcome = await signVideo(request, {
      prompter,
      accounts,
      addAccount: async () => assert.fail(),
      replaceCredential: async () => assert.fail(),
      openApi: () => api,
      keys: memoryKeys(accounts.vault),
      keyActions: { import: async () => assert.fail(), create: async () => assert.fail() },
      canCallApi: true,
      ...nothingKnown,
      ...known,
      videos: {
        async *listing() {
          yield { videos: [], complete: true };
        },
      },
      output,
      log: accounts.log,
      showLog: () => {},
      times: { locale: 'en-US', timeZone: 'UTC' },
      now: () => (NOW + later) * 1000,
      preferences,
      workspacePreferences,
      settings,
      draft,
    });
    prompter.finish();
    return { outcome, prompter, calls: api.calls, done: output.done, hubs: prompter.lists };
  }
  return { sign, settings, draft, workspacePreferences };
}

const known = { videoId: TOUR };
const pick = (label: string): Act => ({ pick: label });
const go = pick('Sign and');
const line = (hub: readonly string[] | undefined, start: string) => hub?.find((entry) => entry.startsWith(start));

describe('sign again', () => {
  it('repeats the last signing without a question', async () => {
    const { sign } = await desk();
    await sign(known, [
      pick('Expires'),
      pick('15 min'),
      pick('Downloads'),
      pick('Allowed'),
      pick('Result'),
      pick('Token'),
      pick('Where'),
      pick('Copy to'),
      go,
    ]);
    const { calls, done, prompter } = await sign({ how: 'again' }, [], { later: 100 });
    assert.deepEqual(prompter.asked, []);
    assert.deepEqual(calls, [`token ${TOUR} {"exp":${NOW + 1000},"downloadable":true}`]);
    assert.deepEqual(done, [`copy ${TOKEN}`]);
  });

  it('takes the options of the last signing for another video', async () => {
    const { sign } = await desk();
    await sign(known, [pick('Expires'), pick('15 min'), go]);
    const { calls } = await sign({ how: 'again', videoId: OTHER }, []);
    assert.deepEqual(calls, [`token ${OTHER} {"exp":${NOW + 900}}`]);
  });

  it('takes up a signing that is handed over, and shows one whose expiry has passed', async () => {
    const { sign } = await desk();
    const recalled: Recalled = {
      accountKey: 'a1',
      video: { id: OTHER, name: '' },
      options: { downloadable: true },
      form: 'token',
      destination: 'copy',
    };
    const { calls, done } = await sign({ accountKey: 'a1', videoId: OTHER, recalled, how: 'again' }, []);
    assert.deepEqual([calls, done], [[`token ${OTHER} {"downloadable":true}`], [`copy ${TOKEN}`]]);
    const changed = await sign({ accountKey: 'a1', recalled }, [go]);
    assert.deepEqual(changed.prompter.asked, ['Sign a Stream Video']);
    const past = { ...recalled, options: { expiry: { kind: 'at', seconds: NOW - 1 } } } as const;
    const { prompter } = await sign({ accountKey: 'a1', recalled: past, how: 'again' }, ['esc']);
    assert.deepEqual(prompter.asked, ['Sign a Stream Video']);
  });

  it('copies where nothing can be inserted', async () => {
    const { sign } = await desk();
    await sign(known, [go]);
    assert.match((await sign({ how: 'again' }, [], { place: 'none' })).done[0] ?? '', /^copy /);
  });

  it('opens the hub when there is nothing to repeat', async () => {
    const { sign } = await desk();
    const { prompter, calls } = await sign({ how: 'again' }, ['esc']);
    assert.deepEqual([prompter.asked, calls], [['Sign a Stream Video'], []]);
  });

  it('opens the hub when it was an instant that has passed', async () => {
    const { sign } = await desk();
    await sign(known, [pick('Expires'), { typeAndPick: `${NOW + 60}` }, go]);
    const { hubs, calls } = await sign({ how: 'again' }, ['esc'], { later: 60 });
    assert.match(line(hubs[0], 'Expires') ?? '', /\$\(warning\) The expiry has passed\. Set a later one\./);
    assert.deepEqual(calls, []);
  });

  it('opens the hub when this machine’s clock is wrong and the time is reckoned by it', async () => {
    const { sign } = await desk();
    await sign(known, [pick('Expires'), pick('15 min'), go]);
    const { hubs, calls } = await sign({ how: 'again' }, ['esc'], { clockAhead: () => 7200 });
    assert.match(line(hubs[0], 'Expires') ?? '', /clock is 2 h ahead/);
    assert.deepEqual(calls, []);
  });

  it('opens the hub when the video plays without a token', async () => {
    const { sign } = await desk();
    await sign(known, [go]);
    const open: VideoKnowledge = {
      account: { key: 'a1', label: 'Studio', credential: 'stored' },
      name: 'Tour',
      state: 'ready',
      facts: { needsToken: false },
      asked: false,
    };
    const knowledge = { ...nothingKnown.knowledge, find: async () => open };
    const { hubs, calls } = await sign({ how: 'again' }, ['esc'], { knowledge });
    assert.match(line(hubs[0], 'Video') ?? '', /Public: it plays by its id alone/);
    assert.deepEqual(calls, []);
  });

  it('shows a refusal in the hub, with everything in place', async () => {
    const { sign } = await desk();
    await sign(known, [pick('Expires'), pick('15 min'), go]);
    const refusal: Failure = { code: 'rejected', status: 400, errors: [{ code: 1, message: 'no', pointer: '/exp' }] };
    const { hubs, calls } = await sign({ how: 'again' }, [go], { failure: refusal });
    assert.match(line(hubs[0], 'Expires') ?? '', /^Expires \| in 15 min \| \$\(error\) 1: no/);
    assert.equal(calls.length, 2);
  });

  it('says nothing when it is cancelled', async () => {
    const { sign } = await desk();
    await sign(known, [go]);
    const { outcome, prompter } = await sign({ how: 'again' }, [], { failure: { code: 'cancelled' } });
    assert.deepEqual([outcome, prompter.told, prompter.asked], [{ ok: false, failure: { code: 'cancelled' } }, [], []]);
  });

  it('asks for the video when the caller’s account is another one', async () => {
    const { sign } = await desk();
    await sign({ ...known, accountKey: 'a1' }, [pick('Downloads'), pick('Allowed'), go]);
    const { calls, prompter } = await sign({ how: 'again', accountKey: 'a2' }, [{ typeAndPick: OTHER }]);
    assert.deepEqual(prompter.asked, ['Video']);
    assert.deepEqual(calls, [`token ${OTHER} {"downloadable":true}`]);
  });

  const junk: readonly [string, unknown][] = [
    ['nothing', undefined],
    ['a text', 'x'],
    ['an unknown form', { accountKey: 'a1', options: {}, form: 'smell', destination: 'copy' }],
    [
      'an id that is none',
      { accountKey: 'a1', video: { id: '..', name: '' }, options: {}, form: 'hls', destination: 'copy' },
    ],
    [
      'six rules',
      {
        accountKey: 'a1',
        options: { accessRules: Array(6).fill({ type: 'any', action: 'block' }) },
        form: 'hls',
        destination: 'copy',
      },
    ],
  ];
  for (const [name, stored] of junk) {
    it(`passes over ${name} in the storage`, async () => {
      const { sign, workspacePreferences } = await desk();
      await workspacePreferences.write('lastSigning', stored);
      const { hubs } = await sign({ how: 'again' }, ['esc']);
      assert.ok(!hubs[0]?.some((entry) => entry.startsWith('Same as')));
    });
  }

  it('survives an account that is gone', async () => {
    const { sign, workspacePreferences } = await desk();
    const gone: Recalled = {
      accountKey: 'gone',
      options: { downloadable: true },
      form: 'token',
      destination: 'copy',
      video: { id: OTHER, name: '' },
    };
    await workspacePreferences.write('lastSigning', gone);
    const { calls, prompter } = await sign({ how: 'again' }, [{ typeAndPick: TOUR }]);
    assert.deepEqual([prompter.asked, calls], [['Video'], [`token ${TOUR} {"downloadable":true}`]]);
  });
});

describe('same as last time, in the hub', () => {
  it('puts everything in place of what is set', async () => {
    const { sign } = await desk();
    await sign(known, [pick('Expires'), pick('15 min'), pick('Where'), pick('Copy to'), go]);
    const { hubs, calls } = await sign({}, [pick('Same as'), go]);
    assert.equal(line(hubs[0], 'Same as'), `Same as Last Time | ${TOUR} · HLS URL · expires in 15 min`);
    assert.deepEqual(calls, [`token ${TOUR} {"exp":${NOW + 900}}`]);
    const again = await sign({ videoId: OTHER }, [pick('Same as'), go]);
    assert.deepEqual(again.calls, [`token ${OTHER} {"exp":${NOW + 900}}`]);
  });
});

describe('a cancelled hub', () => {
  it('offers to continue the next time', async () => {
    const { sign } = await desk();
    const rules = [pick('Access rules'), pick('Everyone but'), { tick: ['Chad'] }] as const;
    await sign(known, [...rules, 'esc']);
    const { hubs, calls } = await sign({}, [pick('Continue'), go]);
    assert.equal(line(hubs[0], 'Continue'), `Continue Where You Stopped | ${TOUR} · HLS URL · block TD`);
    assert.deepEqual(calls, [
      `token ${TOUR} {"accessRules":[{"type":"ip.geoip.country","action":"block","country":["TD"]}]}`,
    ]);
    assert.equal(line((await sign({}, ['esc'])).hubs[0], 'Continue'), undefined);
  });

  it('leaves nothing when nothing was changed', async () => {
    const { sign } = await desk();
    await sign(known, [pick('Expires'), 'esc']);
    assert.equal(line((await sign({}, ['esc'])).hubs[0], 'Continue'), undefined);
  });

  it('keeps what was left before when nothing was changed since', async () => {
    const { sign } = await desk();
    await sign(known, [pick('Downloads'), pick('Allowed'), 'esc']);
    await sign(known, ['esc']);
    assert.ok(line((await sign({}, ['esc'])).hubs[0], 'Continue'));
  });
});

describe('presets', () => {
  const user = {
    'Customer demo': {
      expiry: '4h',
      accessRules: [
        { type: 'ip.geoip.country', action: 'allow', country: ['DE', 'AT'] },
        { type: 'any', action: 'block' },
      ],
    },
    '$(trash)\u202e': { downloadable: true },
    Broken: { expiry: 'until 18:00' },
  };

  it('come first in the hub, those of the workspace marked, none of them chosen', async () => {
    const { sign } = await desk({ user, workspace: { Team: { expiry: '15m' } } });
    const { hubs } = await sign(known, ['esc']);
    assert.deepEqual(hubs[0]?.slice(0, 7), [
      'Sign and insert | HLS URL · in 1 h (Cloudflare’s default)',
      '— Presets',
      'Customer demo | expires in 4 h · allow DE, AT · block everyone else',
      '$\u200a(trash) | downloads',
      'Broken | "expiry" must be a duration such as "2h" or "1h30m".',
      'Team | expires in 15 min · from this workspace',
      '— Token and result',
    ]);
  });

  it('replace all options', async () => {
    const { sign } = await desk({ user });
    const { calls } = await sign(known, [pick('Downloads'), pick('Allowed'), pick('Customer demo'), go]);
    assert.deepEqual(calls, [
      `token ${TOUR} {"exp":${NOW + 14_400},"accessRules":${JSON.stringify(user['Customer demo'].accessRules)}}`,
    ]);
  });

  it('that are broken say why and change nothing', async () => {
    const { sign } = await desk({ user });
    const { prompter, calls } = await sign(known, [pick('Broken'), go]);
    assert.equal(
      prompter.asked[1],
      '! The preset "Broken" can’t be used. "expiry" must be a duration such as "2h" or "1h30m".',
    );
    assert.deepEqual(calls, [`token ${TOUR} no body`]);
  });

  it('with both lists in one rule drop neither', async () => {
    const both = { type: 'ip.src', action: 'block', ip: ['8.8.8.8'], country: ['DE'] };
    const { sign } = await desk({ user: { Mixed: { accessRules: [both] } } });
    const { prompter, calls } = await sign(known, [pick('Mixed'), go]);
    assert.match(prompter.asked[1] ?? '', /Access rule 1 has a list that does not go with its type: .*two rules\.$/);
    assert.deepEqual(calls, [`token ${TOUR} no body`]);
  });

  it('beyond the fourth stand in a list of their own', async () => {
    const many = Object.fromEntries(Array.from({ length: 6 }, (_, at) => [`P${at}`, { expiry: `${at + 1}h` }]));
    const { sign } = await desk({ user: many });
    const { hubs, calls } = await sign(known, [pick('All Presets'), pick('P5'), go]);
    assert.equal(line(hubs[0], 'All Presets'), 'All Presets… | 2 more');
    assert.deepEqual(calls, [`token ${TOUR} {"exp":${NOW + 21_600}}`]);
  });

  it('sign at once by the command', async () => {
    const { sign } = await desk({ user });
    const { prompter, calls } = await sign({ ...known, how: 'preset' }, [pick('Customer demo')]);
    assert.deepEqual(prompter.asked, ['Presets']);
    assert.equal(calls.length, 1);
    const withoutVideo = await sign({ how: 'preset' }, [pick('Customer demo'), { typeAndPick: OTHER }]);
    assert.deepEqual(withoutVideo.prompter.asked, ['Presets', 'Video']);
    assert.match(withoutVideo.calls[0] ?? '', new RegExp(`^token ${OTHER}`));
  });

  it('say how to make the first one', async () => {
    const { sign } = await desk();
    const { prompter, outcome } = await sign({ ...known, how: 'preset' }, [pick('There are no'), 'esc']);
    assert.match(prompter.asked[1] ?? '', /^! Set options while signing/);
    assert.ok(!outcome.ok);
  });

  it('are saved as durations and offered at once', async () => {
    const { sign, settings } = await desk({ user: { Kept: { expiry: '1h' } } });
    const acts = [
      pick('Expires'),
      { typeAndPick: `${NOW + 5400}` },
      pick('Downloads'),
      pick('Allowed'),
      pick('Save as Preset'),
      { type: ' Demo\n' },
      'esc',
    ] as const;
    const { prompter, hubs } = await sign(known, acts);
    assert.deepEqual(settings.stored.user, { Kept: { expiry: '1h' }, Demo: { expiry: '1h30m', downloadable: true } });
    assert.deepEqual(prompter.mentioned, ['Saved: the preset Demo']);
    assert.ok(line(hubs.at(-1), 'Demo | expires in 1 h 30 min · downloads'));
  });

  it('can’t be saved without options, without a name, under a bad name', async () => {
    const { sign, settings } = await desk({ user: { Kept: { expiry: '1h' } } });
    await assert.rejects(sign(known, [pick('Save as Preset')]));
    const acts = [pick('Downloads'), pick('Allowed'), pick('Save as Preset')];
    const { prompter } = await sign(known, [
      ...acts,
      { type: ' \u200b' },
      { type: 'x'.repeat(65) },
      { type: '__proto__' },
      { type: 'Kept' },
      'esc',
    ]);
    assert.deepEqual(
      prompter.asked.filter((entry) => entry.startsWith('!')),
      [
        '! Type a name for the preset, for example "Customer demo".',
        '! A name has at most 64 characters.',
        '! This name can’t be used. Type another one.',
      ],
    );
    assert.deepEqual(prompter.said, ['warning: Replaces the preset "Kept".']);
    assert.deepEqual(settings.stored.user, { Kept: { downloadable: true } });
  });

  it('are not lost when the settings are broken or can’t be written', async () => {
    const acts = [pick('Downloads'), pick('Allowed'), pick('Save as Preset'), { type: 'Demo' }, 'esc'] as const;
    const broken = await desk({ user: ['x'] });
    assert.match((await broken.sign(known, acts)).prompter.asked.at(-1) ?? '', /is not an object/);
    assert.deepEqual(broken.settings.stored.user, ['x']);
    const dirty = await desk();
    dirty.settings.writePresets = () => Promise.reject(new Error('dirty'));
    assert.match((await dirty.sign(known, acts)).prompter.asked.at(-1) ?? '', /could not be written/);
  });

  const odd: readonly unknown[] = [undefined, null, 'x', 3, [], [{ expiry: '1h' }]];
  for (const value of odd) {
    it(`are none in ${JSON.stringify(value)}`, async () => {
      const { sign } = await desk({ user: value, workspace: value });
      assert.equal(line((await sign(known, ['esc'])).hubs[0], '— Presets'), undefined);
    });
  }
});

describe('defaults in settings', () => {
  it('are set from the start', async () => {
    const { sign } = await desk({ defaults: { expiry: '2h', downloadable: true } });
    assert.deepEqual((await sign(known, [go])).calls, [`token ${TOUR} {"exp":${NOW + 7200},"downloadable":true}`]);
  });

  it('that can’t be read set nothing, and that is said', async () => {
    const { sign } = await desk({ defaults: { expiry: 'soon' } });
    const { hubs, calls } = await sign(known, [pick('The settings'), go]);
    assert.equal(
      line(hubs[0], 'The settings'),
      'The settings streamSigner.defaults can’t be used | "expiry" must be a duration such as "2h" or "1h30m".',
    );
    assert.deepEqual(calls, [`token ${TOUR} no body`]);
  });
});
