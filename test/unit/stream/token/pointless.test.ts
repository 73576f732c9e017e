import assert from 'node:assert/strict';
import type { TokenOptions } from '../../../../src/stream/token/options';
import { pointlessReasons } from '../../../../src/stream/token/pointless';
import type { DownloadState, VideoFacts } from '../../../../src/stream/token/verdict';

const NOW = 1_800_000_000;
const mp4 = (state: DownloadState): VideoFacts => ({ downloads: { mp4: state, m4a: 'notMade' } });
const lives = (seconds: number): TokenOptions => ({ expiry: { kind: 'fromNow', seconds } });

describe('pointlessReasons', () => {
  const rows: readonly [string, TokenOptions, VideoFacts, number | undefined, string][] = [
    ['nothing known', { downloadable: true }, {}, undefined, ''],
    ['private', {}, { needsToken: true }, undefined, ''],
    ['public', {}, { needsToken: false }, undefined, 'public'],
    ['no MP4', { downloadable: true }, mp4('notMade'), undefined, 'noDownload notMade'],
    ['an MP4 in the making', { downloadable: true }, mp4('making'), undefined, 'noDownload making'],
    ['an MP4 that failed', { downloadable: true }, mp4('failed'), undefined, 'noDownload failed'],
    ['an MP4', { downloadable: true }, mp4('ready'), undefined, ''],
    ['no MP4, and none asked for', {}, mp4('notMade'), undefined, ''],
    [
      'origins',
      {},
      { allowedOrigins: ['example.com', '*.example.com'] },
      undefined,
      'origins example.com,*.example.com',
    ],
    ['all origins', {}, { allowedOrigins: [] }, undefined, ''],
    ['a short token', lives(900), {}, 900.5, 'shorterThanVideo 900 900.5'],
    ['just long enough', lives(901), {}, 900.5, ''],
    ['as long as the default', {}, {}, 3600, ''],
    ['longer than the default', {}, {}, 3601, 'shorterThanVideo 3600 3601'],
    ['a fixed expiry', { expiry: { kind: 'at', seconds: NOW + 60 } }, {}, 61, 'shorterThanVideo 60 61'],
    ['an expiry that has passed, which is said elsewhere', { expiry: { kind: 'at', seconds: NOW - 60 } }, {}, 61, ''],
    [
      'everything at once',
      { ...lives(1), downloadable: true },
      { needsToken: false, allowedOrigins: ['a.b'], ...mp4('notMade') },
      2,
      'public noDownload notMade origins a.b shorterThanVideo 1 2',
    ],
  ];
  for (const [name, options, facts, duration, expected] of rows) {
    it(`${name}: ${expected || 'no reason'}`, () =>
      assert.equal(
        pointlessReasons(options, facts, duration, NOW + 0.7)
          .map((reason) => Object.values(reason).join(' '))
          .join(' '),
        expected,
      ));
  }
});
