import { env, l10n, Uri, window } from 'vscode';
import type { Engine } from '../engine';
import { cleanMessage, cleanText } from '../source/cleanText';
import type { Failure } from '../stream/failure';
import type { EditorLog } from './log';
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
  void offer([sentence, ...details].join(' '), log, documentation);
}

/** For what should not have happened: one sentence, and the rest in the log. */
export function reportBug(error: unknown, where: string, { log }: ReportParts): void {
  if (error instanceof SecretStorageSilent) {
    log.error('The secret storage did not answer in time.');
    void offer(
      l10n.t('The secret storage of this computer does not answer. Is the keyring locked? Unlock it and try again.'),
      log,
    );
    return;
  }
  const { name, stack } = error instanceof Error ? error : new Error(typeof error);
  log.error(`${where}: ${stack ?? name}`);
  void offer(l10n.t('Something went wrong that should not have. The log says more.'), log);
}

async function offer(sentence: string, log: EditorLog, documentation?: string): Promise<void> {
  const showLog = l10n.t('Show Log');
  const openDocumentation = l10n.t('Documentation');
  const buttons = documentation === undefined ? [showLog] : [openDocumentation, showLog];
  const pressed = await window.showErrorMessage(cleanMessage(sentence, 500), ...buttons);
  if (pressed === showLog) log.show();
  if (pressed === openDocumentation && documentation !== undefined) await env.openExternal(Uri.parse(documentation));
}
