import * as l10n from '@vscode/l10n';
import { customerCodeAmong, type StreamApi, type VisibleAccount } from '../stream/api/client';
import type { Credential } from '../stream/api/credential';
import type { Failure, Outcome } from '../stream/failure';
import { failed } from '../stream/failure';
import { failureText } from './failureSentence';
import type { Log } from './log';
import type { Verdict } from './prompter';
import type { TimeStyle } from './times';

export interface CheckParts {
  readonly openApi: (credential: Credential) => StreamApi;
  readonly log: Log;
  readonly times: TimeStyle;
}

/** Whether Cloudflare knows the token, and the accounts it sees: undefined when it may not list them. */
export async function inspectToken(
  { openApi }: CheckParts,
  token: string,
  signal: AbortSignal,
): Promise<Outcome<readonly VisibleAccount[] | undefined>> {
  const api = openApi({ kind: 'apiToken', token });
  // An account-owned token is unknown to the user's route ("Invalid API Token"), however good it is.
  const verified = token.startsWith('cfat_') ? undefined : await api.verifyUserToken(signal);
  if (verified?.ok && verified.value === 'inactive') return failed({ code: 'unauthorized', status: 401, errors: [] });
  if (verified !== undefined && !verified.ok && verified.failure.code !== 'unauthorized') return verified;
  const listed = await api.listAccounts(signal);
  if (listed.ok) return listed;
  // Neither route knows it. One that may merely not list accounts can still be good: an account-owned token, say.
  if (verified !== undefined && !verified.ok && listed.failure.code === 'unauthorized') return verified;
  const refused = ['unauthorized', 'forbidden', 'rejected', 'notFound'].includes(listed.failure.code);
  return refused ? { ok: true, value: undefined } : listed;
}

/** One cheap call to Stream: it proves the permission, and the videos in it tell the customer code. */
export async function proveStream(
  parts: CheckParts,
  token: string,
  accountId: string,
  signal: AbortSignal,
  proven: (customerCode: string | undefined) => void,
): Promise<Verdict | undefined> {
  const videos = await parts.openApi({ kind: 'apiToken', token }).listVideos(accountId, signal, { limit: 20 });
  if (!videos.ok) {
    const { failure } = videos;
    if (failure.code === 'forbidden' || failure.code === 'unauthorized') {
      return verdictOf(
        parts,
        failure,
        l10n.t(
          'Cloudflare does not let this API token use Stream in this account. Check the account; the API token needs Account → Stream → Edit.',
        ),
      );
    }
    if (failure.code === 'notFound') {
      return verdictOf(
        parts,
        failure,
        l10n.t('Cloudflare knows no account with this id, or the API token can’t see it.'),
      );
    }
    return verdictOf(parts, failure);
  }
  proven(customerCodeAmong(videos.value.videos));
  return undefined;
}

/** What to say beside the box: our sentence, then Cloudflare's own words. */
export function verdictOf({ log, times }: CheckParts, failure: Failure, sentence?: string): Verdict | undefined {
  if (failure.code === 'cancelled') return undefined;
  const message = failureText(failure, times, sentence);
  log.warn(`Checking the API token: ${message}`);
  return { severity: 'error', message };
}
