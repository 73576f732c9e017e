import type { Failure, Outcome } from '../../stream/failure';

/** The last good answer to something, and why asking anew failed since. */
export interface Kept<T> {
  readonly value?: T;
  readonly failure?: Exclude<Failure, { code: 'cancelled' }>;
}

/** Answers by key. Whoever asks while one is on its way shares it; a failure leaves the answer from before. */
export interface KeptAnswers<T> {
  /** What is known now, without asking. */
  peek(key: string): Kept<T> | undefined;
  /** What is known, if it was asked for not long ago (a failure counts too); else it is asked for once. */
  open(key: string, ask: () => Promise<Outcome<T>>): Promise<Kept<T>>;
  /** Puts something else in the place of an answer; one that is on its way may be from before, and is asked for again. */
  change(key: string, change: (value: T) => T): void;
  /** Has the answers of these keys asked for anew the next time. */
  age(isMeant: (key: string) => boolean): void;
  forget(isMeant: (key: string) => boolean): void;
}

interface Entry<T> {
  kept: Kept<T>;
  /** Milliseconds; -Infinity: to be asked for. */
  askedAt: number;
  pending: Promise<Kept<T>> | undefined;
  /** Set when what is on its way may be from before a change. */
  outdated: boolean;
}

/** `freshFor` and `now` are milliseconds. */
export function createKeptAnswers<T>(freshFor: number, now: () => number): KeptAnswers<T> {
  const entries = new Map<string, Entry<T>>();
  const never = Number.NEGATIVE_INFINITY;

  async function ask(entry: Entry<T>, work: () => Promise<Outcome<T>>): Promise<Kept<T>> {
    entry.outdated = false;
    const answer = await work();
    if (answer.ok) entry.kept = { value: answer.value };
    else if (answer.failure.code !== 'cancelled') entry.kept = { ...entry.kept, failure: answer.failure };
    entry.askedAt = entry.outdated ? never : now();
    return entry.kept;
  }

  return {
    peek: (key) => entries.get(key)?.kept,
    async open(key, work) {
      const entry = entries.get(key) ?? { kept: {}, askedAt: never, pending: undefined, outdated: false };
      entries.set(key, entry);
      if (entry.pending === undefined && now() - entry.askedAt < freshFor) return entry.kept;
      entry.pending ??= ask(entry, work).finally(() => {
        entry.pending = undefined;
      });
      return entry.pending;
    },
    change(key, change) {
      const entry = entries.get(key);
      if (entry === undefined) return;
      entry.outdated = true;
      if (entry.kept.value !== undefined) entry.kept = { ...entry.kept, value: change(entry.kept.value) };
    },
    age(isMeant) {
      for (const [key, entry] of entries) {
        if (!isMeant(key)) continue;
        entry.askedAt = never;
        entry.outdated = true;
      }
    },
    forget(isMeant) {
      for (const key of [...entries.keys()].filter(isMeant)) entries.delete(key);
    },
  };
}
