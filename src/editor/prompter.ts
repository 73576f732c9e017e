import { env, l10n, type Uri, window } from 'vscode';
import type { Confirmation, Prompter } from '../flows/prompter';
import { cleanMessage } from '../source/cleanText';
import { askInput } from './inputBox';
import { askPick } from './quickPick';

const MENTION_MS = 5000;

/** The prompter over VS Code's own widgets. */
export function createPrompter(): Prompter {
  return {
    pick: askPick,
    input: askInput,
    async confirm({ question, detail, action }: Confirmation) {
      return (await window.showWarningMessage(cleanMessage(question), { modal: true, detail }, action)) === action;
    },
    mention: (sentence) => void window.setStatusBarMessage(`$(check) ${sentence}`, MENTION_MS),
    tell: (sentence) => void window.showInformationMessage(cleanMessage(sentence, 400)),
    openExternal(url) {
      // As text: a Uri would encode the escapes in the query once more (microsoft/vscode#85930), and the dashboard
      // would not find its permissions in it. The host takes both.
      void env.openExternal(url as unknown as Uri).then((opened) => {
        if (!opened) void window.showInformationMessage(l10n.t('The browser did not open.'));
      });
    },
    readClipboard: async () => env.clipboard.readText(),
  };
}
