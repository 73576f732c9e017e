import assert from 'node:assert/strict';
import type { Signing } from '../../../../src/flows/signing/signing';
import { askPlace, askResult } from '../../../../src/flows/signing/signSteps';
import type { DeliveryHost } from '../../../../src/stream/delivery/deliveryUrl';
import { type Act, scriptedPrompter } from '../../support/scriptedPrompter';

const signing: Signing = {
  account: { key: 'a1', label: 'Studio', accountId: 'a'.repeat(32), credential: 'stored' },
  video: undefined,
  options: {},
  signWith: { kind: 'api' },
  form: 'hls',
  destination: 'copy',
};
const own: DeliveryHost = { customerCode: 'f33zs165nr7gyfy4' };

async function play(acts: readonly Act[], start: Partial<Signing> = {}, host: DeliveryHost = own) {
  const prompter = scriptedPrompter(acts);
  const reply = await askResult({ ...signing, ...start }, prompter, {}, host);
  prompter.finish();
  return { reply, answered: reply.kind === 'answer' ? reply.value : reply.kind, prompter };
}

describe('the question where the result goes', () => {
  const rows: readonly [string, Parameters<typeof askPlace>[2], readonly string[]][] = [
    ['no editor', { canInsert: false }, ['Copy to the clipboard | chosen', 'Show in an editor']],
    ['an editor', { canInsert: true }, ['Insert at the cursor', 'Copy to the clipboard | chosen', 'Show in an editor']],
    [
      'an id in code',
      { canInsert: true, idPlace: { kind: 'constant', language: 'go' } },
      ['Put in place of the id', 'Insert at the cursor', 'Copy to the clipboard | chosen', 'Show in an editor'],
    ],
    [
      'a token in code',
      { canInsert: true, idPlace: { kind: 'token', language: 'go' } },
      ['Put in place of the token', 'Insert at the cursor', 'Copy to the clipboard | chosen', 'Show in an editor'],
    ],
  ];
  for (const [title, output, lines] of rows) {
    it(title, async () => {
      const prompter = scriptedPrompter(['esc']);
      await askPlace(signing, prompter, output);
      assert.deepEqual(prompter.lists, [lines]);
    });
  }
});

describe('the question for the result', () => {
  it('offers every form under a heading', async () => {
    const { prompter } = await play(['esc']);
    assert.deepEqual(prompter.lists[0], [
      '— Playback',
      'HLS URL | chosen',
      'Low-latency HLS URL | for live inputs, beta',
      'HLS URL with DVR | for live inputs, beta',
      'DASH URL',
      'WebRTC (WHEP) URL | for live inputs; tokens made by Cloudflare’s API do not open it',
      '— Player',
      'Player (iframe) URL',
      'Watch page',
      'Player Options…',
      '— Images',
      'Thumbnail (JPEG) URL',
      'Animated thumbnail (GIF) URL',
      'Thumbnail Options…',
      '— Downloads',
      'MP4 download URL | opens only with "Downloads" allowed',
      'M4A (sound only) download URL | opens only with "Downloads" allowed',
      '— Code',
      'HTML with an iframe',
      'React <Stream>',
      'HTML <stream> element | legacy',
      'Token',
    ]);
  });

  it('says what downloads still need once they are allowed', async () => {
    const { prompter } = await play(['esc'], { options: { downloadable: true } });
    assert.ok(prompter.lists[0]?.includes('MP4 download URL | once a download was made for the video'));
  });

  it('does not take a form that the account has no host for', async () => {
    const { prompter, answered } = await play([{ pick: 'M4A' }, { pick: 'MP4' }], {}, {});
    assert.match(prompter.asked[1] ?? '', /^! This exists only on your own host.*Set Customer Code/);
    assert.ok(prompter.lists[0]?.includes('WebRTC (WHEP) URL | needs the customer code'));
    assert.deepEqual(answered, { form: 'mp4', destination: 'copy', urls: {} });
  });

  const rows: readonly [string, readonly Act[], Signing['urls']][] = [
    ['switches on and off', [{ pick: 'Muted' }, { pick: 'Loop' }, { pick: 'Loop' }], { player: { muted: 'true' } }],
    ['controls', [{ pick: 'Controls' }], { player: { controls: 'false' } }],
    ['controls again', [{ pick: 'Controls' }, { pick: 'Controls' }], { player: {} }],
    ['a choice', [{ pick: 'Preload' }, { pick: 'auto' }], { player: { preload: 'auto' } }],
    ['no choice', [{ pick: 'Preload' }, { pick: 'Leave it' }], { player: {} }],
    ['a time', [{ pick: 'Start at' }, { type: '90' }], { player: { startTime: '1m30s' } }],
    [
      'a wrong time, then a right one',
      [{ pick: 'Start at' }, { type: 'x' }, { type: '5s' }],
      { player: { startTime: '5s' } },
    ],
    ['an empty field', [{ pick: 'Start at' }, { type: '5s' }, { pick: 'Start at' }, { type: ' ' }], { player: {} }],
    ['back out of a field', [{ pick: 'Start at' }, 'back'], {}],
    ['a frame for a poster', [{ pick: 'Poster' }, { type: '5' }], { player: {}, posterAt: '5s' }],
    [
      'a picture for a poster',
      [{ pick: 'Poster' }, { type: '5' }, { pick: 'Poster' }, { type: 'https://x.example/a.jpg' }],
      { player: { poster: 'https://x.example/a.jpg' } },
    ],
    ['no poster', [{ pick: 'Poster' }, { type: '5' }, { pick: 'Poster' }, { type: ' ' }], { player: {} }],
    ['none of it', [{ pick: 'Muted' }, { pick: 'Leave all' }], {}],
  ];
  for (const [name, acts, urls] of rows) {
    it(`player options: ${name}`, async () => {
      const { answered } = await play([
        { pick: 'Player Options' },
        ...acts,
        { pick: 'Done' },
        { pick: 'Player (iframe)' },
      ]);
      assert.deepEqual(answered, { form: 'iframe', destination: 'copy', urls });
    });
  }

  it('shows options in one line, and keeps the others’', async () => {
    const before = { player: { muted: 'true' }, posterAt: '5s', image: { time: '1s' } };
    const { answered, prompter } = await play(
      [{ pick: 'Thumbnail Options' }, { pick: 'Frames' }, { type: '12' }, 'back', { pick: 'Animated' }],
      { urls: before },
    );
    assert.deepEqual(answered, {
      form: 'animation',
      destination: 'copy',
      urls: { ...before, image: { time: '1s', fps: '12' } },
    });
    const [first, second] = prompter.lists.filter((list) => list.includes('— Playback'));
    assert.ok(first?.includes('Player Options… | muted, poster=5s'));
    assert.ok(second?.includes('Thumbnail Options… | time=1s, fps=12'));
  });

  it('keeps options that were set when it is left with Back, and nothing when with Esc', async () => {
    const set: readonly Act[] = [{ pick: 'Player Options' }, { pick: 'Muted' }, 'back'];
    assert.deepEqual((await play([...set, 'back'])).answered, {
      form: 'hls',
      destination: 'copy',
      urls: { player: { muted: 'true' } },
    });
    assert.equal((await play([...set, 'esc'])).answered, 'cancel');
    assert.equal((await play([{ pick: 'Player Options' }, 'esc'])).answered, 'cancel');
    assert.equal((await play([{ pick: 'Player Options' }, { pick: 'Poster' }, 'esc'])).answered, 'cancel');
    assert.equal((await play(['back'])).answered, 'back');
  });

  it('says what is wrong with a value', async () => {
    const wrong: readonly [string, string, string, RegExp][] = [
      ['Player', 'Start at', '25h', /at most 24 h/],
      ['Player', 'Captions', 'english', /not a language code/],
      ['Player', 'Main colour', 'f6821f', /not a CSS colour/],
      ['Player', 'Poster', 'a.jpg', /not a time/],
      ['Player', 'Advertisement', 'ads', /begins with https/],
      ['Thumbnail', 'Height', '0', /from 1 to 8192/],
      ['Thumbnail', 'Height', 'tall', /whole number/],
      ['Thumbnail', 'Length', '0', /at most 1 h/],
    ];
    for (const [group, line, type, sentence] of wrong) {
      const { prompter } = await play([{ pick: `${group} Options` }, { pick: line }, { type }, 'esc']);
      assert.match(prompter.asked.at(-1) ?? '', sentence);
    }
  });
});
