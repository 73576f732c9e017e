/** What is kept of an unfinished wizard or hub. */
export interface Draft<T> {
  read(): T | undefined;
  keep(kept: T | undefined): void;
}

/** What a cancelled wizard or hub leaves for the next one, until the window closes. */
export function createDraft<T>(): Draft<T> {
  let draft: T | undefined;
  return {
    read: () => draft,
    keep: (kept) => {
      draft = kept;
    },
  };
}
