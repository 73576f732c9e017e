import type { EmulatedVideo } from './video';

const RENDITIONS = [
  { height: 360, width: 640, bandwidth: 800_000, codec: 'avc1.42c01e' },
  { height: 720, width: 1280, bandwidth: 2_400_000, codec: 'avc1.4d401f' },
  { height: 1080, width: 1920, bandwidth: 4_800_000, codec: 'avc1.640028' },
];

/** A multivariant HLS playlist. The streams it names are not served. */
export function hlsManifest({ uid }: EmulatedVideo): string {
  const variants = RENDITIONS.flatMap(({ height, width, bandwidth, codec }) => [
    `#EXT-X-STREAM-INF:RESOLUTION=${width}x${height},CODECS="${codec},mp4a.40.2",BANDWIDTH=${bandwidth},FRAME-RATE=30.000,AUDIO="group_audio"`,
    `stream_${height}.m3u8?video=${uid}`,
  ]);
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:6',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="group_audio",NAME="original",DEFAULT=YES,AUTOSELECT=YES,URI="stream_audio.m3u8?video=${uid}"`,
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
export function playerPage({ uid, meta, readyToStream }: EmulatedVideo): string {
  const title = escapeHtml(typeof meta.name === 'string' && meta.name !== '' ? meta.name : uid);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${title}</title>
<h1>${title}</h1>
<p>Video <code>${uid}</code> ${readyToStream ? 'would play here.' : 'is still being processed.'}</p>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
