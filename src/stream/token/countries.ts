/** ISO 3166-1 alpha-2, all 249 codes. `Intl` can't judge them: it also takes withdrawn and private ones. */
export const COUNTRY_CODES: readonly string[] = (
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ ' +
  'CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR ' +
  'GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP ' +
  'KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT ' +
  'MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW ' +
  'SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ ' +
  'UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'
).split(' ');

/** What was changed in a typed code, or is worth a word. */
export type CountryNote =
  | 'raised'
  /** A code in common use for a country that has another one in ISO 3166-1: UK, EL. */
  | 'alias'
  /** XK: in use for Kosovo, but not part of ISO 3166-1. */
  | 'unofficial';

export type CountryProblem =
  /** EU and the like: more than one country. */
  | { readonly code: 'union' }
  /** XX and T1, which stand for viewers, and ZZ. */
  | { readonly code: 'noCountry' }
  | { readonly code: 'withdrawn' }
  | { readonly code: 'threeLetters' }
  | { readonly code: 'unknown' };

export type CountryResult =
  | { readonly ok: true; readonly value: string; readonly notes: readonly CountryNote[] }
  | { readonly ok: false; readonly problem: CountryProblem };

const known = new Set(COUNTRY_CODES);
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['UK', 'GB'],
  ['EL', 'GR'],
]);
const UNIONS = new Set(['EU', 'EZ', 'UN']);
/** How Cloudflare marks viewers whose country it does not know, and those who come through Tor. */
export const VIEWER_MARKS: readonly string[] = ['XX', 'T1'];
const NO_COUNTRIES = new Set([...VIEWER_MARKS, 'ZZ']);
const WITHDRAWN = new Set(['AN', 'BU', 'CS', 'DD', 'FX', 'NT', 'SU', 'TP', 'YD', 'YU', 'ZR']);
const KOSOVO = 'XK';
const viewerCodes = new Set([...COUNTRY_CODES, ...VIEWER_MARKS, KOSOVO]);

/** Whether Cloudflare can find that code for a viewer. It writes them in capitals. */
export function isViewerCode(code: string): boolean {
  return viewerCodes.has(code);
}

/**
 * Whether a code is written in small letters, all or some. Cloudflare's rules use capitals, and whether others match is
 * not documented.
 */
export function hasSmallLetters(code: string): boolean {
  return code !== code.toUpperCase();
}

/** Reads a country code as people type it. */
export function parseCountry(text: string): CountryResult {
  const code = /^[a-z\d]+$/i.test(text) ? text.toUpperCase() : '';
  const value = ALIASES.get(code) ?? code;
  if (known.has(value) || value === KOSOVO) {
    const notes: CountryNote[] = [];
    if (value !== code) notes.push('alias');
    else if (code !== text) notes.push('raised');
    if (value === KOSOVO) notes.push('unofficial');
    return { ok: true, value, notes };
  }
  return { ok: false, problem: { code: problemCode(code) } };
}

function problemCode(code: string): CountryProblem['code'] {
  if (UNIONS.has(code)) return 'union';
  if (NO_COUNTRIES.has(code)) return 'noCountry';
  if (WITHDRAWN.has(code)) return 'withdrawn';
  return /^[A-Z]{3}$/.test(code) ? 'threeLetters' : 'unknown';
}
