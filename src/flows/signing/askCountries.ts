import * as l10n from '@vscode/l10n';
import { type CountryNote, type CountryProblem, parseCountry } from '../../stream/token/countries';
import { type ListReading, parseList } from '../../stream/token/parseList';
import { countriesByName, countryName, flagOf } from '../countryName';
import { type Choice, mapReply, type Prompter, type Reply, type Verdict } from '../prompter';
import { countryNoteSentence, countryProblemSentence } from './ruleEntrySentences';

/** Ticks countries in a list of all, searchable by name and code; at least one. */
export async function pickCountries(
  title: string,
  chosen: readonly string[],
  prompter: Prompter,
  locale: string,
): Promise<Reply<readonly string[]>> {
  const all = countriesByName(locale);
  // A code that is in use without being official stays in its rule.
  const unofficial = chosen.filter((code) => !all.some((country) => country.code === code));
  const first = [...all.filter(({ code }) => chosen.includes(code)).map(({ code }) => code), ...unofficial];
  const others = all.map(({ code }) => code).filter((code) => !chosen.includes(code));
  const choice = (code: string): Choice<string> => ({
    value: code,
    label: `${flagOf(code)} ${countryName(code, locale)}`,
    description: alias(code) === undefined ? code : `${code} (${alias(code)})`,
  });
  for (let empty = false; ; empty = true) {
    const reply = await prompter.pickMany<string>({
      title,
      canGoBack: true,
      placeholder: empty
        ? l10n.t('Tick at least one country, or go back')
        : l10n.t('Which countries? Search by name or code, tick with Space, accept with Enter'),
      choices: [
        ...(first.length === 0 ? [] : [{ heading: l10n.t('Chosen') }, ...first.map(choice)]),
        { heading: l10n.t('All countries') },
        ...others.map(choice),
      ],
      ticked: (code) => chosen.includes(code),
    });
    if (reply.kind !== 'answer' || reply.value.length > 0) return reply;
  }
}

/** Codes that people type for a country, so that searching for them finds it. */
function alias(code: string): string | undefined {
  return { GB: 'UK', GR: 'EL' }[code];
}

/** Takes country codes as they are typed or pasted. */
export async function typeCountries(
  title: string,
  chosen: readonly string[],
  prompter: Prompter,
  locale: string,
): Promise<Reply<readonly string[]>> {
  const reply = await prompter.input({
    title,
    canGoBack: true,
    prompt: l10n.t('Two letters each (ISO 3166-1), with commas or blanks between them.'),
    placeholder: l10n.t('Country codes, e.g. DE, AT, CH'),
    value: chosen.join(', '),
    validate: (text) => judge(parseList(text, parseCountry), locale),
  });
  return mapReply(reply, (text) => parseList(text, parseCountry).values);
}

function judge({ values, notes, problems }: ListReading<CountryNote, CountryProblem>, locale: string): Verdict {
  const [wrong] = problems;
  if (wrong !== undefined) return { severity: 'error', message: countryProblemSentence(wrong.entry, wrong.problem) };
  if (values.length === 0) return { severity: 'error', message: l10n.t('Type at least one country code.') };
  const names = l10n.t('{0}.', values.map((code) => countryName(code, locale)).join(', '));
  const unofficial = notes.some(({ note }) => note === 'unofficial');
  return {
    severity: unofficial ? 'warning' : 'info',
    message: [...notes.map(countryNoteSentence), names].join(' '),
  };
}
