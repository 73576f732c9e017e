/** What a link in a hover does. */
export type HoverAct =
  | 'signVideo'
  | 'signAgain'
  | 'copyId'
  | 'copyUrl'
  | 'showVideo'
  | 'refreshVideo'
  | 'openClaims'
  | 'resignToken'
  | 'copyTokenUrl'
  | 'testViewer';

export interface HoverAction {
  readonly act: HoverAct;
  readonly label: string;
}

/** What a hover says, as plain text. Everything in it may come from a stranger: only what escapes may write it. */
export interface HoverCard {
  readonly headline: string;
  /** One paragraph each. */
  readonly sentences: readonly string[];
  /** One line each; the subject is of our own words. */
  readonly lines: readonly { readonly subject: string; readonly text: string }[];
  /** Access rules in their order, with what follows from none of them at the end. */
  readonly rules: readonly string[];
  /** What is odd, one paragraph each. */
  readonly notes: readonly string[];
  /** The address of a picture. */
  readonly thumbnail?: string;
  readonly actions: readonly HoverAction[];
}
