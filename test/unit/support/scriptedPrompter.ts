import assert from 'node:assert/strict';
import type {
  Choice,
  ChosenFile,
  Confirmation,
  Entry,
  InputQuestion,
  ManyQuestion,
  PickQuestion,
  Prompter,
  Reply,
} from '../../../src/flows/prompter';

/** What the person does at one question. */
export type Act =
  | { readonly pick: string }
  | { readonly type: string }
  /** Ticks exactly the lines with these labels, or parts of them. */
  | { readonly tick: readonly string[] }
  /** Types into a list, then picks the first line that came of it. */
  | { readonly typeAndPick: string }
  | { readonly confirm: boolean }
  /** Chooses this file in the dialog. */
  | { readonly choose: ChosenFile }
  /** Saves, or fails to, in the dialog. */
  | { readonly save: 'saved' | 'failed' }
  /** Presses the button with this tooltip; the question stays. */
  | { readonly press: string }
  /** Presses the button with this tooltip at the end of a line. */
  | { readonly pressAt: string; readonly button: string }
  | 'back'
  | 'esc';

export interface ScriptedPrompter extends Prompter {
  /** One line per question: title, step, and what was wrong with an answer to it. */
  readonly asked: string[];
  /** The lists as they were shown, one per pick: `label | description | detail`. */
  readonly lists: string[][];
  /** What modals said below their question. */
  readonly details: string[];
  /** What was said below a box about the text that was then accepted. */
  readonly said: string[];
  readonly mentioned: string[];
  readonly told: string[];
  readonly opened: string[];
  /** What was said while something was under way. */
  readonly waited: string[];
  /** Texts that were written into files. */
  readonly saved: string[];
  clipboard: string;
  /** Forgets the acts that are left. */
  skip(): void;
  /** Fails when an act was left over. */
  finish(): void;
}

/** Plays a person who knows what to do at every question, and fails at a question that was not expected. */
export function scriptedPrompter(acts: readonly Act[]): ScriptedPrompter {
  const left = [...acts];
  const asked: string[] = [];
  const lists: string[][] = [];
  const next = (question: string): Act => {
    const act = left.shift();
    assert.ok(act !== undefined, `Nobody expected the question "${question}"`);
    return act;
  };
  const heading = ({ title, position }: { title: string; position?: { step: number; total: number } }) =>
    position === undefined ? title : `${title} ${position.step}/${position.total}`;

  const prompter: ScriptedPrompter = {
    asked,
    lists,
    details: [],
    said: [],
    mentioned: [],
    told: [],
    opened: [],
    waited: [],
    saved: [],
    clipboard: '',
    skip: () => void left.splice(0),
    finish: () => assert.deepEqual(left, [], 'acts left over'),

    async pick<T>(question: PickQuestion<T>): Promise<Reply<T>> {
      asked.push(heading(question));
      let entries = question.choices;
      const gone = new AbortController();
      for await (const list of question.load?.(gone.signal) ?? []) entries = list;
      lists.push(entries.map(toLine));
      for (;;) {
        const act = next(question.title);
        if (act === 'esc') return { kind: 'cancel' };
        if (act === 'back') {
          assert.ok(question.canGoBack, `"${question.title}" has no Back`);
          return { kind: 'back' };
        }
        const { value } = chooseFrom(question, entries, act);
        const verdict = await question.check?.(value, gone.signal);
        if (verdict?.severity !== 'error') return { kind: 'answer', value };
        asked.push(`! ${verdict.message}`);
      }
    },

    async pickMany<T>(question: ManyQuestion<T>): Promise<Reply<readonly T[]>> {
      asked.push(heading(question));
      const choices = question.choices.filter((entry) => 'value' in entry);
      lists.push(choices.map((choice) => `[${question.ticked(choice.value) ? 'x' : ' '}] ${toLine(choice)}`));
      const act = next(question.title);
      if (act === 'esc') return { kind: 'cancel' };
      if (act === 'back') return { kind: 'back' };
      assert.ok(
        typeof act === 'object' && 'tick' in act,
        `"${question.title}" wants ticks, not ${JSON.stringify(act)}`,
      );
      const wanted = act.tick.map((text) => choices.find(({ label }) => label.includes(text)));
      assert.ok(!wanted.includes(undefined), `"${question.title}" has not all of ${act.tick}`);
      return { kind: 'answer', value: choices.filter((choice) => wanted.includes(choice)).map(({ value }) => value) };
    },

    async input(question: InputQuestion): Promise<Reply<string>> {
      asked.push(heading(question));
      let typed = question.value ?? '';
      for (;;) {
        const act = next(question.title);
        if (act === 'esc') return { kind: 'cancel' };
        if (act === 'back') {
          assert.ok(question.canGoBack, `"${question.title}" has no Back`);
          return { kind: 'back' };
        }
        if (typeof act === 'object' && 'press' in act) {
          const button = question.buttons?.find(({ tooltip }) => tooltip === act.press);
          assert.ok(button, `no button "${act.press}"`);
          typed = (await button.press()) ?? typed;
          continue;
        }
        assert.ok('type' in act, `"${question.title}" wants text, not ${JSON.stringify(act)}`);
        if (act.type !== '') typed = act.type;
        const verdict = question.validate(typed);
        const found =
          verdict?.severity === 'error' ? verdict : await question.check?.(typed, new AbortController().signal);
        if (found?.severity !== 'error') {
          if (verdict !== undefined) prompter.said.push(`${verdict.severity}: ${verdict.message}`);
          return { kind: 'answer', value: typed };
        }
        asked.push(`! ${found.message}`);
      }
    },

    async confirm(confirmation: Confirmation) {
      asked.push(`? ${confirmation.question}`);
      prompter.details.push(confirmation.detail);
      const act = next(confirmation.question);
      assert.ok(typeof act === 'object' && 'confirm' in act);
      return act.confirm;
    },
    mention: (sentence) => void prompter.mentioned.push(sentence),
    tell: (sentence) => void prompter.told.push(sentence),
    openExternal: (url) => void prompter.opened.push(url),
    readClipboard: async () => prompter.clipboard,
    async writeClipboard(text) {
      prompter.clipboard = text;
    },
    async chooseFile({ title }) {
      asked.push(title);
      const act = next(title);
      if (act === 'esc') return undefined;
      assert.ok(typeof act === 'object' && 'choose' in act, `"${title}" wants a file`);
      return act.choose;
    },
    async saveFile({ title, text }) {
      asked.push(title);
      const act = next(title);
      if (act === 'esc') return undefined;
      assert.ok(typeof act === 'object' && 'save' in act, `"${title}" wants a file`);
      if (act.save === 'saved') prompter.saved.push(text);
      return act.save === 'saved';
    },
    async busy(sentence, work) {
      prompter.waited.push(sentence);
      return work(new AbortController().signal, (text) => prompter.waited.push(text));
    },
  };
  return prompter;
}

function chooseFrom<T>(question: PickQuestion<T>, entries: readonly Entry<T>[], act: Act): Pick<Choice<T>, 'value'> {
  assert.ok(
    typeof act === 'object' && ('pick' in act || 'typeAndPick' in act || 'pressAt' in act),
    `"${question.title}" wants a pick, not ${JSON.stringify(act)}`,
  );
  const choices = entries.filter((entry) => 'value' in entry);
  if ('pressAt' in act) {
    const line = choices.find(({ label }) => label.includes(act.pressAt));
    const button = line?.buttons?.find(({ tooltip }) => tooltip === act.button);
    assert.ok(button, `"${question.title}" has no button ${JSON.stringify(act)}`);
    return button;
  }
  const choice =
    'pick' in act
      ? (choices.find(({ label }) => label === act.pick) ?? choices.find(({ label }) => label.includes(act.pick)))
      : question.typed?.(act.typeAndPick)[0];
  assert.ok(
    choice,
    `"${question.title}" has no line for ${JSON.stringify(act)}; it has ${entries.map(toLine).join(' / ')}`,
  );
  return choice;
}

function toLine<T>(entry: Entry<T>): string {
  if ('heading' in entry) return `— ${entry.heading}`;
  return [entry.label, entry.description, entry.detail].filter((text) => text !== undefined).join(' | ');
}
