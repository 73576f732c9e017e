import { findStreamUrl } from './delivery/findStreamUrl';
import { isId } from './id';
import { readToken } from './token/claims';
import { findToken } from './token/findToken';

/** Why a text is not an id. Codes only: the sentences stand in flows/fieldSentences.ts. */
export type IdProblem =
  | { readonly code: 'empty' }
  | { readonly code: 'uuid' }
  | { readonly code: 'length'; readonly digits: number }
  | { readonly code: 'notHex' }
  | { readonly code: 'several' }
  | { readonly code: 'otherUrl' }
  | { readonly code: 'tokenWithoutVideo' }
  | { readonly code: 'tooLong' };

export type IdResult =
  | { readonly ok: true; readonly id: string; readonly from: 'id' | 'url' | 'token' }
  | { readonly ok: false; readonly problem: IdProblem };

/** Longest text that is looked at; an id or a signed URL is far below. */
const MAX_CHARACTERS = 16_384;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const HEX_RUNS = /(?<![0-9a-z])[0-9a-f]{32}(?![0-9a-z])/gi;

/**
 * Reads a video or live input id out of what a person typed or pasted: an id in any case with blanks around it, a
 * Stream URL, a dashboard or API URL, a token, or a URL with a token in it (the id is its `sub` claim).
 */
export function parseVideoId(text: string): IdResult {
  const trimmed = text.trim();
  if (trimmed.length > MAX_CHARACTERS) return problem({ code: 'tooLong' });
  const token = findToken(trimmed);
  if (token !== undefined) {
    const read = readToken(token.text);
    const subject = read.ok && typeof read.token.claims.sub === 'string' ? read.token.claims.sub : '';
    return isId(subject) ? { ok: true, id: subject, from: 'token' } : problem({ code: 'tokenWithoutVideo' });
  }
  const url = findStreamUrl(trimmed);
  if (url?.subject.kind === 'id') return { ok: true, id: url.subject.text, from: 'url' };
  return parseId(trimmed, /\/stream\/(?:videos\/|inputs\/|live_inputs\/)?([0-9a-f]{32})(?![0-9a-z])/i);
}

/** Reads an account id out of what a person typed or pasted: an id, or a URL of the dashboard or the API that holds it. */
export function parseAccountId(text: string): IdResult {
  const trimmed = text.trim();
  if (trimmed.length > MAX_CHARACTERS) return problem({ code: 'tooLong' });
  return parseId(
    trimmed,
    /^(?:https?:\/\/)?(?:dash\.cloudflare\.com|api\.cloudflare\.com\/client\/v4\/accounts)\/([0-9a-f]{32})(?![0-9a-z])/i,
  );
}

/** Reads the id of a signing key out of what a person typed or pasted: an id, or an address of the API that ends in it. */
export function parseKeyId(text: string): IdResult {
  const trimmed = text.trim();
  if (trimmed.length > MAX_CHARACTERS) return problem({ code: 'tooLong' });
  return parseId(trimmed, /\/stream\/keys\/([0-9a-f]{32})(?![0-9a-z])/i);
}

function parseId(text: string, inUrl: RegExp): IdResult {
  // As copied out of source code.
  const trimmed = text.replace(/^["'`]{1,3}|["'`,;]{1,5}$/g, '').trim();
  if (trimmed === '') return problem({ code: 'empty' });
  const bare = trimmed.toLowerCase();
  if (isId(bare)) return { ok: true, id: bare, from: 'id' };
  if (UUID.test(bare)) return problem({ code: 'uuid' });
  const fromUrl = /^(?:https?:\/\/)?(?:dash|api)\.cloudflare\.com\//i.test(trimmed) && inUrl.exec(trimmed)?.[1];
  if (fromUrl) return { ok: true, id: fromUrl.toLowerCase(), from: 'url' };
  if (/^https?:\/\//i.test(trimmed)) return problem({ code: 'otherUrl' });
  if ((trimmed.match(HEX_RUNS) ?? []).length > 1) return problem({ code: 'several' });
  if (/^[0-9a-f]+$/.test(bare)) return problem({ code: 'length', digits: bare.length });
  return problem({ code: 'notHex' });
}

function problem(value: IdProblem): IdResult {
  return { ok: false, problem: value };
}
