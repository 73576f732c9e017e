import { withoutZeroWidth } from '../zeroWidth';

/** Longest secret that is looked at; Cloudflare's are far below. */
export const MAX_CHARACTERS = 512;

/** Why a pasted text is no secret of any kind. Never carries the text itself. */
export type PastedProblem = 'empty' | 'innerBlank' | 'strangeCharacter' | 'signedToken' | 'privateKey' | 'tooLong';

/**
 * What is left of a pasted secret without the variable's or header's name before it, `Bearer`, quotes, blanks and line
 * breaks. It must be safe in a header: `Headers` puts a value it refuses into its error message, and from there a secret
 * would reach a log.
 *
 * @param name what may stand before `=` or `:`
 */
export function barePasted(
  text: string,
  name: RegExp,
): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: PastedProblem } {
  const visible = withoutZeroWidth(text).trim();
  if (/-----BEGIN /.test(visible)) return problem('privateKey');
  const bare = visible
    .replace(name, '')
    .replace(/^["'`]+/, '')
    .replace(/^(?:Authorization|X-Auth-Key)\s*:\s*/i, '')
    .replace(/^Bearer\s+/i, '')
    .replace(/^["'`]+|(?<!["'`,;])["'`,;]+$/g, '')
    .trim();
  if (bare === '' || /^Bearer$/i.test(bare)) return problem('empty');
  if (bare.length > MAX_CHARACTERS) return problem(/^eyJ/.test(bare) ? 'signedToken' : 'tooLong');
  if (/\s/.test(bare)) return problem('innerBlank');
  if (/^eyJ[\w-]*\./.test(bare)) return problem('signedToken');
  if (!/^[\w-]+$/.test(bare)) return problem('strangeCharacter');
  return { ok: true, text: bare };
}

function problem(value: PastedProblem) {
  return { ok: false, problem: value } as const;
}
