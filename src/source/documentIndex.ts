import type { Span } from './anchor';
import { findIds } from './findIds';
import { findTokens } from './findTokens';
import { type IdContext, idContext, type Lines, LOOK_BACK } from './idContext';
import { isGenerated } from './isGenerated';
import { readStreamToken, type StreamToken } from './streamToken';

/** A line with something on it; places in UTF-16 units. */
export interface Row {
  readonly line: number;
  /** Where the ids begin that stand in no token. */
  readonly ids: readonly number[];
  readonly tokens: readonly Span[];
}

/** One replacement, as editors report it: lines `start` to `end` (both included) became `lines` lines. */
export interface LineChange {
  readonly start: number;
  readonly end: number;
  readonly lines: number;
  /** How many characters (UTF-16) more there are than before. */
  readonly growth: number;
}

/** Where ids and tokens stand in a document: found once, and then kept up by its changes. */
export interface DocumentIndex {
  /** In the order of their lines; empty for a document over the limits. */
  readonly rows: readonly Row[];
  readonly tooLarge: boolean;
  /** Whether a program made the document, so that no id in it is anybody's. */
  readonly generated: boolean;
  row(line: number): Row | undefined;
  /** Why each id of a row is taken for one of Stream, if it is. Found when it is first asked for. */
  contexts(row: Row): readonly (IdContext | undefined)[];
  /** What each token of a row says; `undefined` for one that is not of Stream. Read when it is first asked for. */
  tokens(row: Row): readonly (StreamToken | undefined)[];
  /** To be called with the document as it is after all of the changes. */
  update(changes: readonly LineChange[]): void;
}

export interface IndexOptions {
  /** The document's path, by which generated files are known. */
  readonly path: string;
  readonly deliveryOrigin?: string;
}

/** In characters. Beyond that a document is data, and searching it would be felt. */
export const MAX_LINE_CHARACTERS = 1_000_000;
export const MAX_DOCUMENT_CHARACTERS = 50_000_000;

/** Builds the index of a document by going through its lines once. */
export function createDocumentIndex(lines: Lines, { path, deliveryOrigin }: IndexOptions): DocumentIndex {
  const generated = isGenerated(path);
  let rows: MutableRow[] = [];
  let characters = 0;
  let tooLarge = false;
  let count = 0;
  build();

  function build(): void {
    rows = [];
    characters = 0;
    tooLarge = false;
    count = lines.count;
    for (let line = 0; line < count; line++) {
      const text = lines.text(line);
      characters += text.length + 1;
      if (text.length > MAX_LINE_CHARACTERS || characters > MAX_DOCUMENT_CHARACTERS) {
        giveUp();
        return;
      }
      const row = readRow(text, line);
      if (row !== undefined) rows.push(row);
    }
  }

  function giveUp(): void {
    rows = [];
    tooLarge = true;
  }

  return {
    get rows() {
      return rows;
    },
    get tooLarge() {
      return tooLarge;
    },
    generated,
    row(line) {
      const row = rows[firstFrom(rows, line)];
      return row?.line === line ? row : undefined;
    },
    contexts(row) {
      if (generated) return row.ids.map(() => undefined);
      const own = row as MutableRow;
      own.contexts ??= row.ids.map((start) => idContext(lines, row.line, start, deliveryOrigin));
      return own.contexts;
    },
    tokens(row) {
      const own = row as MutableRow;
      own.read ??= row.tokens.map((span) => readStreamToken(lines.text(row.line), span, deliveryOrigin));
      return own.read;
    },
    update(changes) {
      if (tooLarge) {
        if (changes.some(({ growth }) => growth < 0)) build();
        return;
      }
      const stale: Stale[] = [];
      for (const change of changes) {
        shift(rows, stale, change);
        count += change.lines - (change.end - change.start + 1);
        characters += change.growth;
      }
      // Never seen; but a document that does not match its changes must not be pointed into.
      if (count !== lines.count) {
        build();
        return;
      }
      if (characters > MAX_DOCUMENT_CHARACTERS) {
        giveUp();
        return;
      }
      for (const { start, end } of stale) {
        const fresh: MutableRow[] = [];
        for (let line = start; line <= end; line++) {
          const text = lines.text(line);
          if (text.length > MAX_LINE_CHARACTERS) {
            giveUp();
            return;
          }
          const row = readRow(text, line);
          if (row !== undefined) fresh.push(row);
        }
        const from = firstFrom(rows, start);
        rows.splice(from, firstFrom(rows, end + 1) - from, ...fresh);
        forgetContexts(rows, from, end + LOOK_BACK);
      }
    },
  };
}

interface MutableRow {
  line: number;
  readonly ids: readonly number[];
  readonly tokens: readonly Span[];
  contexts?: readonly (IdContext | undefined)[] | undefined;
  read?: readonly (StreamToken | undefined)[];
}

interface Stale {
  start: number;
  end: number;
}

function readRow(text: string, line: number): MutableRow | undefined {
  const tokens = findTokens(text);
  const all = findIds(text);
  const ids =
    tokens.length === 0
      ? all
      : all.filter((start) => !tokens.some((token) => token.start <= start && start < token.end));
  return ids.length === 0 && tokens.length === 0 ? undefined : { line, ids, tokens };
}

/** Moves what stands behind a change, and notes which lines must be read again. */
function shift(rows: MutableRow[], stale: Stale[], { start, end, lines }: LineChange): void {
  const growth = lines - (end - start + 1);
  const from = firstFrom(rows, start);
  const behind = firstFrom(rows, end + 1);
  rows.splice(from, behind - from);
  if (growth !== 0) {
    for (let at = from; at < rows.length; at++) {
      const row = rows[at];
      if (row !== undefined) row.line += growth;
    }
  }
  const last = start + lines - 1;
  for (const old of stale) {
    // What was stale inside the change is read again with it.
    if (old.start > end) old.start += growth;
    else old.start = Math.min(old.start, start);
    if (old.end > end) old.end += growth;
    else if (old.end >= start) old.end = last;
  }
  stale.push({ start, end: last });
}

function forgetContexts(rows: readonly MutableRow[], from: number, lastLine: number): void {
  for (let at = from; at < rows.length; at++) {
    const row = rows[at];
    if (row === undefined || row.line > lastLine) return;
    row.contexts = undefined;
  }
}

/** The place of the first row at or behind a line. */
function firstFrom(rows: readonly Row[], line: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.line ?? line) < line) low = middle + 1;
    else high = middle;
  }
  return low;
}
