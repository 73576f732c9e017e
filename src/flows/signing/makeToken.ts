import type { StreamApi } from '../../stream/api/client';
import type { Credential } from '../../stream/api/credential';
import type { Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import { signToken } from '../../stream/keys/signToken';
import { writePem } from '../../stream/keys/writePem';
import { type TokenOptions, tokenRequest } from '../../stream/token/options';
import type { Accounts } from '../accounts/accounts';
import type { SigningKeys } from '../keys/keys';
import type { Log } from '../log';
import type { SignWith } from './signWith';

/** Which token is wanted, and who signs it. */
export interface TokenWish {
  readonly accountKey: string;
  readonly videoId: string;
  readonly options: TokenOptions;
  readonly signWith: SignWith;
}

export interface MakeTokenParts {
  readonly accounts: Accounts;
  readonly keys: Pick<SigningKeys, 'open'>;
  readonly openApi: (credential: Credential) => StreamApi;
  /** False in the browser, where only keys on this machine can sign. */
  readonly canCallApi: boolean;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Makes a token: on this machine, without any request, or at Cloudflare. With `apiWithKey` the private key goes into the
 * request; whoever asks for that has had it confirmed.
 */
export async function makeToken(wish: TokenWish, parts: MakeTokenParts, signal: AbortSignal): Promise<Outcome<string>> {
  const { signWith } = wish;
  if (signWith.kind === 'local') return signHere(wish, signWith.kid, parts);
  if (!parts.canCallApi) return failed({ code: 'apiUnavailable' });
  return askCloudflare(wish, signWith.kind === 'apiWithKey' ? signWith.kid : undefined, parts, signal);
}

async function signHere(
  { accountKey, videoId, options }: TokenWish,
  kid: string,
  { keys, now }: MakeTokenParts,
): Promise<Outcome<string>> {
  const opened = await keys.open({ accountKey, kid });
  if (!opened.ok) return opened;
  try {
    return succeeded(await signToken(opened.value, videoId, options, now() / 1000));
  } catch {
    // An engine's message is about its own insides, and differs from host to host.
    return failed({ code: 'keyUnusable', kid });
  }
}

async function askCloudflare(
  { accountKey, videoId, options }: TokenWish,
  kid: string | undefined,
  parts: MakeTokenParts,
  signal: AbortSignal,
): Promise<Outcome<string>> {
  const opened = await parts.accounts.open(accountKey);
  if (!opened.ok) return opened;
  const { accountId, credential } = opened.value;
  const request = tokenRequest(options, parts.now() / 1000);
  const key = kid === undefined ? undefined : await parts.keys.open({ accountKey, kid });
  if (key?.ok === false) return key;
  const pem = key && writePem(key.value);
  if (pem !== undefined) parts.log.hide(pem);
  const body = kid === undefined || pem === undefined ? request : { ...request, id: kid, pem };
  const made = await parts.openApi(credential).createToken(accountId, videoId, body, signal);
  await rememberSigning(accountKey, made, parts);
  return made;
}

/** A 403 says that the credential can't sign, whatever else it can; a token says that it can. Nothing else tells. */
async function rememberSigning(
  accountKey: string,
  outcome: Outcome<string>,
  { accounts, log }: MakeTokenParts,
): Promise<void> {
  if (!outcome.ok && outcome.failure.code !== 'forbidden') return;
  try {
    await accounts.rememberSigning(accountKey, outcome.ok);
  } catch {
    log.warn('Whether the credential can sign could not be remembered.');
  }
}
