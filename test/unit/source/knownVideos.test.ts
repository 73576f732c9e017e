import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type KnownVideo, readKnownVideos, writeKnownVideos } from '../../../src/source/knownVideos';
import { RUNS } from '../support/properties';

const TOUR: KnownVideo = { id: '1b6f0d2a4c8e47d39a5b7c6e8f901234', name: 'Tour', duration: 184.5, signed: true };
const HEAD = '{"version":2}\n';
const wrapped = (...videos: readonly unknown[]) => `${HEAD}${JSON.stringify(videos)}\n`;
const written = (videos: readonly KnownVideo[]) => [...writeKnownVideos(videos)].join('');
const read = (text: string) => [...readKnownVideos(text)].flat();
const many = Array.from({ length: 2500 }, (_, at) => ({ ...TOUR, id: at.toString(16).padStart(32, '0') }));

describe('known videos', () => {
  const rows: readonly [string, string, readonly KnownVideo[]][] = [
    ['what was written', written([TOUR]), [TOUR]],
    ['many', written(many), many],
    ['none', written([]), []],
    [
      'without a duration',
      wrapped({ id: TOUR.id, name: '', signed: false }),
      [{ id: TOUR.id, name: '', signed: false }],
    ],
    ['an unknown field', wrapped({ ...TOUR, colour: 'red' }), [TOUR]],
    ['a damaged entry', wrapped(null, 7, { ...TOUR, id: '../..' }, { ...TOUR, name: 1 }, TOUR), [TOUR]],
    ['a negative duration', wrapped({ ...TOUR, duration: -1 }), [{ id: TOUR.id, name: 'Tour', signed: true }]],
    ['another version', `{"version":1}\n${JSON.stringify([TOUR])}`, []],
    ['half a file: what is whole', `${wrapped(TOUR)}${wrapped(TOUR).slice(HEAD.length, -20)}`, [TOUR]],
    ['null', 'null', []],
    ['nothing', '', []],
  ];
  for (const [title, text, expected] of rows) it(title, () => assert.deepEqual(read(text), expected));

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        read(text);
        read(HEAD + text);
      }),
      { numRuns: RUNS },
    );
  });
});
