const HIDDEN = '[hidden]';
/**
 * What a secret looks like when nobody knows it is one; a first group stays. Order matters: a whole PEM before the
 * base64 inside it. No pattern looks back over a run of characters or can fail late in one: the time grows with the text.
 */
const PATTERNS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  // Base64 of JSON: tokens and signed URLs, with which anyone can watch, and a signing key's JWK as the API returns it.
  /eyJ[\w+/-]{8}[\w+/-]*={0,2}(?:\.[\w-]+){0,2}/g,
  // A signing key's PEM as the API returns it.
  /LS0tLS1CRUdJTi[A-Za-z0-9+/_=-]+/g,
  /cf(?:ut|at|k|oat)_[\w-]+/gi,
  /(\bBearer\s+)[^\s"',\\]+/gi,
  /(\b(?:authorization|x-auth-key|x-auth-email|x-auth-user-service-key|cookie|set-cookie)[\\"']*\s*[:=,]\s*[\\"']*)(?!Bearer\s)[^\s\\"',}][^\r\n\\"',}]*/gi,
  /("(?:d|p|q|dp|dq|qi|pem|jwk|token|apiToken|globalKey)\\*"\s*:\s*\\*")[^\\"]+/g,
];

/** Hides secrets in text that is about to be logged: the ones it was told about, in the forms they travel in, and what looks like one. */
export interface Redactor {
  /** Remembers a secret for as long as this window lives. */
  learn(secret: string): void;
  redact(text: string): string;
}

export function createRedactor(): Redactor {
  let known: readonly string[] = [];
  return {
    learn(secret) {
      // Longest first: of two secrets of which one begins like the other, the end must not stay behind.
      known = [...new Set([...known, ...formsOf(secret)])].sort((a, b) => b.length - a.length);
    },
    redact(text) {
      let hidden = text;
      for (const form of known) hidden = hidden.replaceAll(form, HIDDEN);
      for (const pattern of PATTERNS)
        hidden = hidden.replace(pattern, (_found, kept) => `${typeof kept === 'string' ? kept : ''}${HIDDEN}`);
      return hidden;
    },
  };
}

/** Shorter texts are no secrets of ours, and hiding them everywhere would make the log unreadable. */
const SHORTEST = 8;

function formsOf(secret: string): readonly string[] {
  if (secret.length < SHORTEST) return [];
  // Half a character can't be encoded.
  const text = secret.toWellFormed();
  const bytes = new TextEncoder().encode(text);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const json = JSON.stringify(text).slice(1, -1);
  const url = encodeURIComponent(text);
  return [
    ...[secret, json, JSON.stringify(json).slice(1, -1), url, encodeURIComponent(url), hex, hex.toUpperCase()],
    ...[0, 1, 2].flatMap((before) => base64Forms(bytes, before)),
  ];
}

/**
 * The characters of base64 that hold nothing but these bytes, when so many others stand before them. Where a group of
 * three begins depends on those, so that a secret has three forms inside a longer text that is encoded as a whole.
 */
function base64Forms(bytes: Uint8Array, before: number): readonly string[] {
  const binary = '\0'.repeat(before) + Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  const own = btoa(binary).slice(Math.ceil((before * 4) / 3), Math.floor((binary.length * 4) / 3));
  return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
}
