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
  copy(text: string): Promise<void>;
  /** Opens a read-only document. */
  show(title: string, text: string): Promise<void>;
  /** Forgets the place. */
  dispose(): void;
}
