import { type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from 'vscode';
import type { Choice, Entry, PickQuestion, Reply } from '../flows/prompter';
import { cleanLabel } from '../source/cleanText';
import { openBox } from './questionBox';

/** Takes a place in the list and shows nothing. */
const nothing: QuickPickItem = { label: '', kind: QuickPickItemKind.Separator };

export interface Item<T> extends QuickPickItem {
  /** Absent on separators and on the line that says what is wrong. */
  readonly choice?: Choice<T>;
  /** The text that the line was made of, where it was made of what is typed. */
  readonly typed?: string;
}

/** Asks to pick one line of a list. */
export function askPick<T>(question: PickQuestion<T>): Promise<Reply<T>> {
  const box = window.createQuickPick<Item<T>>();
  box.matchOnDescription = true;
  box.matchOnDetail = true;
  let entries = question.choices;
  let problem: string | undefined;
  const typedItems = (): readonly Item<T>[] =>
    (question.typed?.(box.value) ?? []).map((choice) => ({ ...toItem(choice), typed: box.value }));
  let selected: Item<T> | undefined;
  const show = () => {
    const active = box.activeItems[0]?.choice;
    // VS Code names an accepted line by its place in the list that it showed, which may be older than this one. So places
    // are fixed: two of our own lines first, and what is loaded later comes at the end.
    const wrong =
      problem === undefined
        ? nothing
        : { label: cleanLabel(problem, 500), iconPath: new ThemeIcon('error'), alwaysShow: true };
    box.items = [wrong, typedItems()[0] ?? nothing, ...entries.map(toItem<T>)];
    return active;
  };
  /** Keeps the highlight on the line it was on, as far as that line is still there. */
  const refresh = () => {
    const active = show();
    const again = box.items.find(
      ({ choice }) => choice !== undefined && active !== undefined && !active.note && isSame(choice, active),
    );
    if (again !== undefined) box.activeItems = [again];
  };
  const { reply, settle, signal, busy, whileBusy, fail } = openBox<T>(box, question, refresh);
  show();
  const first = box.items.find(({ choice }) => choice !== undefined && question.active?.(choice.value));
  if (first !== undefined) box.activeItems = [first];
  box.onDidChangeValue(() => {
    const hadProblem = problem !== undefined;
    problem = undefined;
    // Enter on a list in which nothing is left would otherwise take what was selected before.
    selected = undefined;
    if (question.typed !== undefined || hadProblem) show();
  });
  box.onDidChangeSelection(([item]) => {
    selected = item;
  });
  let checking = false;
  const take = async (value: T) => {
    if (checking) return;
    const { check } = question;
    if (check === undefined) return settle({ kind: 'answer', value });
    checking = true;
    try {
      const found = await whileBusy((aborted) => check(value, aborted));
      if (signal.aborted) return;
      if (found?.severity !== 'error') return settle({ kind: 'answer', value });
      problem = found.message;
      selected = undefined;
      refresh();
    } catch (error) {
      fail(error);
    } finally {
      checking = false;
    }
  };
  box.onDidAccept(() => {
    // Whoever pastes and presses Enter at once is faster than the list: then the text itself decides, not an older line.
    const stale =
      selected === undefined ||
      (selected.typed !== undefined && selected.typed !== box.value) ||
      (selected.choice?.note === true && box.value !== '');
    const choice = (stale ? typedItems()[0] : selected)?.choice;
    if (choice !== undefined) void take(choice.value);
  });
  box.onDidTriggerItemButton(({ item, button }) => {
    const pressed = item.choice?.buttons?.[item.buttons?.indexOf(button) ?? -1];
    if (pressed !== undefined) void take(pressed.value);
  });
  box.show();
  if (question.load !== undefined) void load(question.load);
  return reply;

  async function load(lists: NonNullable<PickQuestion<T>['load']>): Promise<void> {
    const done = busy();
    try {
      let untouched = true;
      for await (const list of lists(signal)) {
        if (signal.aborted) return;
        entries = list;
        refresh();
        const wanted =
          untouched && box.items.find(({ choice }) => choice !== undefined && question.active?.(choice.value));
        if (wanted) box.activeItems = [wanted];
        untouched = false;
      }
    } catch (error) {
      fail(error);
    } finally {
      done();
    }
  }
}

function isSame<T>(a: Choice<T>, b: Choice<T>): boolean {
  return a.label === b.label && a.description === b.description;
}

export function toItem<T>(entry: Entry<T>): Item<T> {
  if ('heading' in entry) return { label: entry.heading, kind: QuickPickItemKind.Separator };
  const { label, description, detail, icon, alwaysShow, buttons } = entry;
  return {
    choice: entry,
    label,
    ...(description !== undefined && { description }),
    ...(detail !== undefined && { detail }),
    ...(icon !== undefined && { iconPath: new ThemeIcon(icon) }),
    ...(alwaysShow !== undefined && { alwaysShow }),
    ...(buttons !== undefined && {
      buttons: buttons.map((button) => ({ iconPath: new ThemeIcon(button.icon), tooltip: button.tooltip })),
    }),
  };
}
