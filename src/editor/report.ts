import { l10n, window } from 'vscode';
import type { Engine } from '../engine';
import { cleanMessage, cleanText } from '../source/cleanText';
import type { Failure } from '../stream/failure';
import type { EditorLog } from './log';
import { openExternal } from './openExternal';
import { SecretStorageSilent } from './storage';

export interface ReportParts {
  readonly engine: () => Engine;
  readonly log: EditorLog;
}

/** Says what went wrong and what can be done. Cancelling is not failing: nothing is said. */
export function report(failure: Failure, { engine, log }: ReportParts): void {
  if (failure.code === 'cancelled') return;
  const { sentence, details, documentation } = engine().explain(failure);
  log.warn(cleanText([sentence, ...details].join(' · '), 1000));
  offer([sentence, ...details].join(' '), log, documentation);
}

/** For what should not have happened: one sentence in a notification, and the rest in the log. */
export function reportBug(error: unknown, where: string, { log }: { readonly log: EditorLog }): void {
  offer(bugSentence(error, where, log), log);
}

/** Writes an unexpected error into the log; the answer is what a person should be told. */
export function bugSentence(error: unknown, where: string, log: EditorLog): string {
  if (error instanceof SecretStorageSilent) {
    log.error(`${where}: the secret storage did not answer in time.`);
    return l10n.t(
      'The secret storage of this machine does not answer. Is the keyring locked? Unlock it and try again.',
    );
  }
  const { name, stack } = error instanceof Error ? error : new Error(typeof error);
  log.error(`${where}: ${stack ?? name}`);
  return l10n.t('Something went wrong that should not have. The log says more.');
}

function offer(sentence: string, log: EditorLog, documentation?: string): void {
  const showLog = l10n.t('Show Log');
  const openDocumentation = l10n.t('Documentation');
  const buttons = documentation === undefined ? [showLog] : [openDocumentation, showLog];
  window.showErrorMessage(cleanMessage(sentence, 500), ...buttons).then(
    (pressed) => {
      if (pressed === showLog) log.show();
      if (pressed === openDocumentation && documentation !== undefined) openExternal(documentation);
    },
    // Without a window there is nobody to tell.
    () => {},
  );
}
