import * as l10n from '@vscode/l10n';
import { cleanLabel } from '../../source/cleanText';
import type { AccountSummary } from '../accounts/accounts';
import { formText } from '../signing/formText';
import { optionsText } from '../signing/optionsText';
import type { RecentSigning } from '../signing/recentSignings';
import { signWithText } from '../signing/signWith';
import { instantText, type TimeStyle } from '../times';
import type { LibraryNode } from './libraryNodes';

/** The line "Recent" at the top; none while there is nothing below it. */
export function recentNode(signings: readonly RecentSigning[]): readonly LibraryNode[] {
  if (signings.length === 0) return [];
  return [
    {
      id: 'recent',
      kind: 'recent',
      label: l10n.t('Recent'),
      icon: 'history',
      tooltip: l10n.t('What was signed last on this machine: never the tokens.'),
      spoken: l10n.t('Recent signings, newest first'),
      context: 'recent',
      expandable: true,
      // No account: it is about all of them.
      subject: { accountKey: '' },
    },
  ];
}

/** The lines below "Recent", seen from now (epoch seconds). Signings of accounts that are gone are left out. */
export function recentNodes(
  signings: readonly RecentSigning[],
  accounts: readonly AccountSummary[],
  now: number,
  times: TimeStyle,
): readonly LibraryNode[] {
  return signings.flatMap((signing) => {
    const account = accounts.find(({ key }) => key === signing.what.accountKey);
    return account === undefined ? [] : [signingNode(signing, account, now, times)];
  });
}

function signingNode({ id, what, at, until }: RecentSigning, account: AccountSummary, now: number, times: TimeStyle) {
  const { accountKey, video, form, options, signWith } = what;
  const label = nameOfSigned(video);
  const expired = until !== undefined && until <= now;
  const life = lifeText(until, expired, times);
  const description = [formText(form), ...life, cleanLabel(account.label)].join(' · ');
  const node: LibraryNode = {
    id: `recent/${id}`,
    kind: 'signing',
    label,
    description,
    icon: expired ? 'circle-slash' : 'link',
    tooltip: [
      label,
      video.id,
      formText(form),
      cleanLabel(account.label),
      ...(signWith === undefined ? [] : [signWithText(signWith)]),
      optionsText(options, at, times),
      l10n.t('Signed {0}', instantText(at, times)),
      ...life,
    ].join('\n'),
    spoken: `${label}, ${description}`,
    context: 'signing',
    expandable: false,
    subject: { accountKey, videoId: video.id, videoName: video.name, signing: id },
    click: 'openSigning',
  };
  return node;
}

/** What is called for in a list: a typed id has no name. */
export function nameOfSigned({ id, name }: RecentSigning['what']['video']): string {
  return cleanLabel(name) || l10n.t('Video {0}', id.slice(0, 8));
}

export function lifeText(until: number | undefined, expired: boolean, times: TimeStyle): readonly string[] {
  if (until === undefined) return [];
  return [expired ? l10n.t('expired') : l10n.t('valid until {0}', instantText(until, times))];
}
