/** A stretch of a document in UTF-16 offsets; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One replacement: the span as it was before, and how long what replaced it is. */
export interface Change extends Span {
  readonly length: number;
}

/**
 * Where a span stands after a change, or `undefined` when the change touched it, so that the place is not sure any more.
 * Text inserted exactly at an empty span's place stays before it, as if typed ahead of a cursor.
 */
export function moveSpan(span: Span, change: Change): Span | undefined {
  if (change.end <= span.start) {
    const shift = change.length - (change.end - change.start);
    return { start: span.start + shift, end: span.end + shift };
  }
  return change.start >= span.end ? span : undefined;
}
