import { decodeBase64 } from './base64';
import { type DerReading, readKeyDer } from './keyDer';
import type { KeyProblem } from './signingKey';

/** The lines around the body (RFC 7468), wherever a line break got lost. */
const MARKER = /-----(BEGIN|END) ([A-Z0-9][A-Z0-9 ]{0,40})-----/g;

/** What the labels of other files say. */
const LABELS: readonly (readonly [RegExp, KeyProblem])[] = [
  [/^ENCRYPTED PRIVATE KEY$/, { code: 'encrypted' }],
  [/^EC PRIVATE KEY$/, { code: 'ec' }],
  [/^OPENSSH PRIVATE KEY$/, { code: 'openssh' }],
  [/PRIVATE KEY/, { code: 'otherKeyType' }],
  [/PUBLIC KEY$/, { code: 'publicKey' }],
  [/CERTIFICATE REQUEST$/, { code: 'certificateRequest' }],
  [/CERTIFICATE$/, { code: 'certificate' }],
  [/^PKCS12$|^PFX$/, { code: 'pkcs12' }],
  [/^AGE /, { code: 'age' }],
];
const FORMS: Readonly<Record<string, 'pkcs1' | 'pkcs8'>> = { 'RSA PRIVATE KEY': 'pkcs1', 'PRIVATE KEY': 'pkcs8' };

interface Block {
  readonly label: string;
  readonly body: string;
}

/** Whether a text has the lines that a PEM stands between, or what is left of them. */
export function looksLikePem(text: string): boolean {
  return /-----\s*(?:BEGIN|END)\b/.test(text);
}

/**
 * Reads the one private key in a text with PEM in it: over many lines or on one, with literal `\n`, quoted, indented,
 * with other text or a certificate beside it. Label and content have to agree.
 */
export function readPem(text: string): DerReading {
  const found = findBlocks(withoutEscapes(text));
  if (!found.ok) return found;
  const keys = found.blocks.filter(({ label }) => label.endsWith('PRIVATE KEY'));
  if (keys.length > 1) return refuse({ code: 'severalKeys', count: keys.length });
  const [block] = [...keys, ...found.blocks];
  if (block === undefined) return refuse({ code: 'damaged', part: 'pem' });
  const form = FORMS[block.label];
  if (form === undefined) {
    return refuse(LABELS.find(([label]) => label.test(block.label))?.[1] ?? { code: 'otherKeyType' });
  }
  // RFC 1421: how PKCS#1 was encrypted before PKCS#8.
  if (/ENCRYPTED|DEK-Info/.test(block.body)) return refuse({ code: 'encrypted' });
  const bytes = decodeBase64(block.body.replace(/[\s"'`]+/g, ''));
  if (bytes === undefined) return refuse({ code: 'damaged', part: 'pem' });
  const reading = readKeyDer(bytes);
  return reading.ok && reading.form !== form ? refuse({ code: 'labelDiffers' }) : reading;
}

/** What stands around the PEMs in a text, with an empty value in the place of each. */
export function aroundPem(text: string): string {
  const pieces = text.split(MARKER);
  // Between the pieces stand the two groups of each marker.
  return pieces.filter((_, at) => at % 3 === 0 && pieces[at - 2] !== 'BEGIN').join('""');
}

/**
 * The text inside string literals, of which there may be one for each line. Base64 has no backslash: each one is from
 * a literal, escaped once or more.
 */
function withoutEscapes(text: string): string {
  return text
    .replace(/(["'`])\s*[+,]\s*\1/g, '')
    .replace(/\\{1,8}[nrt]/g, '\n')
    .replaceAll('\\', '');
}

type Blocks =
  | { readonly ok: true; readonly blocks: readonly Block[] }
  | { readonly ok: false; readonly problem: KeyProblem };

function findBlocks(text: string): Blocks {
  const markers = [...text.matchAll(MARKER)];
  const blocks: Block[] = [];
  for (let at = 0; at < markers.length; at += 2) {
    const [begin, end] = [markers[at], markers[at + 1]];
    if (begin?.[1] !== 'BEGIN' || end?.[1] !== 'END') return refuse({ code: 'cutOff' });
    if (begin[2] !== end[2]) return refuse({ code: 'damaged', part: 'pem' });
    blocks.push({ label: begin[2] ?? '', body: text.slice(begin.index + begin[0].length, end.index) });
  }
  return { ok: true, blocks };
}

function refuse(problem: KeyProblem): { readonly ok: false; readonly problem: KeyProblem } {
  return { ok: false, problem };
}
