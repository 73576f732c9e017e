import { type ApiTokenProblem, type Credential, cleanApiToken } from '../../stream/api/credential';
import { cleanEmail, cleanGlobalKey, type EmailProblem, type GlobalKeyProblem } from '../../stream/api/globalKey';
import { parseAccountId } from '../../stream/parseId';

/** Variables as the process has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Something in the environment that an account can be made of. `names` are the variables it is in. */
export type Found =
  | { readonly kind: 'credential'; readonly names: readonly string[]; readonly credential: Credential }
  | { readonly kind: 'accountId'; readonly names: readonly string[]; readonly accountId: string }
  /** `text` is what the import of signing keys reads. */
  | { readonly kind: 'signingKey'; readonly names: readonly string[]; readonly text: string }
  | { readonly kind: 'unusable'; readonly names: readonly string[]; readonly problem: UnusableProblem };

export type UnusableProblem =
  | { readonly of: 'apiToken'; readonly problem: ApiTokenProblem }
  | { readonly of: 'globalKey'; readonly problem: GlobalKeyProblem }
  | { readonly of: 'email'; readonly problem: EmailProblem }
  /** Why, in words. */
  | { readonly of: 'signingKey'; readonly sentence: string }
  /** A key without the e-mail address it belongs to. */
  | { readonly of: 'noEmail' }
  | { readonly of: 'accountId' };

const TOKENS = ['CLOUDFLARE_API_TOKEN', 'CF_API_TOKEN'];
const KEY = 'CLOUDFLARE_API_KEY';
const EMAIL = 'CLOUDFLARE_EMAIL';
const ACCOUNT = 'CLOUDFLARE_ACCOUNT_ID';
const KEY_ID = 'STREAM_KEY_ID';
const KEY_FORMS = ['STREAM_KEY_JWK', 'STREAM_KEY_PEM'];

/** Every variable that is looked at: the names that Cloudflare's own tools and documentation use. */
export const VARIABLES: readonly string[] = [...TOKENS, EMAIL, KEY, ACCOUNT, KEY_ID, ...KEY_FORMS];

/** What the environment holds, what can't be used of it, and why. Empty variables count as not set. */
export function readEnvironment(environment: Environment): readonly Found[] {
  const value = (name: string) => environment[name]?.trim() ?? '';
  return [
    ...TOKENS.filter((name) => value(name) !== '').map((name) => readToken(name, value(name))),
    ...(value(KEY) === '' ? [] : [readGlobalKey(value(EMAIL), value(KEY))]),
    ...(value(ACCOUNT) === '' ? [] : [readAccount(value(ACCOUNT))]),
    ...KEY_FORMS.filter((name) => value(name) !== '')
      .slice(0, 1)
      .map((name) => readSigningKey([...(value(KEY_ID) === '' ? [] : [KEY_ID]), name], value)),
  ];
}

function readToken(name: string, text: string): Found {
  const cleaned = cleanApiToken(text);
  return cleaned.ok
    ? { kind: 'credential', names: [name], credential: { kind: 'apiToken', token: cleaned.token } }
    : { kind: 'unusable', names: [name], problem: { of: 'apiToken', problem: cleaned.problem } };
}

function readGlobalKey(emailText: string, keyText: string): Found {
  if (emailText === '') return { kind: 'unusable', names: [KEY], problem: { of: 'noEmail' } };
  const email = cleanEmail(emailText);
  if (!email.ok) return { kind: 'unusable', names: [EMAIL], problem: { of: 'email', problem: email.problem } };
  const key = cleanGlobalKey(keyText);
  return key.ok
    ? { kind: 'credential', names: [EMAIL, KEY], credential: { kind: 'globalKey', email: email.email, key: key.key } }
    : { kind: 'unusable', names: [KEY], problem: { of: 'globalKey', problem: key.problem } };
}

function readAccount(text: string): Found {
  const parsed = parseAccountId(text);
  return parsed.ok
    ? { kind: 'accountId', names: [ACCOUNT], accountId: parsed.id }
    : { kind: 'unusable', names: [ACCOUNT], problem: { of: 'accountId' } };
}

/** Whether it is a key at all its import tells. */
function readSigningKey(names: readonly string[], value: (name: string) => string): Found {
  return { kind: 'signingKey', names, text: names.map((name) => `${name}=${value(name)}`).join('\n') };
}
