import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type KnownVideo, readKnownVideos, writeKnownVideos } from '../../../src/source/knownVideos';
import { RUNS } from '../support/properties';

const TOUR: KnownVideo = { id: '1b6f0d2a4c8e47d39a5b7c6e8f901234', name: 'Tour', duration: 184.5, signed: true };
const wrapped = (...videos: readonly unknown[]) => JSON.stringify({ version: 1, videos });

describe('known videos', () => {
  const rows: readonly [string, string, readonly KnownVideo[]][] = [
    ['what was written', writeKnownVideos([TOUR]), [TOUR]],
    [
      'without a duration',
      wrapped({ id: TOUR.id, name: '', signed: false }),
      [{ id: TOUR.id, name: '', signed: false }],
    ],
    ['an unknown field', wrapped({ ...TOUR, colour: 'red' }), [TOUR]],
    ['a damaged entry', wrapped(null, 7, { ...TOUR, id: '../..' }, { ...TOUR, name: 1 }, TOUR), [TOUR]],
    ['a negative duration', wrapped({ ...TOUR, duration: -1 }), [{ id: TOUR.id, name: 'Tour', signed: true }]],
    ['a newer version', JSON.stringify({ version: 2, videos: [TOUR] }), []],
    ['half a file', writeKnownVideos([TOUR]).slice(0, 40), []],
    ['null', 'null', []],
    ['nothing', '', []],
  ];
  for (const [title, text, expected] of rows) it(title, () => assert.deepEqual(readKnownVideos(text), expected));

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        readKnownVideos(text);
      }),
      { numRuns: RUNS },
    );
  });
});
