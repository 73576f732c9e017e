import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createZone } from '../../../../src/stream/token/zone';
import { RUNS } from '../../support/properties';
import { ZONES } from '../../support/zones';

const utc = (text: string) => Date.parse(`${text}Z`) / 1000;

/** What Intl writes, read as if it were UTC. */
function shownBy(timeZone: string, seconds: number): number {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return utc(format.format(seconds * 1000).replace(' ', 'T'));
}

describe('createZone', () => {
  const rows: readonly [string, string, string, string, string][] = [
    ['Europe/Berlin', '2026-07-01T18:00:00', '2026-07-01T16:00:00', 'once', 'summer'],
    ['Europe/Berlin', '2026-11-25T18:00:00', '2026-11-25T17:00:00', 'once', 'winter'],
    ['Europe/Berlin', '2026-03-29T01:59:59', '2026-03-29T00:59:59', 'once', 'the last second before the gap'],
    ['Europe/Berlin', '2026-03-29T02:00:00', '2026-03-29T01:00:00', 'skipped', 'the first second of the gap'],
    ['Europe/Berlin', '2026-03-29T02:30:00', '2026-03-29T01:30:00', 'skipped', 'in the gap: an hour later'],
    ['Europe/Berlin', '2026-03-29T03:00:00', '2026-03-29T01:00:00', 'once', 'the first second behind the gap'],
    [
      'Europe/Berlin',
      '2026-10-25T01:59:59',
      '2026-10-24T23:59:59',
      'once',
      'the last second before the hour that comes twice',
    ],
    ['Europe/Berlin', '2026-10-25T02:30:00', '2026-10-25T00:30:00', 'twice', 'the first of both'],
    ['Europe/Berlin', '2026-10-25T03:00:00', '2026-10-25T02:00:00', 'once', 'behind it'],
    ['Australia/Lord_Howe', '2026-10-04T02:15:00', '2026-10-03T15:45:00', 'skipped', 'a gap of half an hour'],
    ['Antarctica/Troll', '2026-03-29T02:30:00', '2026-03-29T02:30:00', 'skipped', 'a gap of two hours'],
    ['Africa/Cairo', '2026-04-24T00:00:00', '2026-04-23T22:00:00', 'skipped', 'a gap at midnight'],
    ['Pacific/Apia', '2011-12-30T12:00:00', '2011-12-30T22:00:00', 'skipped', 'a day that did not exist'],
    ['Pacific/Kiritimati', '2026-01-01T00:00:00', '2025-12-31T10:00:00', 'once', '14 h ahead'],
    ['Asia/Kathmandu', '2026-01-01T00:00:00', '2025-12-31T18:15:00', 'once', 'an odd offset'],
    ['Africa/Monrovia', '1971-06-01T00:00:00', '1971-06-01T00:44:30', 'once', 'an offset with seconds'],
    ['UTC', '2026-01-01T00:00:00', '2026-01-01T00:00:00', 'once', 'UTC'],
  ];
  for (const [zone, wall, instant, fit, name] of rows) {
    it(`${zone} ${wall} is ${instant}Z, ${fit} (${name})`, () =>
      assert.deepEqual(createZone(zone).fromWall(utc(wall)), { seconds: utc(instant), fit }));
  }

  const instant = fc.integer({ min: 0, max: utc('2100-01-01T00:00:00') });
  it('shows what Intl shows, and finds the way back', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), instant, (name, seconds) => {
        const zone = createZone(name);
        const wall = zone.toWall(seconds);
        assert.equal(wall, shownBy(name, seconds));
        const back = zone.fromWall(wall);
        assert.equal(zone.toWall(back.seconds), wall);
        assert.ok(back.fit === 'once' ? back.seconds === seconds : back.fit === 'twice' && back.seconds <= seconds);
      }),
      { numRuns: RUNS },
    );
  });

  it('calls a time skipped only if no clock shows it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), instant, (name, wall) => {
        const zone = createZone(name);
        const { seconds, fit } = zone.fromWall(wall);
        if (fit !== 'skipped') return assert.equal(zone.toWall(seconds), wall);
        for (let offset = -14 * 3600; offset <= 14 * 3600; offset += 900) {
          assert.notEqual(zone.toWall(wall - offset), wall);
        }
        return assert.ok(zone.toWall(seconds) > wall);
      }),
      { numRuns: RUNS },
    );
  });

  it('knows the zone of this machine', () =>
    assert.equal(createZone().toWall(0), shownBy(Intl.DateTimeFormat().resolvedOptions().timeZone, 0)));
});
