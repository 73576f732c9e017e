import * as v from 'valibot';
import { RESULT_FORMS, type ResultForm } from '../../stream/delivery/resultForms';
import type { Cache } from '../accounts/accounts';

const LAST_FORM = 'lastResultForm';
const FORM_OF_LANGUAGE = 'resultFormOfLanguage';

/**
 * The form that was used last in documents of a language (VS Code's language id), else the one used last anywhere: in a
 * React page it is another one than in a Worker.
 */
export function rememberedForm(preferences: Cache, language: string | undefined): ResultForm {
  const known = formsOfLanguages(preferences);
  const own = language !== undefined && Object.hasOwn(known, language) ? asForm(known[language]) : undefined;
  return own ?? asForm(preferences.read(LAST_FORM)) ?? 'hls';
}

export async function rememberForm(preferences: Cache, language: string | undefined, form: ResultForm): Promise<void> {
  await preferences.write(LAST_FORM, form);
  if (language !== undefined) {
    await preferences.write(FORM_OF_LANGUAGE, { ...formsOfLanguages(preferences), [language]: form });
  }
}

/** What stands there for a language may be of a newer version, and is checked when it is used. */
function formsOfLanguages(preferences: Cache): Readonly<Record<string, unknown>> {
  const stored = v.safeParse(v.record(v.string(), v.unknown()), preferences.read(FORM_OF_LANGUAGE));
  return stored.success ? stored.output : {};
}

function asForm(value: unknown): ResultForm | undefined {
  const form = v.safeParse(v.picklist(RESULT_FORMS), value);
  return form.success ? form.output : undefined;
}
