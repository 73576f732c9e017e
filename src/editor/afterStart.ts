import type { Disposable } from 'vscode';

/**
 * How long what nobody asked for waits after activation, in milliseconds. It needs the engine, and makes VS Code ask about
 * all that is in sight, while a command for which the extension was just made active would wait.
 */
const WAIT_MS = 300;

/** Registers, a moment after activation, what looks at documents by itself. */
export function registerAfterStart(register: () => Disposable): Disposable & { readonly done: Promise<void> } {
  let registered: Disposable | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const done = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      registered = register();
      resolve();
    }, WAIT_MS);
  });
  return {
    done,
    dispose() {
      clearTimeout(timer);
      registered?.dispose();
    },
  };
}
