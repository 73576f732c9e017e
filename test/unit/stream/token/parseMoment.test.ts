import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Moment } from '../../../../src/stream/token/options';
import {
  formatMoment,
  type MomentContext,
  type MomentNote,
  parseMoment,
} from '../../../../src/stream/token/parseMoment';
import { createZone } from '../../../../src/stream/token/zone';
import { RUNS } from '../../support/properties';
import { sharedJson } from '../../support/shared';
import { ZONES } from '../../support/zones';

/** Wednesday, 14:07 in Berlin. */
const NOW = utc('2026-11-25T13:07:00');

function utc(text: string): number {
  return Date.parse(`${text}Z`) / 1000;
}

/** `+90` (seconds from now), `2026-11-25T17:00:00` (UTC), with the notes behind it; or what is wrong. */
function read(text: string, context: Partial<MomentContext> = {}): string {
  const result = parseMoment(text, { role: 'expiry', now: NOW, timeZone: 'Europe/Berlin', ...context });
  const named = (notes: readonly MomentNote[]) => notes.map((note) => (note.code === 'unit' ? note.unit : note.code));
  if (!result.ok) {
    const { problem } = result;
    const more = problem.code === 'past' ? named(problem.notes) : 'number' in problem ? [problem.number] : [];
    return [problem.code, ...more].join(' ');
  }
  const { moment, notes } = result;
  const what =
    moment.kind === 'fromNow'
      ? `${moment.seconds < 0 ? '' : '+'}${moment.seconds}`
      : new Date(moment.seconds * 1000).toISOString().slice(0, 19);
  return [what, ...named(notes)].join(' ');
}

describe('parseMoment: an expiry', () => {
  const rows: readonly [string, string][] = [
    ['90m', '+5400'],
    ['PT2H', '+7200'],
    ['1h30m', '+5400'],
    ['01:30:00', '+5400'],
    ['in 2h', '+7200'],
    ['for 45 minutes', '+2700'],
    ['26h', '+93600'],
    ['1d', '+86400'],

    ['until 18:00', '2026-11-25T17:00:00'],
    ['Until  18:00 ', '2026-11-25T17:00:00'],
    ['18:00', '2026-11-25T17:00:00'],
    ['by 18:00:30', '2026-11-25T17:00:30'],
    ['until 01:30:00', '2026-11-26T00:30:00 tomorrow'],
    ['6pm', '2026-11-25T17:00:00'],
    ['6:30 p.m.', '2026-11-25T17:30:00'],
    ['12pm', '2026-11-26T11:00:00 tomorrow'],
    ['12am', '2026-11-25T23:00:00 tomorrow'],
    ['noon', '2026-11-26T11:00:00 tomorrow'],
    ['24:00', '2026-11-25T23:00:00'],
    ['14:07', '2026-11-26T13:07:00 tomorrow'],
    ['14:08', '2026-11-25T13:08:00'],
    ['18:00 UTC', '2026-11-25T18:00:00'],
    ['18:00z', '2026-11-25T18:00:00'],
    ['18:00+05:30', '2026-11-26T12:30:00 tomorrow'],
    ['18:00-08', '2026-11-26T02:00:00'],

    ['today 18:00', '2026-11-25T17:00:00'],
    ['tomorrow 9am', '2026-11-26T08:00:00'],
    ['tomorrow at 9am', '2026-11-26T08:00:00'],
    ['9am tomorrow', '2026-11-26T08:00:00'],
    ['until tomorrow, 09:15', '2026-11-26T08:15:00'],
    ['tomorrow 9am utc', '2026-11-26T09:00:00'],
    ['end of today', '2026-11-25T22:59:59'],
    ['end of day', '2026-11-25T22:59:59'],
    ['the end of the day', '2026-11-25T22:59:59'],
    ['EOD', '2026-11-25T22:59:59'],
    ['until end of tomorrow', '2026-11-26T22:59:59'],
    ['end of 2026-12-24', '2026-12-24T22:59:59'],

    ['2026-11-25T18:00', '2026-11-25T17:00:00 localZone'],
    ['2026-11-25 18:00:01', '2026-11-25T17:00:01 localZone'],
    ['2026-11-25T18:00:00.999', '2026-11-25T17:00:00 localZone'],
    ['2026-11-25T18:00:00Z', '2026-11-25T18:00:00'],
    ['2026-11-25 18:00 utc', '2026-11-25T18:00:00'],
    ['2026-11-25T18:00+02:00', '2026-11-25T16:00:00'],
    ['2026-11-25T18:00:00.5+0200', '2026-11-25T16:00:00'],
    ['2026-11-25 6pm', '2026-11-25T17:00:00 localZone'],
    ['6pm on 2026-11-25', '2026-11-25T17:00:00 localZone'],
    ['2027-03-28T02:30', '2027-03-28T01:30:00 localZone skipped'],
    ['2027-10-31T02:30', '2027-10-31T00:30:00 localZone twice'],
    ['2027-10-31T02:30+01:00', '2027-10-31T01:30:00'],
    ['2038-01-19T03:14:08Z', '2038-01-19T03:14:08'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59'],

    ['1800000000', '2027-01-15T08:00:00'],
    ['until 1800000000', 'unreadable'],
    ['2147483648', '2038-01-19T03:14:08'],
    ['1800000000999', '2027-01-15T08:00:00 milliseconds'],
    ['1800000000999999', '2027-01-15T08:00:00 microseconds'],
    ['1800000000999999999', '2027-01-15T08:00:00 nanoseconds'],

    ['', 'empty'],
    [' \u00a0\t', 'empty'],
    ['now', 'zero'],
    ['0', 'zero'],
    ['0m', 'zero'],
    ['-1h', 'negative'],
    ['−1h', 'negative'],
    ['1h ago', 'negative'],
    ['-1', 'noUnit 1'],
    ['90', 'noUnit 90'],
    ['08', 'noUnit 08'],
    [' 1 ', 'noUnit 1'],
    ['today 9am', 'past'],
    ['yesterday 18:00', 'past'],
    ['end of yesterday', 'past'],
    ['2026-11-25T14:07', 'past localZone'],
    ['1537460365', 'past'],
    ['1718000000000', 'past milliseconds'],
    ['1718000000000000', 'past microseconds'],
    ['1718000000000000000', 'past nanoseconds'],
    ['1970-01-01T00:00Z', 'past'],

    ['tomorrow', 'noTime'],
    ['until tomorrow', 'noTime'],
    ['2026-12-24', 'noTime'],
    ['2026-02-30T12:00', 'noSuchTime'],
    ['2026-13-01 12:00', 'noSuchTime'],
    ['1969-12-31 12:00', 'noSuchTime'],
    ['end of 2026-02-30', 'noSuchTime'],
    ['25:00', 'noSuchTime'],
    ['18:60', 'noSuchTime'],
    ['24:01', 'noSuchTime'],
    ['13pm', 'noSuchTime'],
    ['0am', 'noSuchTime'],
    ['2026-12-31T23:59:60Z', 'noSuchTime'],
    ['18:00+15:00', 'noSuchTime'],

    ['until', 'unreadable'],
    ['at noon o’clock', 'unreadable'],
    ['18', 'noUnit 18'],
    ['until 18', 'unreadable'],
    ['end of', 'unreadable'],
    ['end of the world', 'unreadable'],
    ['soon', 'unreadable'],
    ['today tomorrow', 'unreadable'],
    ['today 9am tomorrow', 'unreadable'],
    ['10000-01-01T00:00Z', 'unreadable'],
    ['1/2/2027 18:00', 'unreadable'],
    ['1800000000.5', 'unreadable'],
    ['1800000000000000000000', 'unreadable'],
    ['0x10', 'unreadable'],
    ['1e9', 'unreadable'],
    ['1e999', 'unreadable'],
    ['1_000', 'unreadable'],
    ['NaN', 'unreadable'],
    ['Infinity', 'unreadable'],
    ['١٢٣', 'unreadable'],
    ['１８:００', 'unreadable'],
    ['1.5.h', 'unreadable'],
    ['1y', 'unreadable'],
    ['m', 'unreadable'],
    ['1H 1H', 'unreadable'],
    ['1e3s', 'unreadable'],
    ['99999h', '+359996400'],
    ['999999d', 'unreadable'],
    ['constructor', 'unreadable'],
    ['end of __proto__', 'unreadable'],
  ];
  for (const [text, expected] of rows)
    it(`${JSON.stringify(text)} → ${expected}`, () => assert.equal(read(text), expected));

  const nights: readonly [string, string, string, string, string][] = [
    ['2026-03-28T22:00:00', 'Europe/Berlin', 'end of tomorrow', '2026-03-29T21:59:59', 'a day of 23 hours'],
    [
      '2026-03-28T12:00:00',
      'Europe/Berlin',
      'tomorrow 2:30am',
      '2026-03-29T01:30:00 skipped',
      'a time that is skipped',
    ],
    ['2026-10-24T12:00:00', 'Europe/Berlin', 'end of tomorrow', '2026-10-25T22:59:59', 'a day of 25 hours'],
    ['2026-10-25T00:45:00', 'Europe/Berlin', '2:50', '2026-10-25T00:50:00 twice', 'the first of two'],
    ['2026-10-24T16:30:00', 'Europe/Berlin', '18:00', '2026-10-25T17:00:00 tomorrow', 'tomorrow is 25 hours away'],
    ['2026-04-23T12:00:00', 'Africa/Cairo', 'end of today', '2026-04-23T21:59:59', 'midnight is skipped'],
    ['2026-11-25T13:07:00', 'Pacific/Kiritimati', '18:00', '2026-11-26T04:00:00', 'it is tomorrow there'],
    ['2026-11-25T03:07:00', 'America/New_York', 'end of today', '2026-11-25T04:59:59', 'it is yesterday there'],
    ['2026-11-25T23:30:00', 'Europe/Berlin', '18:00 UTC', '2026-11-26T18:00:00 tomorrow', 'today is that of the zone'],
  ];
  for (const [now, timeZone, text, expected, name] of nights) {
    it(`${text} in ${timeZone} at ${now}Z → ${expected} (${name})`, () =>
      assert.equal(read(text, { now: utc(now), timeZone }), expected));
  }

  it('counts from the second that has begun', () => {
    assert.equal(read('14:08', { now: NOW + 59.999 }), '2026-11-25T13:08:00');
    assert.equal(read('14:08', { now: NOW + 60 }), '2026-11-26T13:08:00 tomorrow');
  });
});

describe('parseMoment: a not-before', () => {
  const rows: readonly [string, string][] = [
    ['now', '+0'],
    ['0m', '+0'],
    ['-1h', '-3600'],
    ['- 90 min', '-5400'],
    ['−1h', '-3600'],
    ['1h ago', '-3600'],
    ['15m', '+900'],
    ['in 15m', '+900'],
    ['9am', '2026-11-25T08:00:00'],
    ['since 9am', '2026-11-25T08:00:00'],
    ['from 18:00', '2026-11-25T17:00:00'],
    ['yesterday 18:00', '2026-11-24T17:00:00'],
    ['2018-09-20T16:19:25Z', '2018-09-20T16:19:25'],
    ['1537460365', '2018-09-20T16:19:25'],
    ['1537460365000', '2018-09-20T16:19:25 milliseconds'],
    ['--1h', 'unreadable'],
    ['-90', 'noUnit 90'],
    ['yesterday', 'noTime'],
    ['', 'empty'],
  ];
  for (const [text, expected] of rows)
    it(`${JSON.stringify(text)} → ${expected}`, () => assert.equal(read(text, { role: 'notBefore' }), expected));
});

const zone = fc.constantFrom(...ZONES);
const instant = fc.integer({ min: 3 * 86_400, max: utc('2100-01-01T00:00:00') });
const role = fc.constantFrom('expiry' as const, 'notBefore' as const);

describe('moments', function () {
  // A thousand runs each take half a second, and more on a machine that has other things to do.
  this.timeout(Math.max(this.timeout(), 20_000));

  it('are read as they are written', () => {
    const moment = fc.oneof(
      fc.integer({ min: -1e8, max: 1e8 }).map((seconds): Moment => ({ kind: 'fromNow', seconds })),
      fc.integer({ min: 0, max: utc('9999-12-30T00:00:00') }).map((seconds): Moment => ({ kind: 'at', seconds })),
    );
    fc.assert(
      fc.property(moment, zone, zone, instant, (value, written, timeZone, now) => {
        const text = formatMoment(value, written);
        assert.deepEqual(parseMoment(text, { role: 'notBefore', now, timeZone }), {
          ok: true,
          moment: value,
          notes: [],
        });
      }),
      { numRuns: RUNS * 5 },
    );
  });

  it('typed as a time of day are that time, at most a day away', () => {
    fc.assert(
      fc.property(zone, instant, fc.integer({ min: 0, max: 1439 }), (timeZone, now, minutes) => {
        const [hour, minute] = [Math.floor(minutes / 60), String(minutes % 60).padStart(2, '0')];
        const forms = [
          `until ${hour}:${minute}`,
          `${String(hour).padStart(2, '0')}:${minute}`,
          `${hour % 12 === 0 ? 12 : hour % 12}:${minute}${hour < 12 ? 'am' : 'pm'}`,
        ];
        const results = forms.map((form) => parseMoment(form, { role: 'expiry', now, timeZone }));
        assert.deepEqual(results[1], results[0]);
        assert.deepEqual(results[2], results[0]);
        const [result] = results;
        assert.ok(result?.ok && result.moment.kind === 'at');
        const { seconds } = result.moment;
        // A day can have 49 hours where the date line moved.
        assert.ok(seconds > now && seconds <= now + 49 * 3600);
        const shown = createZone(timeZone).toWall(seconds);
        if (!result.notes.some(({ code }) => code === 'skipped')) assert.equal((shown / 60) % 1440, minutes);
      }),
      { numRuns: RUNS * 5 },
    );
  });

  it('typed as the end of a day are its last second', () => {
    fc.assert(
      fc.property(zone, instant, fc.constantFrom('today', 'tomorrow'), (timeZone, now, day) => {
        const result = parseMoment(`end of ${day}`, { role: 'notBefore', now, timeZone });
        assert.ok(result.ok && result.moment.kind === 'at');
        const { toWall } = createZone(timeZone);
        const dayOf = (seconds: number) => Math.floor(toWall(seconds) / 86_400);
        assert.ok(dayOf(result.moment.seconds) < dayOf(result.moment.seconds + 1));
        const apart = dayOf(result.moment.seconds) - dayOf(now);
        // Samoa's 30 December 2011 did not exist.
        assert.ok(apart === (day === 'today' ? 0 : 1) || timeZone === 'Pacific/Apia');
      }),
      { numRuns: RUNS },
    );
  });

  function survives(text: string, context: MomentContext): void {
    const result = parseMoment(text, context);
    if (result.ok) assert.ok(Number.isSafeInteger(result.moment.seconds), text);
    if (result.ok && context.role === 'expiry') {
      const { kind, seconds } = result.moment;
      assert.ok(kind === 'fromNow' ? seconds > 0 : seconds > context.now, text);
    }
  }

  it('never throw', () => {
    const piece = fc.constantFrom(
      ...['1', '9', '18', '00', '2026', '-', ':', ' ', 't', 'z', '+', '.', 'am', 'pm', 'h', 'm', 'd', 'p'],
      ...[
        'now',
        'ago',
        'in ',
        'until ',
        'end of ',
        'today',
        'tomorrow',
        'yesterday',
        '2026-11-25',
        '30',
        'utc',
        '\u00a0',
      ],
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(text, role, zone, instant, (typed, asked, timeZone, now) =>
        survives(typed, { role: asked, now, timeZone }),
      ),
      { numRuns: RUNS * 5 },
    );
  });

  it('never throw for hostile strings (skipped without ../shared/vectors/blns.json.gz)', function () {
    const strings = sharedJson('vectors/blns.json.gz');
    if (strings === undefined) return this.skip();
    assert.ok(Array.isArray(strings) && strings.length > 500);
    for (const text of strings) {
      for (const asked of ['expiry', 'notBefore'] as const) survives(String(text), { role: asked, now: NOW });
    }
  });

  for (const unit of ['1', ' ', '1h', 'today ', 'end of ', '18:', '-', 'until ']) {
    it(`gets through 256 KB of ${JSON.stringify(unit)}`, () =>
      assert.equal(parseMoment(`x${unit.repeat(262_144 / unit.length)}`, { role: 'expiry', now: NOW }).ok, false));
  }
});
