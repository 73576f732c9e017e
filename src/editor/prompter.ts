import { env, type Progress, ProgressLocation, window } from 'vscode';
import type { Confirmation, Prompter } from '../flows/prompter';
import { cleanLabel, cleanMessage } from '../source/cleanText';
import { chooseFile, saveFile } from './fileDialogs';
import { askInput } from './inputBox';
import { openExternal } from './openExternal';
import { askMany } from './pickMany';
import { askPick } from './quickPick';

const MENTION_MS = 5000;
const PATIENCE_MS = 1500;

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
      const title = cleanMessage(sentence);
      const cancel = new AbortController();
      let said = '';
      const shows = new Set<Progress<{ message?: string }>>();
      const show = (progress: Progress<{ message?: string }>) => {
        shows.add(progress);
        if (said !== '') progress.report({ message: said });
      };
      const done = work(cancel.signal, (text) => {
        said = cleanMessage(text);
        for (const progress of shows) progress.report({ message: said });
      });
      const settled = done.then(
        () => {},
        () => {},
      );
      window.withProgress({ location: ProgressLocation.Window, title }, (progress) => {
        show(progress);
        return settled;
      });
      // Only what takes long is worth a notification, and a way to end it.
      const timer = setTimeout(() => {
        const options = { location: ProgressLocation.Notification, title, cancellable: true };
        window.withProgress(options, (progress, token) => {
          show(progress);
          token.onCancellationRequested(() => cancel.abort());
          return settled;
        });
      }, PATIENCE_MS);
      settled.finally(() => clearTimeout(timer));
      return done;
    },
  };
}
