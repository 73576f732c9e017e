import { type Disposable, type Event, EventEmitter, type Memento, type SecretStorage } from 'vscode';
import type { Cache, Vault } from '../flows/accounts/accounts';

/** A locked keyring can leave a read waiting for half a minute or for ever. */
const READ_PATIENCE_MS = 10_000;
/** The keyring may ask for a password before it takes something. */
const WRITE_PATIENCE_MS = 120_000;

/** The vault over VS Code's SecretStorage: the keychain of the operating system, on the person's side of a remote window. */
export function createVault(secrets: SecretStorage): Vault {
  return {
    keys: () => patiently(secrets.keys(), READ_PATIENCE_MS),
    read: (key) => patiently(secrets.get(key), READ_PATIENCE_MS),
    write: (key, text) => patiently(secrets.store(key, text), WRITE_PATIENCE_MS),
    remove: (key) => patiently(secrets.delete(key), WRITE_PATIENCE_MS),
  };
}

/** A cache that tells what was written into it, by its key, in this window. */
export interface WatchedCache extends Cache, Disposable {
  readonly onDidWrite: Event<string>;
}

/** The cache over a Memento. */
export function createCache(memento: Memento): WatchedCache {
  const written = new EventEmitter<string>();
  return {
    read: (key) => memento.get(key),
    async write(key, value) {
      await memento.update(key, value);
      written.fire(key);
    },
    onDidWrite: written.event,
    dispose: () => written.dispose(),
  };
}

/** Thrown when the secret storage does not answer; the error boundary has the sentence for it. */
export class SecretStorageSilent extends Error {}

async function patiently<T>(answer: Thenable<T>, milliseconds: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new SecretStorageSilent()), milliseconds);
  });
  try {
    return await Promise.race([answer, silence]);
  } finally {
    clearTimeout(timer);
  }
}
