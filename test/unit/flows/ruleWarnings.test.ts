import assert from 'node:assert/strict';
import { ruleWarningSentence } from '../../../src/flows/ruleWarnings';
import type { RuleWarning } from '../../../src/stream/token/lintRules';

describe('ruleWarningSentence', () => {
  const entryRows: readonly [RuleWarning['code'] & ('notACountry' | 'smallLetters'), string, string, string][] = [
    ['notACountry', 'Germany', 'en', 'Germany is no country code, so nobody matches it. Write DE.'],
    ['notACountry', 'Frankreich', 'de', 'Frankreich is no country code, so nobody matches it. Write FR.'],
    ['notACountry', 'UK', 'en', 'UK is no country code, so nobody matches it. Write GB.'],
    ['notACountry', ' de', 'en', 'de is no country code, so nobody matches it. Write DE.'],
    ['notACountry', 'EU', 'en', 'EU is no country code, so nobody matches it.'],
    ['notACountry', '', 'en', '? is no country code, so nobody matches it.'],
    [
      'smallLetters',
      'de',
      'en',
      'de is written in small letters. Cloudflare’s rules use capitals; whether it matches is not documented.',
    ],
  ];
  for (const [code, entry, locale, expected] of entryRows)
    it(`${code} ${entry}`, () => assert.equal(ruleWarningSentence({ code, index: 0, entry }, locale), expected));
});
