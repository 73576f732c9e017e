import { env, ProgressLocation, window } from 'vscode';
import type { Confirmation, Prompter } from '../flows/prompter';
import { cleanLabel, cleanMessage } from '../source/cleanText';
import { chooseFile, saveFile } from './fileDialogs';
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
    writeClipboard: async (text) => env.clipboard.writeText(text),
    chooseFile,
    saveFile,
    async busy(sentence, work) {
      const options = { location: ProgressLocation.Notification, title: cleanMessage(sentence), cancellable: true };
      return window.withProgress(options, async (_progress, token) => {
        const cancel = new AbortController();
        const watching = token.onCancellationRequested(() => cancel.abort());
        try {
          return await work(cancel.signal);
        } finally {
          watching.dispose();
        }
      });
    },
  };
}
