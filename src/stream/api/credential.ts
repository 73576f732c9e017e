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
export type ApiTokenProblem =
  | 'empty'
  | 'innerBlank'
  | 'strangeCharacter'
  | 'globalKey'
  | 'signedToken'
  | 'privateKey'
  | 'tooShort'
  | 'tooLong';

export type ApiTokenResult =
  | { readonly ok: true; readonly token: string }
  | { readonly ok: false; readonly problem: ApiTokenProblem };

const MAX_CHARACTERS = 512;

/**
 * Cleans a pasted API token: drops `Authorization:`, `Bearer`, a variable's name before `=`, quotes, blanks and line
 * breaks around it. What is left must be safe in a header: `Headers` puts a value it refuses into its error message, and
 * from there a token would reach a log.
 *
 * Formats: Cloudflare's tokens have 40 characters, or a prefix (`cfut_` user, `cfat_` account) and more; length is
 * therefore no criterion. A Global API Key has `cfk_` or is 37 hex digits.
 */
export function cleanApiToken(text: string): ApiTokenResult {
  // Zero-width characters come along when a token is copied from a web page.
  const visible = text.replace(/[\u200b-\u200d\u2060\ufeff]/g, '').trim();
  if (/-----BEGIN /.test(visible)) return problem('privateKey');
  const token = visible
    .replace(/^(?:export\s+)?[A-Z_]*TOKEN\s*[=:]\s*/i, '')
    .replace(/^["'`]+/, '')
    .replace(/^Authorization\s*:\s*/i, '')
    .replace(/^Bearer\s+/i, '')
    .replace(/^["'`]+|(?<!["'`,;])["'`,;]+$/g, '')
    .trim();
  if (token === '' || /^Bearer$/i.test(token)) return problem('empty');
  if (token.length > MAX_CHARACTERS) return problem(/^eyJ/.test(token) ? 'signedToken' : 'tooLong');
  if (/\s/.test(token)) return problem('innerBlank');
  if (/^eyJ[\w-]*\./.test(token)) return problem('signedToken');
  if (!/^[\w-]+$/.test(token)) return problem('strangeCharacter');
  if (/^cfk_/i.test(token) || /^[0-9a-f]{37,45}$/i.test(token)) return problem('globalKey');
  if (token.length < 20) return problem('tooShort');
  return { ok: true, token };
}

function problem(value: ApiTokenProblem): ApiTokenResult {
  return { ok: false, problem: value };
}
