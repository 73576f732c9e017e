import { type Disposable, window } from 'vscode';
import type { Log } from '../flows/log';
import { createRedactor } from '../source/redact';

export interface EditorLog extends Log, Disposable {
  show(): void;
}

/** The log over VS Code's own channel. The redactor is the only way to it. */
export function createLog(): EditorLog {
  const channel = window.createOutputChannel('Stream Signer', { log: true });
  const redactor = createRedactor();
  return {
    debug: (text) => channel.debug(redactor.redact(text)),
    info: (text) => channel.info(redactor.redact(text)),
    warn: (text) => channel.warn(redactor.redact(text)),
    error: (text) => channel.error(redactor.redact(text)),
    hide: (secret) => redactor.learn(secret),
    show: () => channel.show(),
    dispose: () => channel.dispose(),
  };
}
