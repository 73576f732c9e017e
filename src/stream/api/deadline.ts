import type { Clock } from './http';

/** How work under a deadline ended: by itself, or because of the time or the person. */
export type End<T> =
  | { readonly by: 'work'; readonly value: T }
  | { readonly by: 'error'; readonly error: unknown }
  | { readonly by: 'deadline' | 'cancel' };

/**
 * Does work for at most so many milliseconds, or until it is cancelled. The end comes at that very moment, whether or
 * not the work listens to the signal it is given; the signal is aborted at every end, so that nothing goes on behind it.
 */
export function within<T>(
  clock: Clock,
  milliseconds: number,
  cancel: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<End<T>> {
  const running = new AbortController();
  const timer = new AbortController();
  return new Promise((resolve) => {
    const settle = (end: End<T>) => {
      cancel.removeEventListener('abort', onCancel);
      timer.abort();
      resolve(end);
      running.abort();
    };
    const onCancel = () => settle({ by: 'cancel' });
    if (cancel.aborted) return onCancel();
    cancel.addEventListener('abort', onCancel, { once: true });
    clock.wait(milliseconds, timer.signal).then(() => {
      if (!timer.signal.aborted) settle({ by: 'deadline' });
    });
    work(running.signal).then(
      (value) => settle({ by: 'work', value }),
      (error: unknown) => settle({ by: 'error', error }),
    );
  });
}
