import { withoutZeroWidth } from '../zeroWidth';

/** Escapes of addresses and of string literals. A token is plain ASCII, and so is what stands around it in them. */
const ESCAPE = /%([0-7][\da-fA-F])|\\u00([0-7][\da-fA-F])|\\([\\"'`/nrt])/g;
const WHITE: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** What stands between the lines of a long text in code and in mails, and what is left when it is away. */
const DECORATIONS: readonly (readonly [RegExp, string])[] = [
  // A line that goes on in the next one.
  [/\\(?=\s)/g, ''],
  // Literals that are put together. Not with a dot: it may as well be the one between the parts.
  [/(["'`])\s{0,200}[+&~]\s{0,200}\1/g, ''],
  // The same without a sign: two literals may be two tokens, so the gap stays.
  [/(["'`])(\s{1,200})\1/g, '$2'],
  // Marks of quotes, comments, tables and diffs.
  [/(?<!\S)(?:>{1,8}|(?:[|#*+]|\/\/)(?=\s))/g, ''],
  // Quoted-printable: a line of at most 76 characters that goes on in the next one, and what an equals sign is there.
  [/(?<=(?<!\S)\S{0,74}[\w.-])=(?=\s+[\w.-])/g, ''],
  [/=3D/g, '='],
];

/** A text with the marks of a diff right before its lines. Elsewhere the sign may belong to base64. */
const DIFF = /^\s*(?:\+|@@ -)|(?<!\S)\+e[yw]/;

/**
 * A pasted text without what an address, JSON, YAML, code or a mail put around and between its characters: up to two
 * layers of escapes, and the decoration of lines. Line breaks are not needed for it, as an input box makes blanks of them.
 */
export function plainText(text: string): string {
  let plain = resolveEscapes(resolveEscapes(withoutZeroWidth(text)));
  if (DIFF.test(plain)) plain = plain.replace(/(?<!\S)\+/g, '');
  for (const [decoration, instead] of DECORATIONS) plain = plain.replace(decoration, instead);
  return plain;
}

function resolveEscapes(text: string): string {
  return text.replace(ESCAPE, (_, percent?: string, unicode?: string, literal = '') => {
    const code = percent ?? unicode;
    return code === undefined ? (WHITE[literal] ?? literal) : String.fromCharCode(Number.parseInt(code, 16));
  });
}
