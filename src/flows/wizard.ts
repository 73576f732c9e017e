import type { Position, Reply } from './prompter';

/** Where a step stands, and what it answered when it was asked before. */
export interface Turn<S> {
  readonly position: Position;
  readonly canGoBack: boolean;
  /** The state this step led to the last time; for prefilling, never with a secret. */
  readonly previous?: S;
}

/** One question of a wizard, as data. */
export interface Step<S> {
  readonly id: string;
  /** Whether the question is needed, given what is known so far. Asked again at every turn. */
  readonly when?: (state: S) => boolean;
  /** Asks, and answers with the state that follows. */
  readonly ask: (state: S, turn: Turn<S>) => Promise<Reply<S>>;
}

export type WizardResult<S> =
  | { readonly kind: 'done'; readonly state: S }
  /** `state` is how far it came. */
  | { readonly kind: 'cancelled'; readonly state: S };

/**
 * Runs the steps in order. Back restores the state as it was before the previous question and asks that again; "n of m"
 * counts the questions that apply to the present state. Signals are returned values, so every path settles.
 */
export async function runWizard<S>(steps: readonly Step<S>[], initial: S): Promise<WizardResult<S>> {
  const asked: { readonly step: Step<S>; readonly before: S }[] = [];
  const answered = new Map<string, S>();
  let state = initial;
  let next = steps[0];
  while (next !== undefined) {
    const step = next;
    if (step.when?.(state) === false) {
      next = steps[steps.indexOf(step) + 1];
      continue;
    }
    const ahead = steps.slice(steps.indexOf(step) + 1).filter(({ when }) => when?.(state) !== false);
    const position = { step: asked.length + 1, total: asked.length + 1 + ahead.length };
    const previous = answered.get(step.id);
    const reply = await step.ask(state, {
      position,
      canGoBack: asked.length > 0,
      ...(previous !== undefined && { previous }),
    });
    if (reply.kind === 'cancel') return { kind: 'cancelled', state };
    if (reply.kind === 'back') {
      const last = asked.pop();
      if (last === undefined) return { kind: 'cancelled', state };
      state = last.before;
      next = last.step;
      continue;
    }
    asked.push({ step, before: state });
    answered.set(step.id, reply.value);
    state = reply.value;
    next = steps[steps.indexOf(step) + 1];
  }
  return { kind: 'done', state };
}
