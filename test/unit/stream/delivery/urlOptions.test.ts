import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { DeliveryForm, UrlOptions } from '../../../../src/stream/delivery/deliveryUrl';
import {
  ANIMATION_OPTIONS,
  badOption,
  HLS_OPTIONS,
  OPTIONS_OF_FORM,
  type OptionKind,
  optionsFor,
  PLAYER_OPTIONS,
  readOption,
  THUMBNAIL_OPTIONS,
} from '../../../../src/stream/delivery/urlOptions';
import { RUNS } from '../../support/properties';
import { sharedJson } from '../../support/shared';

const fileName = OPTIONS_OF_FORM.mp4.filename as OptionKind;
const clipLength = OPTIONS_OF_FORM.clipHls.duration as OptionKind;

/** The value as the URL has it, or what is wrong, e.g. `! range 1 8192`. */
function outcome(option: OptionKind, text: string): string {
  const result = readOption(option, text);
  return result.ok ? result.value : `! ${Object.values(result.problem).flat().join(' ')}`;
}

describe('readOption', () => {
  const rows: readonly [string, OptionKind, readonly (readonly [string, string])[]][] = [
    [
      'autoplay is there or not',
      PLAYER_OPTIONS.autoplay,
      [
        ['true', 'true'],
        ['false', '! notOffered true'],
        ['', '! empty'],
      ],
    ],
    [
      'controls',
      PLAYER_OPTIONS.controls,
      [
        ['true', 'true'],
        [' false ', 'false'],
        ['no', '! notOffered true false'],
      ],
    ],
    [
      'preload',
      PLAYER_OPTIONS.preload,
      [
        ['none', 'none'],
        ['metadata', 'metadata'],
        ['auto', 'auto'],
        ['AUTO', '! notOffered none metadata auto'],
      ],
    ],
    [
      'startTime',
      PLAYER_OPTIONS.startTime,
      [
        ['0', '0s'],
        ['0s', '0s'],
        ['123', '2m3s'],
        ['1h12m27s', '1h12m27s'],
        ['01:12:27', '1h12m27s'],
        ['24h', '24h'],
        ['86401', '! timeRange 86400'],
        ['99999999', '! timeRange 86400'],
        ['1.5', '! noTime'],
        ['-1s', '! noTime'],
        ['soon', '! noTime'],
        ['123456789', '! noTime'],
      ],
    ],
    [
      'colours',
      PLAYER_OPTIONS.primaryColor,
      [
        ['#f82', '#f82'],
        ['#F6821F', '#F6821F'],
        ['#f6821f80', '#f6821f80'],
        ['transparent', 'transparent'],
        ['hsl(120 80% 95%)', 'hsl(120 80% 95%)'],
        ['rgba(1, 2, 3, .5)', 'rgba(1, 2, 3, .5)'],
        ['oklch(70% 0.1 200)', 'oklch(70% 0.1 200)'],
        ['f6821f', '! noColour'],
        ['#f6821', '! noColour'],
        ['#ggg', '! noColour'],
        ['url(https://evil.example)', '! noColour'],
        ['red;background:url(x)', '! noColour'],
        ['expression(alert(1))', '! noColour'],
        ['"><script>', '! noColour'],
      ],
    ],
    [
      'defaultTextTrack',
      PLAYER_OPTIONS.defaultTextTrack,
      [
        ['en', 'en'],
        ['pt-BR', 'pt-BR'],
        ['zh-Hant-TW', 'zh-Hant-TW'],
        ['es-419', 'es-419'],
        ['english', '! noLanguage'],
        ['e', '! noLanguage'],
        ['en_US', '! noLanguage'],
        ['en-', '! noLanguage'],
      ],
    ],
    [
      'poster',
      PLAYER_OPTIONS.poster,
      [
        ['https://example.com/a.jpg?x=1', 'https://example.com/a.jpg?x=1'],
        ['http://localhost:8080/a.jpg', 'http://localhost:8080/a.jpg'],
        ['a.jpg', '! noAddress'],
        ['//example.com/a.jpg', '! noAddress'],
        ['javascript:alert(1)', '! noAddress'],
        ['data:image/png;base64,x', '! noAddress'],
        ['https://', '! noAddress'],
        [`https://example.com/${'a'.repeat(2000)}`, '! tooLong 2000'],
      ],
    ],
    [
      'height',
      THUMBNAIL_OPTIONS.height,
      [
        ['270', '270'],
        ['0270 px', '270'],
        ['1', '1'],
        ['8192', '8192'],
        ['0', '! range 1 8192'],
        ['8193', '! range 1 8192'],
        ['-1', '! noWholeNumber'],
        ['1.5', '! noWholeNumber'],
        ['1e3', '! noWholeNumber'],
        ['50%', '! noWholeNumber'],
      ],
    ],
    [
      'fps',
      ANIMATION_OPTIONS.fps,
      [
        ['8', '8'],
        ['60 fps', '60'],
        ['61', '! range 1 60'],
      ],
    ],
    [
      'duration of an animation',
      ANIMATION_OPTIONS.duration,
      [
        ['5', '5s'],
        ['90s', '1m30s'],
        ['0', '! timeRange 3600'],
        ['2h', '! timeRange 3600'],
      ],
    ],
    [
      'duration of a clip: at most a minute',
      clipLength,
      [
        ['60', '1m'],
        ['61', '! timeRange 60'],
      ],
    ],
    [
      'duration of a live preview: at most five',
      HLS_OPTIONS.duration,
      [
        ['5m', '5m'],
        ['5m1s', '! timeRange 300'],
      ],
    ],
    [
      'clientBandwidthHint',
      HLS_OPTIONS.clientBandwidthHint,
      [
        ['1.8', '1.8'],
        ['1,8', '1.8'],
        ['2.0', '2'],
        ['0.000001', '0.000001'],
        ['0', '! aboveZero 1000'],
        ['0.0000001', '! aboveZero 1000'],
        ['1001', '! aboveZero 1000'],
        ['-1', '! noNumber'],
        ['fast', '! noNumber'],
        ['1e3', '! noNumber'],
      ],
    ],
    [
      'filename',
      fileName,
      [
        ['MY_VIDEO-1', 'MY_VIDEO-1'],
        ['a'.repeat(120), 'a'.repeat(120)],
        ['a'.repeat(121), '! tooLong 120'],
        ['MY_VIDEO.mp4', '! fileCharacters'],
        ['my video', '! fileCharacters'],
        ['../x', '! fileCharacters'],
        ['été', '! fileCharacters'],
      ],
    ],
  ];
  for (const [name, option, cases] of rows) {
    for (const [text, expected] of cases)
      it(`${name}: ${JSON.stringify(text.slice(0, 40))} → ${expected.slice(0, 40)}`, () =>
        assert.equal(outcome(option, text), expected));
  }

  const kinds = Object.values(OPTIONS_OF_FORM).flatMap((options) => Object.values(options));
  it('reads its own values again, whatever was typed, and never throws', () => {
    const piece = fc.constantFrom(
      '1',
      '9',
      'h',
      'm',
      's',
      '#',
      'a',
      'f',
      '.',
      ':',
      '-',
      'true',
      'https://a',
      ' ',
      'é',
      '%',
    );
    const typed = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(fc.constantFrom(...kinds), typed, (kind, text) => {
        const read = readOption(kind, text);
        if (read.ok) assert.deepEqual(readOption(kind, read.value), read);
      }),
      { numRuns: RUNS * 5 },
    );
  });
  it('survives the hostile strings', function () {
    const strings = sharedJson('vectors/blns.json.gz') as readonly string[] | undefined;
    if (strings === undefined) this.skip();
    for (const kind of kinds) {
      for (const text of strings) {
        const read = readOption(kind, text);
        assert.ok(!read.ok || kind.kind === 'address' || /^[\w#%(), ./-]+$/.test(read.value), text);
      }
    }
  });
});

describe('badOption', () => {
  const rows: readonly [DeliveryForm, UrlOptions, string | undefined][] = [
    ['hls', {}, undefined],
    ['hls', { protocol: 'llhls', clientBandwidthHint: '1.8' }, undefined],
    ['dash', { clientBandwidthHint: '1.8' }, undefined],
    ['dash', { protocol: 'llhls' }, 'protocol'],
    ['iframe', { autoplay: 'true', controls: 'false', startTime: '1m' }, undefined],
    ['iframe', { muted: 'true', autoplay: 'false' }, 'autoplay'],
    ['iframe', { startTime: '60' }, 'startTime'],
    ['iframe', { constructor: 'true' }, 'constructor'],
    ['watch', { muted: 'true' }, 'muted'],
    ['thumbnail', { fps: '8' }, 'fps'],
    ['animation', { fps: '8', time: '0s' }, undefined],
    ['mp4', { filename: 'a.mp4' }, 'filename'],
  ];
  for (const [form, options, expected] of rows)
    it(`${form} ${JSON.stringify(options)} → ${expected}`, () => assert.equal(badOption(form, options), expected));
});

describe('optionsFor', () => {
  it('keeps what the form knows, in one order', () => {
    const options = { duration: '5s', fps: '8', time: '1s', muted: 'true', height: '2' };
    assert.deepEqual(Object.entries(optionsFor('animation', options)), [
      ['time', '1s'],
      ['height', '2'],
      ['duration', '5s'],
      ['fps', '8'],
    ]);
    assert.deepEqual(optionsFor('thumbnail', options), { time: '1s', height: '2' });
    assert.deepEqual(optionsFor('watch', options), {});
  });
});
