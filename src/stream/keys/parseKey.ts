import { isId } from '../id';
import { decodeBase64 } from './base64';
import { checkNumbers, numberWarnings } from './checkNumbers';
import { type DerReading, readKeyDer } from './keyDer';
import { readJwk } from './keyJwk';
import { looksLikePem, readPem } from './keyPem';
import { cleanKeyText, namedValues } from './keyText';
import type { KeyNumbers, KeyProblem, KeyResult } from './signingKey';

/** A key with its answer of the API around it has 8 KB. */
const MAX_CHARACTERS = 65_536;
/** A text in base64 in JSON in base64: nobody wraps deeper. */
const MAX_DEPTH = 8;
/** The modulus of the example in https://developers.cloudflare.com/stream/viewing-videos/securing-your-stream/ */
const SAMPLE_MODULUS = 'zkGmxBzAF2pH1DbZh2Tj2K';
const SAMPLE: KeyProblem = { code: 'documentationSample' };
// biome-ignore lint/suspicious/noControlCharactersInRegex: what no text has
const BINARY = /[\0-\x08\x0e-\x1f\x7f\ufffd]/;
const FOREIGN: readonly (readonly [RegExp, KeyProblem])[] = [
  [/^PuTTY-User-Key-File-/m, { code: 'putty' }],
  [/AGE-SECRET-KEY-1|^age-encryption\.org/m, { code: 'age' }],
  [/^(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-\S{1,40}) AAAA|^---- BEGIN SSH2/m, { code: 'publicKey' }],
  [/^(?:Bearer )?eyJ[\w-]+\.[\w-]+\.[\w-]*$/, { code: 'signedToken' }],
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the version 3 that such a file begins with
  [/^0\ufffd.{1,3}\x02\x01\x030/s, { code: 'pkcs12' }],
];

/** A key before it is checked, and the ids that stand beside it. */
type Found =
  | { readonly ok: true; readonly key: KeyNumbers; readonly ids: readonly unknown[] }
  | { readonly ok: false; readonly problem: KeyProblem };

/**
 * Reads a private RSA key out of a pasted or loaded text: the `jwk` or `pem` of Cloudflare's answer to
 * `POST …/stream/keys` (base64), the whole answer as JSON, a decoded JWK, a PKCS#1 or PKCS#8 PEM, a line of an
 * environment file; on one line or many, with literal `\n`, quotes, other line ends, blanks or a byte order mark. The
 * numbers are checked; whether an engine can sign with them is for proveKey. Never throws.
 */
export function parseKey(text: string): KeyResult {
  if (text.length > MAX_CHARACTERS) return refuse({ code: 'tooLarge', kilobytes: Math.ceil(text.length / 1024) });
  const found = readText(text, 0);
  if (!found.ok) return found;
  const { key, ids } = found;
  const problem = key.n.startsWith(SAMPLE_MODULUS) ? SAMPLE : checkNumbers(key);
  if (problem !== undefined) return refuse(problem);
  const named = ids.filter((id) => id !== undefined && id !== null && id !== '');
  const proper = new Set(named.map((id) => (typeof id === 'string' ? id.trim().toLowerCase() : '')).filter(isId));
  const [id] = proper;
  if (proper.size > 1) return refuse({ code: 'idsDiffer' });
  const warnings = numberWarnings(key);
  if (id !== undefined) return { ok: true, key, id, warnings };
  return { ok: true, key, warnings: named.length === 0 ? warnings : [...warnings, { code: 'strangeId' }] };
}

function readText(raw: string, depth: number): Found {
  const text = cleanKeyText(raw);
  if (text === '') return refuse({ code: depth === 0 ? 'empty' : 'noKey' });
  if (depth > MAX_DEPTH) return refuse({ code: 'noKey' });
  if (text.includes(SAMPLE_MODULUS)) return refuse(SAMPLE);
  const json = jsonIn(text);
  if (json !== undefined) return readJson(json, depth + 1);
  const foreign = FOREIGN.find(([sign]) => sign.test(text));
  if (foreign !== undefined) return refuse(foreign[1]);
  if (BINARY.test(text)) return refuse({ code: 'binary' });
  const values = [...namedValues(text)];
  const ids = values.filter(([name]) => /id$/i.test(name)).map(([, value]) => value);
  if (looksLikePem(text)) return withIds(readPem(text), ids);
  if (/^[{[]|"(?:kty|jwk|pem)"/.test(text)) return refuse({ code: 'damaged', part: 'json' });
  const jwk = values.find(([name]) => /jwk$/i.test(name))?.[1];
  const pem = values.find(([name]) => /pem$/i.test(name))?.[1];
  if (jwk !== undefined || pem !== undefined) return withIds(readHalves(jwk, pem, depth + 1), ids);
  const [bare = '', named = bare] = values.filter(([name]) => !/id$/i.test(name)).map(([, value]) => value);
  return withIds(readBase64(named, depth + 1), ids);
}

/** The JSON that a text is, or that stands somewhere in it, also as the inside of a string literal. */
function jsonIn(text: string): object | undefined {
  const inner = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1);
  for (const candidate of [text, inner]) {
    const json = /^[{[]/.test(candidate) ? parseJson(candidate) : undefined;
    if (isObject(json) || Array.isArray(json)) return json;
  }
  const literal = /^\{\s*\\/.test(inner) ? parseJson(`"${inner}"`) : undefined;
  return typeof literal === 'string' ? jsonIn(literal) : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The message of the error would quote the text.
    return undefined;
  }
}

function readJson(value: unknown, depth: number): Found {
  if (depth > MAX_DEPTH) return refuse({ code: 'noKey' });
  if (typeof value === 'string') return readText(value, depth);
  if (Array.isArray(value)) {
    const [first, ...more] = value.filter(
      (entry) => isObject(entry) && ('kty' in entry || 'pem' in entry || 'jwk' in entry),
    );
    if (more.length > 0) return refuse({ code: 'severalKeys', count: more.length + 1 });
    return first === undefined ? refuse({ code: 'answerWithoutKey' }) : readJson(first, depth + 1);
  }
  if (!isObject(value)) return refuse({ code: 'noKey' });
  if ('kty' in value) {
    const reading = readJwk(value);
    return reading.ok ? { ok: true, key: reading.key, ids: [reading.kid] } : reading;
  }
  if (Array.isArray(value.keys)) return readJson(value.keys, depth + 1);
  const members = Object.entries(value);
  const jwk = members.find(([name]) => /jwk$/i.test(name))?.[1];
  const pem = members.find(([name]) => /pem$/i.test(name))?.[1];
  const ids = members.filter(([name]) => /id$/i.test(name)).map(([, id]) => id);
  if (jwk !== undefined || pem !== undefined) return withIds(readHalves(jwk, pem, depth + 1), ids);
  if (isObject(value.result) || Array.isArray(value.result)) return readJson(value.result, depth + 1);
  return refuse({ code: 'success' in value || 'id' in value ? 'answerWithoutKey' : 'noKey' });
}

/** Reads what there is of the two forms that Cloudflare returns a key in. They have to be the same key. */
function readHalves(jwk: unknown, pem: unknown, depth: number): Found {
  const [first, second] = [jwk, pem].filter((half) => half !== undefined).map((half) => readJson(half, depth));
  if (first === undefined || !first.ok) return first ?? refuse({ code: 'noKey' });
  if (second === undefined) return first;
  if (!second.ok) return second;
  const same = first.key.n === second.key.n && first.key.e === second.key.e && checkNumbers(second.key) === undefined;
  return same ? withIds(first, second.ids) : refuse({ code: 'halvesDiffer' });
}

function readBase64(text: string, depth: number): Found {
  const base64 = text.replace(/^[|>][+-]?\s+/, '').replace(/\\{1,8}[nrt]|\\|\s+/g, '');
  const likely = /^(?:LS0tLS|eyJ|ew[og]|MII)/.test(base64);
  if (likely && /\.\.\.$|…$/.test(base64)) return refuse({ code: 'cutOff' });
  // The sample is damaged further on, and may not even be base64 as a whole.
  const start = new TextDecoder('latin1').decode(decodeBase64(base64.slice(0, 256)));
  if (start.includes(SAMPLE_MODULUS)) return refuse(SAMPLE);
  const bytes = decodeBase64(base64);
  if (bytes === undefined) return refuse(likely ? { code: 'damaged', part: 'base64' } : { code: 'noKey' });
  if (base64.startsWith('MII')) return withIds(readKeyDer(bytes), []);
  try {
    return readText(new TextDecoder('utf-8', { fatal: true }).decode(bytes), depth + 1);
  } catch {
    return refuse(likely ? { code: 'damaged', part: 'base64' } : { code: 'noKey' });
  }
}

function withIds(found: DerReading | Found, ids: readonly unknown[]): Found {
  return found.ok ? { ok: true, key: found.key, ids: ['ids' in found ? found.ids : [], ids].flat() } : found;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuse(problem: KeyProblem): { readonly ok: false; readonly problem: KeyProblem } {
  return { ok: false, problem };
}
