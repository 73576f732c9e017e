import * as l10n from '@vscode/l10n';
import type { ListedKey, StreamApi } from '../../stream/api/client';
import type { Credential } from '../../stream/api/credential';
import type { Outcome } from '../../stream/failure';
import { succeeded } from '../../stream/failure';
import type { Accounts } from '../accounts/accounts';
import type { Prompter } from '../prompter';
import { instantText, type TimeStyle } from '../times';
import { keyAccount, mayAskCloudflare } from './keyAccount';
import type { KeySite } from './keySite';
import type { SigningKeys } from './keys';
import { type PendingKey, type PendingKeys, REQUEST_MS } from './pendingKeys';
import { offerDeletion } from './strayKey';

export interface SettlePendingParts {
  readonly prompter: Prompter;
  readonly keys: Pick<SigningKeys, 'list'>;
  readonly pending: PendingKeys;
  readonly times: TimeStyle;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** What a look into an interrupted creation came to. */
export interface Settled {
  /** How many keys it may have left. */
  readonly found: number;
  /** How many are new since then, but were made at another time. */
  readonly others: number;
  /** Whether there may be one that could not be listed, so that somebody has to look again. */
  readonly open: boolean;
}

/** The clocks of this machine and of Cloudflare may differ by so much. */
const CLOCKS_MS = 5 * 60_000;

/**
 * Finds out how a creation ended whose answer nobody saw: which keys the account has now that it had not before, that were
 * made while the request was under way, and whose private half is not here. Each can be deleted; the mark goes when every
 * one was decided on and all keys could be listed. Where they could not be listed before the creation, a key that seems new
 * may be an old one in use, so none is offered.
 */
export async function settlePending(
  mark: PendingKey,
  site: KeySite,
  parts: SettlePendingParts,
  /** When the request had ended for sure; whoever asks before that is offered whatever is new. */
  until = mark.since + REQUEST_MS,
): Promise<Outcome<Settled>> {
  const { prompter, pending, times } = parts;
  const looked = await prompter.busy(l10n.t('Looking for a signing key whose creation was interrupted…'), (signal) =>
    straysSince(mark, site, parts.keys, signal),
  );
  if (!looked.ok) return looked;
  const { complete } = looked.value;
  const strays = looked.value.strays.filter((key) => parts.now() <= until || wasMadeBetween(key, mark.since, until));
  const others = looked.value.strays.filter((key) => !strays.includes(key));
  const settled: Settled = { found: strays.length, others: others.length, open: !complete };
  for (const key of mark.before.complete ? strays : []) {
    const offered = await offerDeletion({ kid: key.id, reason: reasonOf(key, mark, times) }, site, parts);
    if (offered === 'undecided') return succeeded(settled);
  }
  if (!complete) return succeeded(settled);
  if (!mark.before.complete && strays.length > 0) {
    prompter.tell(
      l10n.t(
        'A creation of a signing key was interrupted. Whether it left one behind can’t be told, since not all keys could be listed before it. Look through the account’s signing keys in the sidebar for one that nobody uses.',
      ),
    );
  } else if (strays.length === 0 && others.length > 0) {
    prompter.tell(
      l10n.t(
        'A creation of a signing key was interrupted. By this machine’s clock, no key was made then. Keys that were made at other times since were left alone: {0}',
        others.map(({ id }) => id).join(', '),
      ),
    );
  }
  await pending.clear(mark);
  return succeeded(settled);
}

/** Looks into every creation of an account's keys that was interrupted. */
export async function settleKeys(
  accountKey: string | undefined,
  parts: SettlePendingParts & {
    readonly accounts: Accounts;
    readonly openApi: (credential: Credential) => StreamApi;
  },
): Promise<Outcome<void>> {
  const { prompter, accounts, pending } = parts;
  const account = await keyAccount(
    accountKey,
    l10n.t('Interrupted Creation of a Signing Key'),
    parts,
    mayAskCloudflare,
  );
  if (!account.ok) return account;
  const opened = await accounts.open(account.value.key);
  if (!opened.ok) return opened;
  const { key, accountId, label, credential } = opened.value;
  let seen = 0;
  let open = false;
  for (const mark of await pending.abandoned(key)) {
    const settled = await settlePending(mark, { accountId, label, api: parts.openApi(credential) }, parts);
    if (!settled.ok) return settled;
    seen += settled.value.found + settled.value.others;
    open ||= settled.value.open;
  }
  if (open) {
    prompter.tell(
      l10n.t('Not all keys of the account can be listed now, so one may have been left behind. Look again later.'),
    );
  } else if (seen === 0) {
    prompter.mention(
      (await pending.has(key))
        ? l10n.t('A signing key is being created right now, maybe in another window. Look again in a few minutes.')
        : l10n.t('No signing key was left behind.'),
    );
  }
  return succeeded(undefined);
}

/** The keys that appeared since the mark was written and whose private half is not here, and whether all could be listed. */
async function straysSince(
  { accountKey, before }: PendingKey,
  { accountId, api }: KeySite,
  keys: Pick<SigningKeys, 'list'>,
  signal: AbortSignal,
): Promise<Outcome<{ readonly strays: readonly ListedKey[]; readonly complete: boolean }>> {
  const listed = await api.listKeys(accountId, signal);
  if (!listed.ok) return listed;
  const here = (await keys.list()).filter((key) => key.accountKey === accountKey).map(({ kid }) => kid);
  const strays = listed.value.keys.filter(({ id }) => !before.ids.includes(id) && !here.includes(id));
  return succeeded({ strays, complete: listed.value.complete });
}

/** A key of which Cloudflare does not say when it was made may have been made then. */
function wasMadeBetween({ created }: ListedKey, since: number, until: number): boolean {
  const made = Date.parse(created);
  return Number.isNaN(made) || (made >= since - CLOCKS_MS && made <= until + CLOCKS_MS);
}

function reasonOf({ created }: ListedKey, { since }: PendingKey, times: TimeStyle): string {
  const made = Date.parse(created);
  return Number.isNaN(made)
    ? l10n.t(
        'It is new since a creation was interrupted here, {0}, and its private half is not on this machine.',
        instantText(since / 1000, times),
      )
    : l10n.t(
        'Cloudflare made it {0}. It is new since a creation was interrupted here, and its private half is not on this machine.',
        instantText(made / 1000, times),
      );
}
