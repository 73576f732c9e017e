import * as l10n from '@vscode/l10n';
import { failed, type Outcome } from '../../stream/failure';
import type { Comparison } from '../inspector/compareTokens';
import { type Attempts, explained } from './changeSigning';
import { compareSigning } from './compareSigning';
import { makeToken } from './makeToken';
import type { Signing } from './signing';
import type { SignVideoParts } from './signVideo';

/** Signs what the hub shows. */
export async function signNow(signing: Signing, parts: SignVideoParts, signal: AbortSignal): Promise<Outcome<string>> {
  const { account, video, options, signWith } = signing;
  if (video === undefined) return failed({ code: 'cancelled' });
  const made = await makeToken({ accountKey: account.key, videoId: video.id, options, signWith }, parts, signal);
  if (!made.ok) explained(made.failure, parts);
  return made;
}

/** Undefined when it failed, which the hub then shows, or when there is no video yet. */
export async function compareNow(
  signing: Signing,
  parts: SignVideoParts,
  attempts: Attempts,
  signal: AbortSignal,
): Promise<Comparison | undefined> {
  if (signing.video === undefined) return undefined;
  const made = await compareSigning(signing, parts, signal);
  if (made.ok) return made.value;
  explained(made.failure, parts);
  attempts.fail(made.failure);
  return undefined;
}

/** Sends a private key, which has no other place to go from here: only after a modal, each time anew. */
export async function signWithSentKey(signing: Signing, kid: string, parts: SignVideoParts): Promise<Outcome<string>> {
  const { prompter } = parts;
  const confirmed = await prompter.confirm({
    question: l10n.t('Send the private key {0} to Cloudflare?', kid),
    detail: l10n.t(
      'To sign with this key, Cloudflare’s API wants its private half in the request. It travels over TLS to api.cloudflare.com and nowhere else. Signing on this machine gives the same token without sending it.',
    ),
    action: l10n.t('Send and Sign'),
  });
  if (!confirmed) return failed({ code: 'cancelled' });
  return prompter.busy(l10n.t('Signing…'), (signal) => signNow(signing, parts, signal));
}
