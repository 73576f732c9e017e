/** What came back from a question. Esc, a click elsewhere and a closed window all count as cancel. */
export type Reply<T> =
  | { readonly kind: 'answer'; readonly value: T }
  | { readonly kind: 'back' }
  | { readonly kind: 'cancel' };

/** Where a question stands in a wizard; shown as "2/4". */
export interface Position {
  readonly step: number;
  readonly total: number;
}

/** A codicon's name, e.g. `key`. */
export type Icon = string;

/** A small button at the right of a title. Pressing it answers nothing; a text it comes back with is put into the box. */
export interface Button {
  readonly icon: Icon;
  readonly tooltip: string;
  readonly press: () => Promise<string | undefined> | undefined;
}

interface Question {
  readonly title: string;
  /** Said in the empty box. Screen readers read it when the title goes unread, so it asks the question. */
  readonly placeholder: string;
  readonly position?: Position;
  readonly canGoBack?: boolean;
  readonly buttons?: readonly Button[];
}

export interface Choice<T> {
  readonly label: string;
  readonly value: T;
  readonly icon?: Icon;
  readonly description?: string;
  readonly detail?: string;
  /** Stays while the list is filtered. */
  readonly alwaysShow?: boolean;
  /** Only says something: whoever has typed and presses Enter on it means what was typed. */
  readonly note?: true;
  /** At the end of the line. Keyboards reach them badly, so each must also be a line somewhere. */
  readonly buttons?: readonly ChoiceButton<T>[];
}

/** Another answer that a line offers. */
export interface ChoiceButton<T> {
  readonly icon: Icon;
  readonly tooltip: string;
  readonly value: T;
}

/** A thin line with a word in it between choices. */
export interface Heading {
  readonly heading: string;
}

export type Entry<T> = Choice<T> | Heading;

export interface PickQuestion<T> extends Question {
  readonly choices: readonly Entry<T>[];
  /** More choices as they arrive, each list in place of the one before; the box shows busy until the last. */
  readonly load?: (signal: AbortSignal) => AsyncIterable<readonly Entry<T>[]>;
  /** Choices made of what is typed, shown above the others. */
  readonly typed?: (text: string) => readonly Choice<T>[];
  /** Which choice is highlighted at first. */
  readonly active?: (value: T) => boolean;
  /** Done after Enter with the box still there, busy; Esc meanwhile aborts it. An error is shown and keeps the box open. */
  readonly check?: (value: T, signal: AbortSignal) => Promise<Verdict | undefined>;
}

/** A list from which any number can be ticked. */
export interface ManyQuestion<T> extends Question {
  readonly choices: readonly Entry<T>[];
  /** Which choices are ticked at first. */
  readonly ticked: (value: T) => boolean;
}

/** What is said about an answer. */
export interface Verdict {
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
}

export interface InputQuestion extends Question {
  /** One sentence under the box. */
  readonly prompt: string;
  readonly value?: string;
  /** The text is not shown, and is never filled in again. */
  readonly secret?: boolean;
  /** Judges the text while it is typed and again on Enter. An error keeps the box open. */
  readonly validate: (text: string) => Verdict | undefined;
  /** Like `validate`, on Enter only and with the box busy: for what needs the network. */
  readonly check?: (text: string, signal: AbortSignal) => Promise<Verdict | undefined>;
}

export interface Confirmation {
  readonly question: string;
  readonly detail: string;
  /** The label of the one button besides Cancel. */
  readonly action: string;
}

/** A file that a person chose: its text, or why there is none. */
export type ChosenFile =
  | { readonly name: string; readonly text: string }
  | { readonly name: string; readonly problem: 'tooLarge' | 'unreadable' };

/** How a flow asks a person. */
export interface Prompter {
  pick<T>(question: PickQuestion<T>): Promise<Reply<T>>;
  /** The answer is what is ticked, in the order of the list; it may be nothing. */
  pickMany<T>(question: ManyQuestion<T>): Promise<Reply<readonly T[]>>;
  input(question: InputQuestion): Promise<Reply<string>>;
  /** A modal. Only for what can't be undone or leaves this machine. */
  confirm(confirmation: Confirmation): Promise<boolean>;
  /** A few seconds in the status bar: for what went well and can be seen anyway. */
  mention(sentence: string): void;
  /** A notification: for what a person must know although nothing on the screen shows it. */
  tell(sentence: string): void;
  openExternal(url: string): void;
  readClipboard(): Promise<string>;
  writeClipboard(text: string): Promise<void>;
  /** Lets a person choose a file of at most 1 MiB; undefined when they choose none. */
  chooseFile(question: { readonly title: string; readonly action: string }): Promise<ChosenFile | undefined>;
  /** Writes a text into a file that the person chooses: whether it is there now, or undefined when they chose none. */
  saveFile(question: { readonly title: string; readonly text: string }): Promise<boolean | undefined>;
  /** Shows that something is under way while it is, and how far when `say` is told; cancelling it there aborts the signal. */
  busy<T>(sentence: string, work: (signal: AbortSignal, say: (text: string) => void) => Promise<T>): Promise<T>;
}

export function answer<T>(value: T): Reply<T> {
  return { kind: 'answer', value };
}

/** The answer of a reply, turned into something else; back and cancel pass through. */
export function mapReply<A, B>(reply: Reply<A>, map: (value: A) => B): Reply<B> {
  return reply.kind === 'answer' ? answer(map(reply.value)) : reply;
}
