import { barePasted, type PastedProblem } from './pastedSecret';

/** What an account signs in with at Cloudflare's API. A Global API Key opens everything its owner can reach; an API token what it was made for. */
export type Credential =
  | { readonly kind: 'apiToken'; readonly token: string }
  | { readonly kind: 'globalKey'; readonly email: string; readonly key: string };

/**
 * The request headers that carry a credential. Only http.ts sends them, and only to Cloudflare's API.
 * https://developers.cloudflare.com/fundamentals/api/how-to/make-api-calls/
 */
export function credentialHeaders(credential: Credential): Readonly<Record<string, string>> {
  return credential.kind === 'apiToken'
    ? { Authorization: `Bearer ${credential.token}` }
    : { 'X-Auth-Email': credential.email, 'X-Auth-Key': credential.key };
}

/** The parts of a credential that open something. An e-mail address opens nothing, and Cloudflare names accounts after it. */
export function secretsOf(credential: Credential): readonly string[] {
  return [credential.kind === 'apiToken' ? credential.token : credential.key];
}

/** What no log may show of a credential: the e-mail address neither. */
export function unloggedOf(credential: Credential): readonly string[] {
  return credential.kind === 'apiToken' ? secretsOf(credential) : [...secretsOf(credential), credential.email];
}

/** Why a text is no API token. Never carries the text itself. */
export type ApiTokenProblem = PastedProblem | 'globalKey' | 'tooShort';

export type ApiTokenResult =
  | { readonly ok: true; readonly token: string }
  | { readonly ok: false; readonly problem: ApiTokenProblem };

/**
 * Cleans a pasted API token: drops `Authorization:`, `Bearer`, a variable's name before `=`, quotes, blanks and line
 * breaks around it.
 *
 * Formats: Cloudflare's tokens have 40 characters, or a prefix (`cfut_` user, `cfat_` account) and more; length is
 * therefore no criterion. A Global API Key has `cfk_` or is 37 hex digits.
 * https://developers.cloudflare.com/fundamentals/api/get-started/token-formats/
 */
export function cleanApiToken(text: string): ApiTokenResult {
  const bare = barePasted(text, /^(?:export\s+)?[A-Z_]*TOKEN\s*[=:]\s*/i);
  if (!bare.ok) return bare;
  const token = bare.text;
  if (/^cfk_/i.test(token) || /^[0-9a-f]{37,45}$/i.test(token)) return { ok: false, problem: 'globalKey' };
  if (token.length < 20) return { ok: false, problem: 'tooShort' };
  return { ok: true, token };
}

/** Who issued an API token, as far as its prefix tells; older ones have none. */
export function tokenOwner(token: string): 'user' | 'account' | undefined {
  if (/^cfat_/i.test(token)) return 'account';
  return /^cfut_/i.test(token) ? 'user' : undefined;
}
