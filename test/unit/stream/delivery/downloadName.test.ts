import assert from 'node:assert/strict';
import fc from 'fast-check';
import { downloadName } from '../../../../src/stream/delivery/downloadName';
import { RUNS } from '../../support/properties';
import { sharedJson } from '../../support/shared';

describe('downloadName', () => {
  const rows: readonly [string, string | undefined][] = [
    ['Onboarding tour', 'Onboarding_tour'],
    ['Onboarding tour.mp4', 'Onboarding_tour'],
    ['clip.final.MOV', 'clip_final'],
    ['v1.2', 'v1_2'],
    ['Été à Zürich', 'Ete_a_Zurich'],
    ['ﬁlm №1', 'film_No1'],
    ['a  &  b -- c', 'a_b_--_c'],
    ['__x__', 'x'],
    ['../../etc/passwd', 'etc_passwd'],
    ['"><script>alert(1)</script>', 'script_alert_1_script'],
    ['\u202egnp.exe', 'gnp_exe'],
    ['a'.repeat(200), 'a'.repeat(120)],
    [`${'a'.repeat(119)} b`, 'a'.repeat(119)],
    ['入門', undefined],
    ['\u{1f3ac}', undefined],
    ['\ud800', undefined],
    ['...', undefined],
    ['', undefined],
    [' \n', undefined],
  ];
  for (const [name, expected] of rows)
    it(`${JSON.stringify(name.slice(0, 40))} → ${expected?.slice(0, 40)}`, () =>
      assert.equal(downloadName(name), expected));

  const allowed = (name: string | undefined) => name === undefined || /^[A-Za-z0-9_-]{1,120}$/.test(name);
  it('gives what Cloudflare allows, or nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => assert.ok(allowed(downloadName(name)))),
      { numRuns: RUNS * 5 },
    );
  });
  it('survives the hostile strings', function () {
    const strings = sharedJson('vectors/blns.json.gz') as readonly string[] | undefined;
    if (strings === undefined) this.skip();
    for (const name of strings) assert.ok(allowed(downloadName(name)), name);
  });
});
