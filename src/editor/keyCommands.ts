import type { Engine } from '../engine';
import type { NamedKey } from '../flows/keys/pickKey';
import type { Outcome } from '../stream/failure';
import type { CommandTable } from './commands';
import type { Library } from './library';

type KeyCommandId =
  | 'streamSigner.createKey'
  | 'streamSigner.importKey'
  | 'streamSigner.deleteKey'
  | 'streamSigner.forgetKey'
  | 'streamSigner.copyKeyAsEnvironment'
  | 'streamSigner.copyKeyId'
  | 'streamSigner.settleKeys'
  | 'streamSigner.refreshKeys';

/** The commands about signing keys. Whatever becomes of one, the sidebar is shown anew. */
export function keyCommands(
  { engine, library }: { readonly engine: () => Engine; readonly library: Library },
  read: {
    readonly accountKey: (argument: unknown) => string | undefined;
    readonly namedKey: (argument: unknown) => NamedKey;
  },
): Pick<CommandTable, KeyCommandId> {
  const { accountKey, namedKey } = read;
  const thenShow = async (work: Promise<Outcome<void>>) => {
    try {
      return await work;
    } finally {
      library.refresh();
    }
  };
  return {
    'streamSigner.createKey': { read: accountKey, run: (key) => thenShow(engine().keys.create(key)) },
    'streamSigner.importKey': {
      read: namedKey,
      run: (name) => thenShow(engine().keys.import(name.accountKey, name.kid)),
    },
    'streamSigner.deleteKey': { read: namedKey, run: (name) => thenShow(engine().keys.delete(name)) },
    'streamSigner.forgetKey': { read: namedKey, run: (name) => thenShow(engine().keys.forget(name)) },
    'streamSigner.copyKeyAsEnvironment': { read: namedKey, run: (name) => engine().keys.copyAsEnvironment(name) },
    'streamSigner.copyKeyId': { read: namedKey, run: (name) => engine().keys.copyId(name) },
    'streamSigner.settleKeys': { read: accountKey, run: (key) => thenShow(engine().keys.settle(key)) },
    'streamSigner.refreshKeys': {
      read: accountKey,
      async run(key) {
        engine().keys.refresh(key);
        library.refresh();
        return { ok: true, value: undefined };
      },
    },
  };
}
