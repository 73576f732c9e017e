import type { Span } from '../source/anchor';

/** A stretch of a document around the selection, as it was when a command began. */
export interface Excerpt {
  /** As VS Code names languages. */
  readonly languageId: string;
  readonly text: string;
  /** What is selected, or the lines the cursor is on; offsets in `text`. */
  readonly selection: Span;
  readonly selected: boolean;
  /** Replaces a part of `text` where that stands now, in one undo step. False when it is not there any more, or can't be edited. */
  replace(part: Span, text: string): Promise<boolean>;
  dispose(): void;
}
