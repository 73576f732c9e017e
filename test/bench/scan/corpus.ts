import { createHash } from 'node:crypto';

/** How many video ids stand in {@link bigSource}. */
export const IDS = 1000;
const LINES = 100_000;

/**
 * A source file of some 10 MB and 100,000 lines with 1,000 ids in it, and with what resembles them: other digests, UUIDs, hex
 * inside identifiers, tokens. The same at every call.
 */
export function bigSource(): readonly string[] {
  const hex = (name: string) => createHash('sha512').update(name).digest('hex');
  return Array.from({ length: LINES }, (_, line) => {
    const digest = hex(String(line));
    if (line % (LINES / IDS) === 50)
      return `  const videoId${line} = '${digest.slice(0, 32)}'; // one of those that are looked for`;
    if (line % 97 === 0) return `  "sha256": "${digest.slice(0, 64)}", "sha1": "${digest.slice(64, 104)}",`;
    if (line % 101 === 0)
      return `  "id": "${digest.slice(0, 8)}-${digest.slice(8, 12)}-4${digest.slice(13, 16)}-a${digest.slice(17, 20)}-${digest.slice(20, 32)}",`;
    if (line % 103 === 0) return `  chunk_${digest.slice(0, 32)}(${digest.slice(32, 64).toUpperCase()});`;
    return `  if (options.enabled && state.count > ${line}) { return render(state, { depth: ${line % 7}, name: 'row ${line}' }); }`.padEnd(
      100,
    );
  });
}

/** Lines of nothing but hex digits: the worst there is for a scanner that skips. */
export function hexSource(): readonly string[] {
  return Array.from({ length: 10_000 }, (_, line) =>
    Array.from({ length: 8 }, (__, part) => createHash('sha512').update(`${line} ${part}`).digest('hex')).join(''),
  );
}

/** Runs of exactly 32 digits, one behind the other: every run must be looked at whole. */
export function idSource(): readonly string[] {
  return Array.from({ length: 10_000 }, (_, line) =>
    Array.from({ length: 32 }, (__, part) => createHash('md5').update(`${line} ${part}`).digest('hex')).join(' '),
  );
}
