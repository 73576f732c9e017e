import type { EmulatedLiveInput } from './liveInput';
import type { EmulatedVideo } from './video';

const RENDITIONS = [
  { height: 360, width: 640, bandwidth: 800_000, codec: 'avc1.42c01e' },
  { height: 720, width: 1280, bandwidth: 2_400_000, codec: 'avc1.4d401f' },
  { height: 1080, width: 1920, bandwidth: 4_800_000, codec: 'avc1.640028' },
];

/** A multivariant HLS playlist; `protocol=llhls` is handed on to its streams. The streams it names are not served. */
export function hlsManifest({ uid }: EmulatedVideo, query: URLSearchParams): string {
  const protocol = query.get('protocol') === 'llhls' ? '&protocol=llhls' : '';
  const variants = RENDITIONS.flatMap(({ height, width, bandwidth, codec }) => [
    `#EXT-X-STREAM-INF:RESOLUTION=${width}x${height},CODECS="${codec},mp4a.40.2",BANDWIDTH=${bandwidth},FRAME-RATE=30.000,AUDIO="group_audio"`,
    `stream_${height}.m3u8?video=${uid}${protocol}`,
  ]);
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:6',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="group_audio",NAME="original",DEFAULT=YES,AUTOSELECT=YES,URI="stream_audio.m3u8?video=${uid}${protocol}"`,
    ...variants,
    '',
  ].join('\n');
}

/** A DASH manifest. The segments it names are not served. */
export function dashManifest({ uid, duration, liveInput, status }: EmulatedVideo): string {
  const live = liveInput !== undefined && status.state === 'live-inprogress';
  const length = live ? '' : ` mediaPresentationDuration="PT${Math.max(0, duration)}S"`;
  const renditions = RENDITIONS.map(
    ({ height, width, bandwidth, codec }) =>
      `      <Representation id="${height}" codecs="${codec}" bandwidth="${bandwidth}" width="${width}" height="${height}" frameRate="30"/>`,
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-live:2011" type="${live ? 'dynamic' : 'static'}" minBufferTime="PT4S"${length}>`,
    `  <Period id="${uid}">`,
    '    <AdaptationSet mimeType="video/mp4" segmentAlignment="true">',
    '      <SegmentTemplate timescale="1000" duration="4000" initialization="init_$RepresentationID$.mp4" media="segment_$RepresentationID$_$Number$.mp4"/>',
    ...renditions,
    '    </AdaptationSet>',
    '  </Period>',
    '</MPD>',
    '',
  ].join('\n');
}

/** What stands at `/iframe` and `/watch`: no player, only which video would play. */
export function playerPage(shown: EmulatedVideo | EmulatedLiveInput): string {
  const { uid, meta } = shown;
  const title = escapeHtml(typeof meta.name === 'string' && meta.name !== '' ? meta.name : uid);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${title}</title>
<h1>${title}</h1>
<p><code>${uid}</code> ${noteOn(shown)}</p>
</html>
`;
}

function noteOn(shown: EmulatedVideo | EmulatedLiveInput): string {
  if (!('readyToStream' in shown)) return 'has not started streaming yet.';
  return shown.readyToStream ? 'would play here.' : 'is still being processed.';
}

/** The answer to a WHEP offer, as far as SDP has to have it. No media flows. */
export function whepAnswer(): string {
  return ['v=0', 'o=- 0 0 IN IP4 127.0.0.1', 's=-', 't=0 0', ''].join('\r\n');
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
