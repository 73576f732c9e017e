import assert from 'node:assert/strict';
import { judgeName, listsVideos, type NameVerdict, namesVideos } from '../../../src/source/videoName';

describe('judgeName', () => {
  const rows: Readonly<Record<NameVerdict, string>> = {
    video:
      'videoId videoID VIDEO_ID video-id video.id videoIds VIDEO_IDS videoid VIDEOID videoUid video_uid streamUid STREAM_UID ' +
      'streamId cloudflareVideoId CF_STREAM_VIDEO_ID cfStreamId videoAssetId userVideoId videoId2 VIDEO_ID_PROD heroVideo ' +
      'videoSrc video data-video-id :data-stream-uid liveInputId live_input_uid cloudflareStream $videoId @video.uid trailerId',
    other:
      'accountId account_id STREAM_ACCOUNT_ID videoHash videoMd5 video_checksum videoIdHash streamKeyId STREAM_SIGNING_KEY ' +
      'kid zoneId apiToken streamToken md5 sha256 etag videoEtag streamSessionId videoUserId thumbnailHash requestId ' +
      'videoPlaylistId watermarkUid',
    bare: 'id uid ids src default value UID',
    unknown: 'tour player stream logStreamId eventStreamId data-stream templateId main onboarding hex',
  };
  for (const [verdict, names] of Object.entries(rows)) {
    it(verdict, () => {
      for (const name of names.split(' ')) assert.equal(judgeName(name), verdict, name);
    });
  }
});

describe('namesVideos', () => {
  const yes = ['video', 'videos', 'Stream', 'stream', 'VideoPlayer', 'cloudflare-stream', 'liveInput'];
  const no = ['user', 'logStream', 'dataStream', 'streamKey', 'videoHashes', 'inputs'];
  for (const name of yes) it(`${name}: yes`, () => assert.equal(namesVideos(name), true));
  for (const name of no) it(`${name}: no`, () => assert.equal(namesVideos(name), false));
});

describe('listsVideos', () => {
  const yes = ['videos', 'VIDEO_IDS', 'videoIdsByCourse', 'streamUids', 'recordings'];
  const no = ['video', 'videoId', 'videoOptions', 'hashes', 'ids'];
  for (const name of yes) it(`${name}: yes`, () => assert.equal(listsVideos(name), true));
  for (const name of no) it(`${name}: no`, () => assert.equal(listsVideos(name), false));
});
