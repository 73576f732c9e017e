import { type Emulator, startEmulator } from '../emulator/server';

/** A running emulator, and the environment that makes a VS Code in Development or Test mode talk to it. */
export type Emulated = {
  readonly emulator: Emulator;
  readonly env: Readonly<Record<string, string>>;
};

/** Starts the emulator of the Stream API and its delivery edge on free ports of 127.0.0.1. Close `emulator` when done. */
export async function startEmulated(): Promise<Emulated> {
  const emulator = await startEmulator();
  return {
    emulator,
    env: { STREAM_SIGNER_API_ORIGIN: emulator.api, STREAM_SIGNER_DELIVERY_ORIGIN: emulator.edge },
  };
}

/** The variable with which the welcome text offers the emulator's first account, credential included, for one click. */
export function offeredAccount({ accounts, credentials }: Emulator): Record<string, string> {
  const [account] = accounts;
  if (!account) throw new Error('The emulator has no account.');
  const offer = { label: account.name, accountId: account.id, token: credentials.userToken };
  return { STREAM_SIGNER_EMULATED_ACCOUNT: JSON.stringify(offer) };
}
