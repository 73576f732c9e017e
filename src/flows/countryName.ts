import { cleanText } from '../source/cleanText';
import { COUNTRY_CODES } from '../stream/token/countries';

/** The name of a country in a language (BCP 47), or its code where it has none. */
export function countryName(code: string, locale: string): string {
  return nameIn(locale)(code) ?? cleanText(code, 20);
}

/** Like {@link countryName}, with the code behind it. */
export function countryText(code: string, locale: string): string {
  const name = nameIn(locale)(code);
  return name === undefined ? cleanText(code, 20) : `${name} (${code})`;
}

/** The flag of a two-letter code. Where there are no pictures of flags, as on Windows, it shows the two letters. */
export function flagOf(code: string): string {
  return [...code].map((letter) => String.fromCodePoint(letter.charCodeAt(0) - 65 + 0x1f1e6)).join('');
}

/** All countries of ISO 3166-1 in the order of their names. */
export function countriesByName(locale: string): readonly { readonly code: string; readonly name: string }[] {
  const name = nameIn(locale);
  const { compare } = new Intl.Collator(locale);
  return COUNTRY_CODES.map((code) => ({ code, name: name(code) ?? code })).sort((a, b) => compare(a.name, b.name));
}

/** The code of a country by its whole name, in the given language or in English. */
export function countryNamed(text: string, locale: string): string | undefined {
  const wanted = text.trim().toLocaleLowerCase();
  return COUNTRY_CODES.find((code) =>
    [locale, 'en'].some((language) => nameIn(language)(code)?.toLocaleLowerCase() === wanted),
  );
}

const names = new Map<string, Intl.DisplayNames>();

function nameIn(locale: string): (code: string) => string | undefined {
  const known = names.get(locale) ?? new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' });
  names.set(locale, known);
  return (code) => (/^[A-Z]{2}$/.test(code) ? known.of(code) : undefined);
}
