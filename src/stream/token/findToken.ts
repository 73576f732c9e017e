/** Longest text that is searched, in characters. */
const MAX_TEXT = 262_144;
/** Three base64url parts of which the first two begin like a JSON object; in front may be an escape such as `%2F`. */
const JWT = /(?:(?<![\w-])|(?<=%[\dA-Fa-f]{2}))eyJ[\w-]*\.eyJ[\w-]*\.[\w-]*/;
/** What Cloudflare's local simulator hands out instead of a token: one JSON object in standard base64, no dots. */
const SIMULATED = /^eyJ[A-Za-z0-9+/]{20,}={0,2}$/;

export interface FoundToken {
  /** The token without anything around it. */
  readonly text: string;
  /** What it was taken out of. */
  readonly source: 'bare' | 'url' | 'text';
}

/** A token on a line of its own. */
const WHOLE_LINE = /^["'`]?eyJ[\w-]*\.eyJ[\w-]*\.[\w-]+["'`]?[,;]?$/;

/**
 * Finds all different tokens in a text, in their order. Where there are fewer than two, what {@link findToken} finds: it
 * also knows damaged and broken ones.
 */
export function findTokens(text: string): readonly FoundToken[] {
  if (text.length > MAX_TEXT) return [];
  const lines = text.split(/[\r\n]+/).filter((line) => WHOLE_LINE.test(line.trim()));
  // Of one that is broken over lines, at most one line looks whole.
  const isOne = lines.length < 2 && /[\r\n]/.test(text.trim()) && findToken(text)?.source === 'bare';
  const everywhere = new RegExp(JWT, 'g');
  const words = isOne ? [] : Array.from(text.replace(/%2e/gi, '.').matchAll(everywhere), ([word]) => word);
  const found = [...new Set(words)].map((word) => findToken(word));
  if (found.length > 1) return found.filter((token) => token !== undefined);
  const only = findToken(text);
  return only === undefined ? [] : [only];
}

/**
 * Finds the token in what a person selected or pasted: bare, with `Bearer` or quotes, in a URL, percent-encoded, broken
 * over several lines, inside an answer of the API or a curl command. Nothing found means `undefined`.
 */
export function findToken(text: string): FoundToken | undefined {
  if (text.length > MAX_TEXT) return undefined;
  const trimmed = text
    .trim()
    .replace(/^Bearer\s+/i, '')
    .replace(/^["'`]+|(?<!["'`,;])["'`,;]+$/g, '');
  if (SIMULATED.test(trimmed)) return { text: trimmed, source: 'bare' };
  // A terminal or a mail breaks a long line anywhere; joined, it must be nothing but a token. One with too many or too
  // few parts is a token too: the decoder says what is missing.
  const lines = trimmed.split(/[\r\n]+/);
  const joined = lines.map((line) => line.trim()).join('');
  if (/^(?:eyJ|eyA|ewo)[\w-]*(?:\.[\w-]*)+$/.test(joined)) return { text: joined, source: 'bare' };
  for (const candidate of [trimmed, trimmed.replace(/%2e/gi, '.')]) {
    const found = JWT.exec(candidate);
    if (found !== null) {
      const [word = ''] = candidate
        .slice(0, found.index)
        .split(/[\s"'`]/)
        .slice(-1);
      return { text: found[0], source: /https?(?::\/\/|%3a%2f%2f)/i.test(word) ? 'url' : 'text' };
    }
  }
  return undefined;
}
