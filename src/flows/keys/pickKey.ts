import * as l10n from '@vscode/l10n';
import type { Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import type { AccountSummary, Accounts } from '../accounts/accounts';
import type { Choice, Prompter } from '../prompter';
import type { TimeStyle } from '../times';
import { keyAccount } from './keyAccount';
import type { KeyLibrary, LibraryKey } from './keyLibrary';
import { placeIcon, placeText } from './keyNodes';
import type { KeyName } from './keys';
import { createdDay } from './keyText';

/** What a key action was called with: a line of the sidebar, or nothing. */
export type NamedKey = Partial<KeyName>;

export interface PickKeyParts {
  readonly prompter: Prompter;
  readonly accounts: Accounts;
  readonly library: Pick<KeyLibrary, 'open'>;
  readonly times: TimeStyle;
}

export interface KeyQuestion {
  readonly title: string;
  readonly fits: (key: LibraryKey) => boolean;
  /** Which accounts' keys they may be; of all when absent. */
  readonly fromAccount?: (account: AccountSummary) => boolean;
}

/** The key that an action is about: the one that was named, or one that is picked among those that fit. */
export async function pickKey(
  { accountKey, kid }: NamedKey,
  { title, fits, fromAccount }: KeyQuestion,
  parts: PickKeyParts,
): Promise<Outcome<KeyName>> {
  if (accountKey !== undefined && kid !== undefined) return succeeded({ accountKey, kid });
  const account = await keyAccount(accountKey, title, parts, fromAccount);
  if (!account.ok) return account;
  const { prompter, library } = parts;
  const { key } = account.value;
  const { keys, failure } = await prompter.busy(l10n.t('Looking for signing keys…'), () => library.open(key));
  const fitting = keys.filter(fits);
  if (fitting.length === 0) {
    if (failure !== undefined) return failed(failure);
    prompter.tell(l10n.t('There is no signing key that this could be done with.'));
    return failed({ code: 'cancelled' });
  }
  const reply = await prompter.pick({
    title,
    placeholder: l10n.t('Which signing key?'),
    choices: fitting.map((fit) => keyChoice(fit, parts.times)),
  });
  return reply.kind === 'answer' ? succeeded({ accountKey: key, kid: reply.value }) : failed({ code: 'cancelled' });
}

function keyChoice({ kid, place, created }: LibraryKey, { locale }: TimeStyle): Choice<string> {
  const made = createdDay(created, locale);
  const description = [placeText(place), ...(made === '' ? [] : [made])].join(' · ');
  return { value: kid, icon: placeIcon(place), label: kid, description };
}
