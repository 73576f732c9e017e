import * as l10n from '@vscode/l10n';
import type { StreamApi, VisibleAccount } from '../../stream/api/client';
import { type Credential, tokenOwner } from '../../stream/api/credential';
import { customerCodeAmong } from '../../stream/api/video';
import type { Failure, Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import { failureText } from '../failureSentence';
import type { Log } from '../log';
import type { Verdict } from '../prompter';
import type { TimeStyle } from '../times';

export interface CheckParts {
  readonly openApi: (credential: Credential) => StreamApi;
  readonly log: Log;
  readonly times: TimeStyle;
}

/** What Cloudflare tells of a credential before the account is known. */
export interface Inspection {
  /** The accounts it sees; undefined when it may not list them. */
  readonly visible: readonly VisibleAccount[] | undefined;
  /** Nothing vouches for it yet: perhaps an account owns it, and then only that account's route knows it. */
  readonly unvouched: boolean;
}

/** Whether Cloudflare knows the credential, as far as that can be asked without an account, and the accounts it sees. */
export function inspectCredential(
  parts: CheckParts,
  credential: Credential,
  signal: AbortSignal,
): Promise<Outcome<Inspection>> {
  const api = parts.openApi(credential);
  return credential.kind === 'apiToken' ? inspectToken(api, credential.token, signal) : inspectGlobalKey(api, signal);
}

async function inspectToken(api: StreamApi, token: string, signal: AbortSignal): Promise<Outcome<Inspection>> {
  const owner = tokenOwner(token);
  // An account-owned token is unknown to the user's route ("Invalid API Token"), however good it is.
  const verified = owner === 'account' ? undefined : await api.verifyUserToken(signal);
  if (verified?.ok && verified.value === 'inactive') return failed({ code: 'unauthorized', status: 401, errors: [] });
  if (verified !== undefined && !verified.ok && verified.failure.code !== 'unauthorized') return verified;
  const listed = await api.listAccounts(signal);
  if (listed.ok) return succeeded({ visible: listed.value, unvouched: false });
  // Neither route knows a token that says it is a user's. One that does not say may be an account's.
  if (verified?.ok === false && owner === 'user' && listed.failure.code === 'unauthorized') return verified;
  const refused = ['unauthorized', 'forbidden', 'rejected', 'notFound'].includes(listed.failure.code);
  return refused ? succeeded({ visible: undefined, unvouched: verified?.ok !== true && owner !== 'user' }) : listed;
}

/** The list of accounts is the check; a key that opens everything may always see it. */
async function inspectGlobalKey(api: StreamApi, signal: AbortSignal): Promise<Outcome<Inspection>> {
  const listed = await api.listAccounts(signal);
  if (listed.ok) return succeeded({ visible: listed.value, unvouched: false });
  const { failure } = listed;
  // 9103, an unknown e-mail address or key, comes with 403 as well as with 400.
  const refused = failure.code === 'forbidden' || failure.code === 'rejected';
  return refused ? failed({ ...failure, code: 'unauthorized' }) : listed;
}

/**
 * Proves that the credential may use Stream in an account: a token that nothing vouches for is verified there first; then
 * one cheap call to Stream, whose videos tell the customer code.
 */
export async function proveStream(
  parts: CheckParts,
  { credential, unvouched, accountId }: { credential: Credential; unvouched: boolean; accountId: string },
  signal: AbortSignal,
  proven: (customerCode: string | undefined) => void,
): Promise<Verdict | undefined> {
  const api = parts.openApi(credential);
  if (unvouched) {
    const verified = await api.verifyAccountToken(accountId, signal);
    if (verified.ok && verified.value === 'inactive')
      return verdictOf(parts, { code: 'unauthorized', status: 401, errors: [] });
    if (!verified.ok && !['forbidden', 'rejected', 'notFound'].includes(verified.failure.code)) {
      const unknown = l10n.t(
        'Cloudflare knows this API token neither as a user’s nor in this account. Check the account id, or copy the token again.',
      );
      return verdictOf(parts, verified.failure, verified.failure.code === 'unauthorized' ? unknown : undefined);
    }
  }
  const videos = await api.listVideos(accountId, signal, { limit: 20 });
  if (!videos.ok) return verdictOf(parts, videos.failure, streamSentence(videos.failure, credential));
  proven(customerCodeAmong(videos.value.videos));
  return undefined;
}

function streamSentence({ code }: Failure, { kind }: Credential): string | undefined {
  const isToken = kind === 'apiToken';
  if (code === 'forbidden' || code === 'unauthorized') {
    return isToken
      ? l10n.t(
          'Cloudflare does not let this API token use Stream in this account. Check the account; the API token needs Account → Stream → Edit.',
        )
      : l10n.t('Cloudflare does not let this key use Stream in this account. Check the account.');
  }
  if (code !== 'notFound') return undefined;
  return isToken
    ? l10n.t('Cloudflare knows no account with this id, or the API token can’t see it.')
    : l10n.t('Cloudflare knows no account with this id, or the key can’t see it.');
}

/** What to say beside the box: our sentence, then Cloudflare's own words. */
export function verdictOf({ log, times }: CheckParts, failure: Failure, sentence?: string): Verdict | undefined {
  if (failure.code === 'cancelled') return undefined;
  const message = failureText(failure, times, sentence);
  log.warn(`Checking the credential: ${message}`);
  return { severity: 'error', message };
}
