import type { Comparison } from '../inspector/compareTokens';

/** The id that a signing was started from, where it stands in a document. */
export interface IdPlace {
  /**
   * `url`: the id of a URL that plays the video. `element`: the source of a player component. `constant`: a value that
   * code makes something of. `reference`: an address that names the video without playing it; a token is of no use there.
   * `token`: no id, but a token for it, wherever that stands.
   */
  readonly kind: 'url' | 'element' | 'constant' | 'reference' | 'token';
  /** The document's language as VS Code calls it, e.g. `typescriptreact`. */
  readonly language: string;
}

/**
 * Where a result goes. Made when the command starts, because by the time a token is there another editor may be in
 * front.
 */
export interface Output {
  /** Whether there is an editor to insert into; its selections are the place. */
  readonly canInsert: boolean;
  /** VS Code's id of the language of the document in front, e.g. `typescriptreact`. */
  readonly language?: string;
  /** Puts the text at the place that was remembered; false, and nothing changed, when that place is not sure any more. */
  insert(text: string): Promise<boolean>;
  /** The id that the signing was started from; absent when it was started elsewhere. */
  readonly idPlace?: IdPlace;
  /** Puts the text in place of that id; false, and nothing changed, when it is not sure any more. */
  replace(text: string): Promise<boolean>;
  copy(text: string): Promise<void>;
  /** Opens a read-only document. */
  show(title: string, text: string): Promise<void>;
  /** Opens two read-only documents side by side. */
  compare(comparison: Comparison): Promise<void>;
  /** Forgets the place. */
  dispose(): void;
}
