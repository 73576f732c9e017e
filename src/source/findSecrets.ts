import type { Span } from './anchor';

/** A secret that stands in a text, without the quotes around it. */
export interface FoundSecret extends Span {
  readonly kind: 'apiToken' | 'globalKey' | 'signingKey';
  readonly text: string;
  /** The name left of it on its line: of a variable, a field, a header. */
  readonly name?: string;
}

interface Pattern {
  readonly kind: FoundSecret['kind'];
  /** The secret is the first group, or all of it. */
  readonly pattern: RegExp;
  readonly fits?: (text: string) => boolean;
}

/**
 * What gives itself away comes first; then what only its name tells. Tokens from before 2026 are 40 characters of any kind,
 * a Global API Key 37 hex digits: both look like much else. Every run has an end: one without overflows the stack of the
 * expression in a text of some megabytes.
 */
const PATTERNS: readonly Pattern[] = [
  {
    kind: 'signingKey',
    pattern: /-----BEGIN (?:RSA )?PRIVATE KEY-----[\w+/=\\\s]{100,12000}-----END (?:RSA )?PRIVATE KEY-----/g,
  },
  { kind: 'signingKey', pattern: /(?<![\w+/-])LS0tLS1CRUdJTi[A-Za-z0-9+/_-]{300,12000}={0,2}/g },
  {
    kind: 'signingKey',
    pattern: /(?<![\w+/-])(?:eyJ|ewo|eyA)[A-Za-z0-9+/_-]{300,12000}={0,2}(?![\w.])/g,
    fits: isEncodedKey,
  },
  { kind: 'signingKey', pattern: /\{[^{}]{300,12000}\}/g, fits: isPrivateJwk },
  { kind: 'apiToken', pattern: /(?<![\w-])cf(?:ut|at|oat)_[\w-]{20,500}/g },
  { kind: 'globalKey', pattern: /(?<![\w-])cfk_[\w-]{20,500}/g },
  { kind: 'apiToken', pattern: /\bBearer\s{1,4}([\w-]{40})(?![\w.-])/gi, fits: isOldApiToken },
  { kind: 'globalKey', pattern: /key\\?["'`]?\s{0,8}[:=,]\s{0,8}\\?["'`]?([0-9a-f]{37})(?![\w-])/gi },
  {
    kind: 'apiToken',
    pattern: /token\\?["'`]?\s{0,8}[:=,]\s{0,8}\\?["'`]?([\w-]{40})(?![\w.-])/gi,
    fits: isOldApiToken,
  },
];

/** The secrets in a text that an account can be given, in the order in which they stand there. Finds each once. */
export function findSecrets(text: string): readonly FoundSecret[] {
  const found: FoundSecret[] = [];
  for (const { kind, pattern, fits } of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const secret = match[1] ?? match[0];
      const start = match.index + match[0].length - secret.length;
      const end = start + secret.length;
      const isPartOfAnother = found.some((other) => start < other.end && other.start < end);
      if (isPartOfAnother || fits?.(secret) === false) continue;
      const name = nameBefore(text, start);
      found.push({ kind, text: secret, start, end, ...(name !== undefined && { name }) });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** How far left of a secret its name may begin. */
const MAX_BEFORE = 200;

/** The name that a value is given on its line. */
export function nameBefore(text: string, start: number): string | undefined {
  const line =
    text
      .slice(Math.max(0, start - MAX_BEFORE), start)
      .split(/[\r\n]/)
      .at(-1) ?? '';
  return /([A-Za-z_][\w-]*)\\?["'`]?\]?\s*(?:[:=]|=>|:=)\s*(?:\\?["'`(]|[rbfu]["'])*$/.exec(line)?.[1];
}

/** As many characters as API tokens had, and something else: a SHA-1, or a token that says whose it is. */
const FOREIGN = /^(?:[0-9a-fA-F]{40}$|gh[opsur]_|github_pat_|glpat-|npm_|sk-|xox[a-z]-)/;

/** Whether a text can be an API token as they were until 2026: they have no mark, only their length. */
export function isOldApiToken(text: string): boolean {
  return /^[\w-]{40}$/.test(text) && !FOREIGN.test(text);
}

/** Base64 of a private JWK, the form in which Cloudflare hands out a signing key. */
function isEncodedKey(text: string): boolean {
  try {
    return isPrivateJwk(atob(text.replaceAll('-', '+').replaceAll('_', '/')));
  } catch {
    return false;
  }
}

function isPrivateJwk(text: string): boolean {
  return /"kty"\s*:\s*"RSA"/.test(text) && /"d"\s*:\s*"/.test(text);
}

/** Whether a signing key is a PEM, plain or in base64, rather than a JWK. */
export function isPem(key: string): boolean {
  return /^(?:LS0t|-----)/.test(key);
}
