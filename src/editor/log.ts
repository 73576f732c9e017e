import { type Disposable, type LogOutputChannel, window } from 'vscode';
import type { Log } from '../flows/log';
import { createRedactor } from '../source/redact';

export interface EditorLog extends Log, Disposable {
  show(): void;
}

/** The log over VS Code's own channel, which is made when something is first written. The redactor is the only way to it. */
export function createLog(): EditorLog {
  let made: LogOutputChannel | undefined;
  const channel = () => {
    made ??= window.createOutputChannel('Stream Signer', { log: true });
    return made;
  };
  const redactor = createRedactor();
  return {
    info: (text) => channel().info(redactor.redact(text)),
    warn: (text) => channel().warn(redactor.redact(text)),
    error: (text) => channel().error(redactor.redact(text)),
    hide: (secret) => redactor.learn(secret),
    show: () => channel().show(),
    dispose: () => made?.dispose(),
  };
}
