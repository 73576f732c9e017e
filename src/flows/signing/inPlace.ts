import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { ResultForm } from '../../stream/delivery/resultForms';
import type { Cache } from '../accounts/accounts';
import { answer, mapReply, type Prompter, type Reply } from '../prompter';
import { formText } from './formText';
import type { IdPlace, Output } from './output';
import type { Destination, Signing } from './signing';

/** The two halves of the hub's result line. */
export type ResultChoice = Pick<Signing, 'form' | 'destination'>;

export interface InPlaceParts {
  readonly prompter: Prompter;
  readonly output: Pick<Output, 'canInsert' | 'idPlace'>;
  /** Remembers per language what takes the place of an id in code. */
  readonly preferences: Cache;
}

const CHOICES = 'inPlaceOfConstant';
const StoredChoices = v.record(v.string(), v.picklist(['token', 'url', 'copy']));
type Stored = v.InferOutput<typeof StoredChoices>;

/**
 * What the hub begins with: a signing that was started from an id takes its place. In a URL or a player component that
 * is the token and nothing else; of a constant nobody can tell what its code expects, so that is asked once per language.
 */
export async function firstResult(
  form: ResultForm,
  { prompter, output: { canInsert, idPlace }, preferences }: InPlaceParts,
): Promise<Reply<ResultChoice>> {
  if (idPlace === undefined) return answer({ form, destination: canInsert ? 'insert' : 'copy' });
  if (idPlace.kind === 'reference') return answer({ form, destination: 'copy' });
  if (idPlace.kind !== 'constant') return answer({ form: 'token', destination: 'replace' });
  const url = form === 'token' ? 'hls' : form;
  const results: Record<Stored[string], ResultChoice> = {
    token: { form: 'token', destination: 'replace' },
    url: { form: url, destination: 'replace' },
    copy: { form, destination: 'copy' },
  };
  const stored = storedChoices(preferences);
  const known = Object.hasOwn(stored, idPlace.language) ? stored[idPlace.language] : undefined;
  if (known !== undefined) return answer(results[known]);
  const reply = await prompter.pick<Stored[string]>({
    title: l10n.t('In Place of the Id'),
    placeholder: l10n.t('What should take the place of a video id in code? Asked once for {0}', idPlace.language),
    choices: [
      { value: 'token', label: formText('token'), description: l10n.t('for code that builds the URL itself') },
      { value: 'url', label: formText(url), description: l10n.t('for code that takes any URL') },
      { value: 'copy', label: l10n.t('Nothing'), description: l10n.t('the id stays, the result is copied') },
    ],
  });
  if (reply.kind === 'answer') await store(idPlace.language, reply.value, preferences);
  return mapReply(reply, (choice) => results[choice]);
}

/** Remembers what was done with a constant, so that the next one of that language begins with it. */
export async function rememberResult(
  { form, destination }: ResultChoice,
  { output: { idPlace }, preferences }: InPlaceParts,
): Promise<void> {
  if (idPlace?.kind !== 'constant') return;
  if (destination === 'copy') await store(idPlace.language, 'copy', preferences);
  if (destination === 'replace') await store(idPlace.language, form === 'token' ? 'token' : 'url', preferences);
}

/** Where the result could only be the token: it says nothing about what the person likes to insert elsewhere. */
export function isTokenInPlace({ form, destination }: ResultChoice): boolean {
  return destination === 'replace' && form === 'token';
}

export function canReplace(place: IdPlace | undefined): boolean {
  return place !== undefined && place.kind !== 'reference';
}

/** The choice "in place of the id": around a token the URL or component stays as it is. */
export function inPlace(form: ResultForm, place: IdPlace | undefined): ResultChoice {
  return { form: place?.kind === 'constant' ? form : 'token', destination: 'replace' };
}

/** Another form, where it can go: a URL inside a URL would be none. */
export function withForm(form: ResultForm, destination: Destination, place: IdPlace | undefined): ResultChoice {
  const fits = destination !== 'replace' || form === 'token' || place?.kind === 'constant';
  return { form, destination: fits ? destination : 'copy' };
}

function storedChoices(preferences: Cache): Stored {
  const read = v.safeParse(StoredChoices, preferences.read(CHOICES));
  return read.success ? read.output : {};
}

async function store(language: string, choice: Stored[string], preferences: Cache): Promise<void> {
  const known = storedChoices(preferences);
  if (known[language] !== choice) await preferences.write(CHOICES, { ...known, [language]: choice });
}
