import * as l10n from '@vscode/l10n';
import { cleanLabel, cleanText } from '../../source/cleanText';
import type { Video } from '../../stream/api/video';
import { accountFacts } from '../accounts/accountChoice';
import type { AccountSummary } from '../accounts/accounts';
import type { Icon } from '../prompter';
import type { KnownLiveInput } from './liveInputs';

/** What a line of the sidebar stands for, as commands take it. */
export interface LibrarySubject {
  readonly accountKey: string;
  readonly videoId?: string;
  readonly videoName?: string;
  /** The id of a signing key. */
  readonly kid?: string;
  /** Of a group of videos: at which of them it begins. */
  readonly from?: number;
  /** One of the recent signings. */
  readonly signing?: string;
}

/** A line of the sidebar as plain data; the editor only draws it. */
export interface LibraryNode {
  /** The same for the same thing after every refresh, so that focus and expansion stay. */
  readonly id: string;
  readonly kind:
    | 'account'
    | 'videos'
    | 'group'
    | 'video'
    | 'more'
    | 'liveInputs'
    | 'liveInput'
    | 'keys'
    | 'key'
    | 'interruptedKey'
    | 'recent'
    | 'signing'
    | 'failure'
    | 'empty';
  readonly label: string;
  readonly description?: string;
  readonly icon?: Icon;
  /** Absent where the tooltip is only made when somebody looks at it. */
  readonly tooltip?: string;
  /** What a screen reader says. */
  readonly spoken: string;
  /** Words by which the manifest knows what can be done with the line. */
  readonly context: string;
  readonly expandable: boolean;
  readonly subject: LibrarySubject;
  /** What a plain click does. Never signs. */
  readonly click?:
    | 'details'
    | 'more'
    | 'refresh'
    | 'refreshLiveInputs'
    | 'refreshKeys'
    | 'settleKeys'
    | 'clearFilter'
    | 'enterCredential'
    | 'openSigning';
  /** What the line is about, for its tooltip. */
  readonly about?: Video;
  readonly input?: KnownLiveInput;
}

export function accountNode(account: AccountSummary): LibraryNode {
  const { key, label, credential } = account;
  const name = cleanLabel(label);
  const description = accountFacts(account);
  return {
    id: `account:${key}`,
    kind: 'account',
    label: name,
    description,
    icon: credential === 'missing' || account.cannotSign ? 'warning' : 'account',
    tooltip: accountTooltip(account),
    spoken: `${name}, ${description}`,
    context: credential === 'stored' ? 'account' : `account ${credential}`,
    expandable: true,
    subject: { accountKey: key },
  };
}

/** Why what should stand below a line is not there; a click tries again. */
export function failureNode(
  above: string,
  accountKey: string,
  sentence: string,
  { context, click }: Required<Pick<LibraryNode, 'context' | 'click'>>,
): LibraryNode {
  const label = cleanLabel(sentence, 300);
  return {
    id: `${above}/failure`,
    kind: 'failure',
    label,
    icon: 'error',
    tooltip: cleanText(sentence, 500),
    spoken: l10n.t('{0} Press Enter to try again.', label),
    context,
    expandable: false,
    subject: { accountKey },
    click,
  };
}

/** What is said where there is nothing below a line. */
export function noteNode(above: string, accountKey: string, label: string): LibraryNode {
  return {
    id: `${above}/empty`,
    kind: 'empty',
    label,
    spoken: label,
    context: 'empty',
    expandable: false,
    subject: { accountKey },
  };
}

/** The line below an account whose credential is gone: a click enters it again. */
export function missingNode({ key }: AccountSummary): LibraryNode {
  const label = l10n.t('Enter the credential again…');
  return {
    id: `account:${key}/missing`,
    kind: 'failure',
    label,
    description: l10n.t('it is no longer on this machine'),
    icon: 'warning',
    spoken: label,
    context: 'missing',
    expandable: false,
    subject: { accountKey: key },
    click: 'enterCredential',
  };
}

function accountTooltip({ accountId = '', credential, cannotSign }: AccountSummary): string {
  if (credential === 'missing')
    return l10n.t('The credential is no longer on this machine. Enter it again with "Replace Credential…".');
  if (credential === 'none')
    return l10n.t('This account signs with its signing keys on this machine. Its videos can’t be listed.');
  return cannotSign
    ? l10n.t(
        'Cloudflare did not let this credential sign (403): it may have only Stream → Read. Use one with Stream → Edit.',
      )
    : l10n.t('Cloudflare account {0}', accountId);
}
