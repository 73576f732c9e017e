import { window } from 'vscode';
import type { ManyQuestion, Reply } from '../flows/prompter';
import { openBox } from './questionBox';
import { type Item, toItem } from './quickPick';

/** Asks to tick any number of lines of a list. */
export function askMany<T>(question: ManyQuestion<T>): Promise<Reply<readonly T[]>> {
  const box = window.createQuickPick<Item<T>>();
  box.canSelectMany = true;
  box.matchOnDescription = true;
  box.items = question.choices.map(toItem<T>);
  box.selectedItems = box.items.filter(({ choice }) => choice !== undefined && question.ticked(choice.value));
  const { reply, settle } = openBox<readonly T[]>(box, question, () => {});
  box.onDidAccept(() => {
    const ticked = new Set(box.selectedItems.flatMap(({ choice }) => choice ?? []));
    const value = question.choices.flatMap((entry) => ('value' in entry && ticked.has(entry) ? [entry.value] : []));
    settle({ kind: 'answer', value });
  });
  box.show();
  return reply;
}
