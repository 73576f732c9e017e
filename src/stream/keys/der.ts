/** The kinds of DER element that the keys of this world begin with (X.690, identifier octets). */
export const TAG = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  sequence: 0x30,
  context0: 0xa0,
} as const;

export interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
}

/**
 * Reads DER elements that stand one after the other and fill the bytes exactly. `undefined` for anything that is not
 * strict DER: lengths that run out, are indefinite or longer than need be, tags of several bytes, bytes left over.
 */
export function readElements(bytes: Uint8Array): readonly Element[] | undefined {
  const elements: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at] ?? 0;
    const length = readLength(bytes, at + 1);
    if ((tag & 0x1f) === 0x1f || length === undefined) return undefined;
    const end = length.from + length.count;
    if (end > bytes.length) return undefined;
    elements.push({ tag, content: bytes.subarray(length.from, end) });
    at = end;
  }
  return elements;
}

function readLength(bytes: Uint8Array, at: number): { readonly from: number; readonly count: number } | undefined {
  const first = bytes[at];
  if (first === undefined) return undefined;
  if (first < 0x80) return { from: at + 1, count: first };
  const size = first & 0x7f;
  // Three bytes count up to 16 MB, and a key has a few thousand.
  if (size === 0 || size > 3 || at + 1 + size > bytes.length) return undefined;
  const count = bytes.subarray(at + 1, at + 1 + size).reduce((sum, byte) => sum * 256 + byte, 0);
  return count < 0x80 || bytes[at + 1] === 0 ? undefined : { from: at + 1 + size, count };
}

/** The bytes of an INTEGER without leading zeros; `undefined` when it is negative or longer than need be. */
export function readInteger({ tag, content }: Element): Uint8Array | undefined {
  const [first, second] = content;
  if (tag !== TAG.integer || first === undefined || first >= 0x80) return undefined;
  if (first !== 0) return content;
  if (second === undefined) return content.subarray(1);
  return second >= 0x80 ? content.subarray(1) : undefined;
}

/** Writes one element. */
export function writeElement(tag: number, content: Uint8Array): Uint8Array {
  const { length } = content;
  const size: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) size.unshift(rest % 256);
  const header = length < 0x80 ? [tag, length] : [tag, 0x80 | size.length, ...size];
  return joinBytes([Uint8Array.from(header), content]);
}

/** Writes a number, given as its bytes without leading zeros, as an INTEGER. */
export function writeInteger(bytes: Uint8Array): Uint8Array {
  const sign = (bytes[0] ?? 0x80) >= 0x80 ? [0] : [];
  return writeElement(TAG.integer, joinBytes([Uint8Array.from(sign), bytes]));
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
