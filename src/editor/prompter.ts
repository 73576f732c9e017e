import { env, window } from 'vscode';
import type { Confirmation, Prompter } from '../flows/prompter';
import { cleanLabel, cleanMessage } from '../source/cleanText';
import { askInput } from './inputBox';
import { openExternal } from './openExternal';
import { askMany } from './pickMany';
import { askPick } from './quickPick';

const MENTION_MS = 5000;

/** The prompter over VS Code's own widgets. */
export function createPrompter(): Prompter {
  return {
    pick: askPick,
    pickMany: askMany,
    input: askInput,
    async confirm({ question, detail, action }: Confirmation) {
      return (await window.showWarningMessage(cleanMessage(question), { modal: true, detail }, action)) === action;
    },
    mention: (sentence) => void window.setStatusBarMessage(`$(check) ${cleanLabel(sentence, 300)}`, MENTION_MS),
    tell: (sentence) => void window.showInformationMessage(cleanMessage(sentence, 400)),
    openExternal,
    readClipboard: async () => env.clipboard.readText(),
  };
}
