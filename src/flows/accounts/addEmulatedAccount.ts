import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { StreamApi } from '../../stream/api/client';
import { type Credential, cleanApiToken } from '../../stream/api/credential';
import { customerCodeAmong } from '../../stream/api/video';
import type { Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import { isId } from '../../stream/id';
import type { Prompter } from '../prompter';
import type { Accounts } from './accounts';

const offered = v.object({
  label: v.string(),
  accountId: v.pipe(v.string(), v.check(isId)),
  token: v.string(),
});

/** Development only: adds the account of the emulator that was started together with this window. */
export async function addEmulatedAccount(
  offer: unknown,
  parts: {
    readonly accounts: Accounts;
    readonly openApi: (credential: Credential) => StreamApi;
    readonly prompter: Prompter;
  },
): Promise<Outcome<void>> {
  const parsed = v.safeParse(offered, offer);
  const token = parsed.success ? cleanApiToken(parsed.output.token) : undefined;
  if (!parsed.success || !token?.ok) return failed({ code: 'unexpectedAnswer', detail: 'emulator' });
  const { label, accountId } = parsed.output;
  const credential: Credential = { kind: 'apiToken', token: token.token };
  const videos = await parts.openApi(credential).listVideos(accountId, new AbortController().signal, { limit: 20 });
  if (!videos.ok) return videos;
  const customerCode = customerCodeAmong(videos.value.videos);
  const added = await parts.accounts.add({
    label,
    accountId,
    credential,
    ...(customerCode !== undefined && { customerCode }),
  });
  if (!added.ok) return added;
  parts.prompter.mention(l10n.t('Account "{0}" is ready.', label));
  return succeeded(undefined);
}
