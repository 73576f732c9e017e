import { isId } from '../id';
import { decodeBase64 } from './base64';
import { checkNumbers, numberWarnings } from './checkNumbers';
import { type DerReading, readKeyDer } from './keyDer';
import { type JwkReading, readJwk } from './keyJwk';
import { keyIdsAmong, namesHalf } from './keyNames';
import { aroundPem, looksLikePem, readPem } from './keyPem';
import { cleanKeyText, type NamedValue, namedValues } from './keyText';
import type { KeyNumbers, KeyProblem, KeyResult } from './signingKey';
import { splitJson } from './splitJson';

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
  [/^---- BEGIN SSH2 ENCRYPTED PRIVATE KEY/m, { code: 'encrypted' }],
  [/^PuTTY-User-Key-File-/m, { code: 'putty' }],
  [/AGE-SECRET-KEY-1|^age-encryption\.org/m, { code: 'age' }],
  [/^(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-\S{1,40}) AAAA|^---- BEGIN SSH2/m, { code: 'publicKey' }],
  [/^(?:Bearer )?eyJ[\w-]+\.[\w-]+\.[\w-]*$/, { code: 'signedToken' }],
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the version 3 that such a file begins with
  [/^0\ufffd.{1,3}\x02\x01\x030/s, { code: 'pkcs12' }],
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the version 3 of a certificate
  [/^0\ufffd.{1,3}0\ufffd.{1,3}\ufffd\x03\x02\x01\x02\x02/s, { code: 'certificate' }],
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the object identifiers of PKCS#5 and PKCS#12
  [/^0\ufffd.{1,3}0.{1,3}\x06[\t\n]\*\ufffdH\ufffd\ufffd\r\x01[\x05 ]/s, { code: 'encrypted' }],
];

/** How base64 of a PEM, of JSON and of DER begins. */
const LIKELY = /^(?:LS0tLS|eyJ|ew[og]|MII)/;
const SIGNED_TOKEN = /^[\w-]+\.[\w-]+\./;
/** Braces around names without quotes are source code. */
const DAMAGED_JSON = /^\{(?!\s*\w)|"(?:kty|jwk|pem)"/;
/** What answers of the API have, with a key in them or without. */
const ANSWER_MEMBERS = ['success', 'result', 'id', 'keys'];
/** What may stand beside a key: other text, and what is public of this key or another. */
const NO_KEY: readonly KeyProblem['code'][] = ['noKey', 'answerWithoutKey'];
const PUBLIC: readonly KeyProblem['code'][] = ['publicKey', 'certificate', 'certificateRequest'];

/** A key before it is checked, and the ids that stand beside it. */
type Found =
  | { readonly ok: true; readonly form: 'jwk' | 'pem'; readonly key: KeyNumbers; readonly ids: readonly unknown[] }
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
  const { objects, rest } = splitJson(text);
  const inJson = objects.map((object) => readJson(object, depth + 1));
  const keysInJson = withoutStrangers(inJson);
  if (keysInJson.length === 0) {
    const foreign = FOREIGN.find(([sign]) => sign.test(text));
    if (foreign !== undefined) return refuse(foreign[1]);
    if (BINARY.test(text)) return refuse({ code: 'binary' });
  }
  const whole = looksLikePem(rest) ? [...keysInJson, fromDer(readPem(rest))] : keysInJson;
  if (whole.length === 0 && DAMAGED_JSON.test(rest)) return refuse({ code: 'damaged', part: 'json' });
  const values = namedValues(aroundPem(rest));
  const found = [...whole, ...withoutStrangers(readValues(values, depth + 1))];
  if (found.length > 0) return withIds(agree(found), keyIdsAmong(values));
  const [nothing] = inJson;
  if (nothing !== undefined) return inJson.find((part) => !part.ok && part.problem.code !== 'noKey') ?? nothing;
  const [bare = '', named = bare] = values.filter(([name]) => !/id$/i.test(name)).map(([, value]) => value);
  return withIds(readBase64(named, depth + 1), keyIdsAmong(values));
}

/** Reads those values that are named as keys; when there are none, those that begin like one. */
function readValues(values: readonly NamedValue[], depth: number): readonly Found[] {
  const named = values.filter(([name, value]) => namesHalf(name) || (name === '' && isLikely(value)));
  const given = named.length > 0 ? named : values.filter(([, value]) => isLikely(value));
  // What has no name may be the whole text, which is not to be read as a text once more.
  return given.map(([name, value]) => (name === '' ? readBase64 : readText)(value, depth));
}

function readJson(value: unknown, depth: number): Found {
  if (depth > MAX_DEPTH) return refuse({ code: 'noKey' });
  if (typeof value === 'string') return readText(value, depth);
  if (Array.isArray(value)) return readNested(value.filter(isObject), depth) ?? refuse({ code: 'noKey' });
  if (!isObject(value)) return refuse({ code: 'noKey' });
  const members = Object.entries(value).filter(([, member]) => member !== null && member !== '');
  const own = 'kty' in value ? [fromJwk(readJwk(value))] : [];
  const halves = members.filter(([name, member]) => namesHalf(name) || (isText(member) && looksLikePem(member)));
  const found = [...own, ...halves.map(([, half]) => readJson(half, depth + 1))];
  // Elsewhere than in Cloudflare's answer, a plain id may be that of anything.
  const id = 'jwk' in value || 'pem' in value ? [value.id] : [];
  if (found.length > 0) return withIds(agree(found), [...keyIdsAmong(members), ...id]);
  const inner = members.map(([, member]) => member).filter((member) => !isText(member) || isLikely(member));
  const nested = readNested(inner, depth);
  if (nested !== undefined) return withIds(nested, keyIdsAmong(members));
  return refuse({ code: ANSWER_MEMBERS.some((name) => name in value) ? 'answerWithoutKey' : 'noKey' });
}

function readNested(values: readonly unknown[], depth: number): Found | undefined {
  const found = withoutStrangers(values.map((value) => readJson(value, depth + 1)));
  return found.length > 0 ? agree(found) : undefined;
}

function withoutStrangers(found: readonly Found[]): readonly Found[] {
  return found.filter((part) => part.ok || !NO_KEY.includes(part.problem.code));
}

/** One key out of all that were found: they have to be the same, whatever form each has. */
function agree(found: readonly Found[]): Found {
  const keys = found.filter((part) => part.ok);
  const [first, ...more] = keys;
  const refused = found.filter((part) => !part.ok);
  const broken = refused.find(({ problem }) => !PUBLIC.includes(problem.code));
  if (broken !== undefined || first === undefined) return broken ?? refused[0] ?? refuse({ code: 'noKey' });
  const others = more.filter(({ key }) => key.n !== first.key.n || key.e !== first.key.e);
  if (others.some(({ form }) => form === first.form)) {
    return refuse({ code: 'severalKeys', count: new Set(keys.map(({ key }) => key.n)).size });
  }
  const same = others.length === 0 && more.every(({ key }) => checkNumbers(key) === undefined);
  return same ? { ...first, ids: keys.flatMap(({ ids }) => ids) } : refuse({ code: 'halvesDiffer' });
}

function readBase64(text: string, depth: number): Found {
  const base64 = text.replace(/\\{1,8}[nrt]|\\|\s+/g, '');
  const likely = LIKELY.test(base64);
  if (likely && /\.\.\.$|…$/.test(base64)) return refuse({ code: 'cutOff' });
  // The sample is damaged further on, and may not even be base64 as a whole.
  const start = new TextDecoder('latin1').decode(decodeBase64(base64.slice(0, 256)));
  if (start.includes(SAMPLE_MODULUS)) return refuse(SAMPLE);
  const bytes = decodeBase64(base64);
  if (bytes === undefined) return refuse(likely ? { code: 'damaged', part: 'base64' } : { code: 'noKey' });
  if (base64.startsWith('MII')) return fromDer(readKeyDer(bytes));
  let inner: string;
  try {
    inner = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse(likely ? { code: 'damaged', part: 'base64' } : { code: 'noKey' });
  }
  const found = readText(inner, depth + 1);
  const damagedInside = !found.ok && found.problem.code === 'damaged' && found.problem.part === 'json';
  // Whoever pasted base64 sees no brace of what is in it.
  if (damagedInside)
    return refuse(inner.trimEnd().endsWith('}') ? { code: 'damaged', part: 'base64' } : { code: 'cutOff' });
  return found;
}

function isLikely(text: string): boolean {
  return LIKELY.test(text) && !SIGNED_TOKEN.test(text);
}

function fromDer(reading: DerReading): Found {
  return reading.ok ? { ok: true, form: 'pem', key: reading.key, ids: [] } : reading;
}

function fromJwk(reading: JwkReading): Found {
  return reading.ok ? { ok: true, form: 'jwk', key: reading.key, ids: [reading.kid] } : reading;
}

function withIds(found: Found, ids: readonly unknown[]): Found {
  return found.ok ? { ...found, ids: [...found.ids, ...ids] } : found;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuse(problem: KeyProblem): { readonly ok: false; readonly problem: KeyProblem } {
  return { ok: false, problem };
}
