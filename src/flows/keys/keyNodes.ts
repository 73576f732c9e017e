import * as l10n from '@vscode/l10n';
import type { Failure } from '../../stream/failure';
import type { AccountSummary } from '../accounts/accounts';
import { failureNode, type LibraryNode, noteNode } from '../library/libraryNodes';
import type { Icon } from '../prompter';
import type { TimeStyle } from '../times';
import type { KeyListing, LibraryKey } from './keyLibrary';
import { createdDay } from './keyText';

/** The line "Signing Keys" of an account. */
export function keysNode({ key, credential }: AccountSummary, canCallApi: boolean): LibraryNode {
  return {
    id: `account:${key}/keys`,
    kind: 'keys',
    label: l10n.t('Signing Keys'),
    icon: 'key',
    spoken: l10n.t('Signing keys'),
    context: credential === 'none' || !canCallApi ? 'keys' : 'keys api',
    expandable: true,
    subject: { accountKey: key },
  };
}

/** The lines below "Signing Keys": interrupted creations, why Cloudflare's list is missing, then the keys. */
export function keyNodes(
  { key: accountKey, credential }: AccountSummary,
  { keys, interrupted, failure }: KeyListing,
  explain: (failure: Failure) => string,
  times: TimeStyle,
  canCallApi: boolean,
): readonly LibraryNode[] {
  const api = credential !== 'none' && canCallApi;
  const above = `account:${accountKey}/keys`;
  const lines = [
    ...(interrupted > 0 ? [interruptedNode(accountKey)] : []),
    ...(failure === undefined
      ? []
      : [failureNode(above, accountKey, explain(failure), { context: 'keysFailure', click: 'refreshKeys' })]),
    ...keys.map((key) => keyNode(accountKey, key, times, api)),
  ];
  if (lines.length > 0) return lines;
  const none = api ? l10n.t('No signing keys in this account yet') : l10n.t('No signing keys here yet');
  return [noteNode(above, accountKey, none)];
}

function keyNode(accountKey: string, key: LibraryKey, times: TimeStyle, api: boolean): LibraryNode {
  const { kid, created, place, local } = key;
  const made = createdDay(created, times.locale);
  const words = ['key', ...(local ? ['local'] : []), place, ...(api && place !== 'revoked' ? ['api'] : [])];
  return {
    id: `account:${accountKey}/key:${kid}`,
    kind: 'key',
    // Whole, it would leave no room for what is said of it.
    label: `${kid.slice(0, 8)}…`,
    // Short, so that the day still shows in a narrow sidebar.
    description: [placeWord(place), ...(made === '' ? [] : [made])].join(' · '),
    icon: placeIcon(place),
    tooltip: [kid, placeSentence(place), ...(made === '' ? [] : [l10n.t('Created {0}', made)])].join('\n'),
    spoken: l10n.t('Signing key {0}, {1}', kid.slice(0, 8), placeText(place)),
    context: words.join(' '),
    expandable: false,
    subject: { accountKey, kid },
  };
}

export function placeIcon(place: LibraryKey['place']): Icon {
  return { here: 'key', elsewhere: 'lock', revoked: 'circle-slash' }[place];
}

function placeWord(place: LibraryKey['place']): string {
  switch (place) {
    case 'here':
      return l10n.t('here');
    case 'elsewhere':
      return l10n.t('not here');
    case 'revoked':
      return l10n.t('revoked');
  }
}

/** Where a key is, in a few words. */
export function placeText(place: LibraryKey['place']): string {
  switch (place) {
    case 'here':
      return l10n.t('private key on this machine');
    case 'elsewhere':
      return l10n.t('private key not on this machine');
    case 'revoked':
      return l10n.t('revoked at Cloudflare');
  }
}

function placeSentence(place: LibraryKey['place']): string {
  switch (place) {
    case 'here':
      return l10n.t('Its private half is in this machine’s secret storage, so it signs here, without the network.');
    case 'elsewhere':
      return l10n.t('Its private half is not on this machine. If you have it, import it.');
    case 'revoked':
      return l10n.t('Revoked at Cloudflare: tokens signed with it are refused.');
  }
}

function interruptedNode(accountKey: string): LibraryNode {
  const label = l10n.t('The creation of a key was interrupted');
  return {
    id: `account:${accountKey}/keys/interrupted`,
    kind: 'interruptedKey',
    label,
    description: l10n.t('look into it…'),
    icon: 'warning',
    tooltip: l10n.t('Cloudflare may have made a key whose private half did not arrive. Click to find out.'),
    spoken: l10n.t('{0}. Press Enter to look into it.', label),
    context: 'interruptedKey',
    expandable: false,
    subject: { accountKey },
    click: 'settleKeys',
  };
}
