import type { LineChange } from '../../../src/source/documentIndex';
import type { Lines } from '../../../src/source/idContext';
import { lineChange } from '../../../src/source/lineChange';

type Place = readonly [line: number, character: number];

export interface TextEdit {
  readonly from: Place;
  readonly to: Place;
  readonly text: string;
}

/** A document in memory that is edited like one of VS Code: the changes of an event apply one after the other. */
export function editableDocument(initial: readonly string[]): {
  readonly lines: Lines;
  apply(edits: readonly TextEdit[]): readonly LineChange[];
  /** Edits at any offsets, brought into the document's bounds. */
  applyOffsets(edits: readonly { at: number; length: number; text: string }[]): readonly LineChange[];
} {
  const texts = [...initial];
  const apply = ({ from, to, text }: TextEdit): LineChange => {
    const removed = texts.slice(from[0], to[0] + 1).join('\n');
    const before = removed.slice(0, from[1]);
    const after = (texts[to[0]] ?? '').slice(to[1]);
    texts.splice(from[0], to[0] - from[0] + 1, ...`${before}${text}${after}`.split(/\r\n|\r|\n/));
    return lineChange(from[0], to[0], removed.length - before.length - after.length, text);
  };
  const placeAt = (offset: number): Place => {
    let left = offset;
    for (const [line, text] of texts.entries()) {
      if (left <= text.length) return [line, left];
      left -= text.length + 1;
    }
    return [texts.length - 1, texts.at(-1)?.length ?? 0];
  };
  return {
    lines: {
      get count() {
        return texts.length;
      },
      text: (line) => texts[line] ?? '',
    },
    apply: (edits) => edits.map(apply),
    applyOffsets: (edits) =>
      edits.map(({ at, length, text }) => {
        const size = texts.join('\n').length;
        const start = at % (size + 1);
        return apply({ from: placeAt(start), to: placeAt(Math.min(size, start + length)), text });
      }),
  };
}
