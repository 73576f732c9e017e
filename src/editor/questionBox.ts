import { type Disposable, type QuickInput, type QuickInputButton, QuickInputButtons, ThemeIcon } from 'vscode';
import type { Button, Position, Reply } from '../flows/prompter';

/** What quick pick and input box have in common. */
interface Box extends QuickInput {
  value: string;
  placeholder: string | undefined;
  buttons: readonly QuickInputButton[];
  onDidTriggerButton(listener: (button: QuickInputButton) => unknown): Disposable;
}

interface Frame {
  readonly title: string;
  readonly placeholder: string;
  readonly position?: Position;
  readonly canGoBack?: boolean;
  readonly buttons?: readonly Button[];
}

/** A box on the screen: settles exactly once, whatever happens, and is gone afterwards. */
export interface OpenBox<T> {
  readonly reply: Promise<Reply<T>>;
  readonly settle: (reply: Reply<T>) => void;
  /** Aborted when the box is gone, so that loading and checking end with it. */
  readonly signal: AbortSignal;
  /** Shows the box busy until what it returns is called. */
  readonly busy: () => () => void;
  /** Runs a check with the box busy and locked. */
  readonly whileBusy: <R>(work: (signal: AbortSignal) => Promise<R>) => Promise<R>;
  /** Fails the question with an error that is a bug; the error boundary shows it. */
  readonly fail: (error: unknown) => void;
}

/** Shows a box with its title, step, Back and buttons. Esc and losing it any other way is a cancel. */
export function openBox<T>(box: Box, frame: Frame, onFilled: (text: string) => void): OpenBox<T> {
  const gone = new AbortController();
  const { promise, resolve, reject } = Promise.withResolvers<Reply<T>>();
  const close = () => {
    gone.abort();
    box.dispose();
  };
  const settle = (reply: Reply<T>) => {
    resolve(reply);
    close();
  };
  const fail = (error: unknown) => {
    reject(error);
    close();
  };
  let workers = 0;
  const busy = () => {
    workers++;
    box.busy = true;
    return () => {
      workers--;
      if (!gone.signal.aborted) box.busy = workers > 0;
    };
  };
  box.title = frame.title;
  box.placeholder = frame.placeholder;
  box.step = frame.position?.step;
  box.totalSteps = frame.position?.total;
  // People leave for the browser to copy a token or an id; the question must still stand when they come back.
  box.ignoreFocusOut = true;
  const buttons = (frame.buttons ?? []).map((button) => ({
    button,
    shown: { iconPath: new ThemeIcon(button.icon), tooltip: button.tooltip },
  }));
  box.buttons = [...(frame.canGoBack ? [QuickInputButtons.Back] : []), ...buttons.map(({ shown }) => shown)];
  box.onDidTriggerButton(async (pressed) => {
    if (pressed === QuickInputButtons.Back) return settle({ kind: 'back' });
    try {
      const text = await buttons.find(({ shown }) => shown === pressed)?.button.press();
      if (text === undefined || gone.signal.aborted) return;
      box.value = text;
      onFilled(text);
    } catch (error) {
      fail(error);
    }
  });
  box.onDidHide(() => settle({ kind: 'cancel' }));
  return {
    reply: promise,
    settle,
    signal: gone.signal,
    busy,
    async whileBusy(work) {
      const done = busy();
      box.enabled = false;
      try {
        return await work(gone.signal);
      } finally {
        done();
        if (!gone.signal.aborted) box.enabled = true;
      }
    },
    fail,
  };
}
