import type { Disposable } from 'vscode';

/**
 * How long what nobody asked for waits after activation, in milliseconds. It needs the engine, and makes VS Code ask about
 * all that is in sight, while a command for which the extension was just made active would wait.
 */
const WAIT_MS = 500;

/**
 * Registers, a moment after activation, what looks at documents by itself. Nobody waits for that, so what it throws is
 * handed on. `done` comes in any case, also when that moment never does.
 */
export function registerAfterStart(
  register: () => Disposable,
  failed: (error: unknown) => void,
): Disposable & { readonly done: Promise<void> } {
  const { promise: done, resolve } = Promise.withResolvers<void>();
  let registered: Disposable | undefined;
  const timer = setTimeout(() => {
    try {
      registered = register();
    } catch (error) {
      failed(error);
    } finally {
      resolve();
    }
  }, WAIT_MS);
  return {
    done,
    dispose() {
      clearTimeout(timer);
      registered?.dispose();
      resolve();
    },
  };
}
