import assert from 'node:assert/strict';
import { deliverResult } from '../../../../src/flows/signing/deliverResult';
import type { Signing } from '../../../../src/flows/signing/signing';
import { jwt, VIDEO_ID } from '../../stream/token/jwt';
import { recordingOutput } from '../../support/memory';
import { scriptedPrompter } from '../../support/scriptedPrompter';

const TOKEN = jwt({ sub: VIDEO_ID, exp: 1_800_003_600 });
const HOST = 'https://customer-f33zs165nr7gyfy4.cloudflarestream.com';
const signing: Signing = {
  account: {
    key: 'a1',
    label: 'Studio',
    accountId: 'a'.repeat(32),
    customerCode: 'f33zs165nr7gyfy4',
    credential: 'stored',
  },
  video: { id: VIDEO_ID, name: 'Été: "tour" \u202eone.mp4' },
  options: {},
  signWith: { kind: 'api' },
  form: 'hls',
  destination: 'copy',
};
const { customerCode: _, ...codeless } = signing.account;

async function deliver(change: Partial<Signing>) {
  const output = recordingOutput('sure');
  const prompter = scriptedPrompter([]);
  await deliverResult({ ...signing, ...change }, TOKEN, {
    output,
    prompter,
    times: { locale: 'en-US', timeZone: 'UTC' },
  });
  return { done: output.done, mentioned: prompter.mentioned };
}

describe('a result', () => {
  const rows: readonly [string, Partial<Signing>, string][] = [
    [
      'saves a download under the video’s name',
      { form: 'mp4' },
      `${HOST}/${TOKEN}/downloads/default.mp4?filename=Ete_tour_one`,
    ],
    [
      'saves it under the server’s name when there is none',
      { form: 'm4a', video: { id: VIDEO_ID, name: '' } },
      `${HOST}/${TOKEN}/downloads/audio.m4a`,
    ],
    [
      'puts the token into a poster of the same video',
      { form: 'iframe', urls: { player: { poster: `${HOST}/${VIDEO_ID}/thumbnails/thumbnail.jpg` } } },
      `${HOST}/${TOKEN}/iframe?poster=${encodeURIComponent(`${HOST}/${TOKEN}/thumbnails/thumbnail.jpg`)}`,
    ],
    [
      'is HLS where the account has no host for the form',
      { form: 'whep', account: codeless },
      `https://videodelivery.net/${TOKEN}/manifest/video.m3u8`,
    ],
  ];
  for (const [name, change, text] of rows)
    it(name, async () => assert.deepEqual((await deliver(change)).done, [`copy ${text}`]));

  it('names the video in HTML, cleaned and escaped', async () => {
    const [html = ''] = (await deliver({ form: 'iframeCode' })).done;
    assert.match(html, /title="Été: &quot;tour&quot; one.mp4" style=/);
  });

  it('is said in the words of its form', async () => {
    const { mentioned } = await deliver({ form: 'whep', account: codeless });
    assert.deepEqual(mentioned, ['Copied: HLS URL, valid until Jan 15, 2027, 09:00:00 (09:00:00 UTC)']);
  });

  it('on a page has every form, or says what is missing', async () => {
    const headings = (page: string | undefined) => (page ?? '').split('\n').filter((_, at) => at % 3 === 1 && at > 3);
    const [page] = (await deliver({ destination: 'show' })).done;
    const forms = [
      'HLS URL',
      'Low-latency HLS URL',
      'HLS URL with DVR',
      'DASH URL',
      'WebRTC (WHEP) URL',
      'Player (iframe) URL',
      'Watch page',
      'Thumbnail (JPEG) URL',
      'Animated thumbnail (GIF) URL',
      'MP4 download URL',
      'M4A (sound only) download URL',
      'HTML with an iframe',
      'React <Stream>',
      'HTML <stream> element',
      'Token',
      'Live status URL',
    ];
    assert.deepEqual(headings(page), forms);
    const [shared = ''] = (await deliver({ destination: 'show', account: codeless })).done;
    assert.deepEqual(headings(shared), forms);
    assert.equal(shared.split('(needs the customer code)').length - 1, 3);
  });
});
