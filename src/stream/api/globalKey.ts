import { withoutZeroWidth } from '../zeroWidth';
import { barePasted, type PastedProblem } from './pastedSecret';

/** Why a text is no Global API Key. Never carries the text itself. */
export type GlobalKeyProblem = PastedProblem | 'apiToken' | 'tooShort';

export type GlobalKeyResult =
  /** `usual`: it looks as these keys do. Another form may exist, so only Cloudflare can say no to it. */
  | { readonly ok: true; readonly key: string; readonly usual: boolean }
  | { readonly ok: false; readonly problem: GlobalKeyProblem };

/**
 * Cleans a pasted Global API Key, as `cleanApiToken` does a token: drops a variable's or header's name, quotes, blanks and
 * line breaks around it.
 *
 * Formats: 37 to 45 hex digits, or `cfk_` and more.
 * https://developers.cloudflare.com/fundamentals/api/get-started/token-formats/
 */
export function cleanGlobalKey(text: string): GlobalKeyResult {
  const bare = barePasted(text, /^(?:export\s+)?[A-Z_]*KEY\s*[=:]\s*/i);
  if (!bare.ok) return bare;
  const key = bare.text;
  if (/^cf(?:ut|at|oat)_/i.test(key)) return { ok: false, problem: 'apiToken' };
  if (key.length < 20) return { ok: false, problem: 'tooShort' };
  return { ok: true, key, usual: /^cfk_|^[0-9a-f]{37,45}$/i.test(key) };
}

/** Why a text is no e-mail address that can travel in a header. */
export type EmailProblem = 'empty' | 'several' | 'brackets' | 'noAt' | 'strangeCharacter' | 'tooLong';

export type EmailResult =
  | { readonly ok: true; readonly email: string }
  | { readonly ok: false; readonly problem: EmailProblem };

/** The longest address there can be (RFC 5321, section 4.5.3.1.3, less the angle brackets). */
const MAX_EMAIL = 254;

/**
 * Cleans a typed e-mail address: drops blanks, quotes, `mailto:` and a variable's or header's name around it. Whether it
 * exists only Cloudflare knows; but it must fit into a header, which takes no more than Latin-1.
 */
export function cleanEmail(text: string): EmailResult {
  const email = withoutZeroWidth(text)
    .trim()
    .replace(/^(?:export\s+)?(?:X-Auth-Email|[A-Z_]*EMAIL)\s*[=:]\s*/i, '')
    .replace(/^["'`]+|(?<!["'`])["'`]+$/g, '')
    .replace(/^mailto:/i, '')
    .trim();
  if (email === '') return wrong('empty');
  if (email.length > MAX_EMAIL) return wrong('tooLong');
  if (/[<>]/.test(email)) return wrong('brackets');
  if (/[,;\s]/.test(email) && email.split('@').length > 2) return wrong('several');
  if (!/^[\x21-\x7e\xa1-\xff]+$/.test(email) || /[,;:"()[\]\\]/.test(email)) return wrong('strangeCharacter');
  return /^[^@]+@[^@]+$/.test(email) ? { ok: true, email } : wrong('noAt');
}

function wrong(problem: EmailProblem): EmailResult {
  return { ok: false, problem };
}
