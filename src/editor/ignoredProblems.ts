import { type Disposable, type Event, EventEmitter, type Memento, type Uri } from 'vscode';

/** The files of this workspace in which nobody wants to hear of problems with tokens. */
export interface IgnoredProblems extends Disposable {
  has(uri: Uri): boolean;
  add(uri: Uri): Promise<void>;
  remove(uri: Uri): Promise<void>;
  /** Forgets them all; the answer is how many there were. */
  clear(): Promise<number>;
  readonly onDidChange: Event<void>;
}

const KEY = 'ignoredTokenProblems';

export function createIgnoredProblems(memento: Memento): IgnoredProblems {
  const changed = new EventEmitter<void>();
  const read = (): readonly string[] => {
    const stored = memento.get(KEY);
    return Array.isArray(stored) ? stored.filter((uri) => typeof uri === 'string') : [];
  };
  const write = async (uris: readonly string[]) => {
    await memento.update(KEY, uris.length === 0 ? undefined : uris);
    changed.fire();
  };
  return {
    has: (uri) => read().includes(uri.toString()),
    add: (uri) => write([...new Set([...read(), uri.toString()])]),
    remove: (uri) => write(read().filter((other) => other !== uri.toString())),
    async clear() {
      const { length } = read();
      await write([]);
      return length;
    },
    onDidChange: changed.event,
    dispose: () => changed.dispose(),
  };
}
