import * as l10n from '@vscode/l10n';
import { cleanLabel } from '../../source/cleanText';
import type { DeliveryHost } from '../../stream/delivery/deliveryUrl';
import { FORM_GROUPS, isReachable } from '../../stream/delivery/resultForms';
import { accountChoice } from '../accounts/accountChoice';
import type { AccountSummary } from '../accounts/accounts';
import { answer, type Entry, mapReply, type Prompter, type Reply } from '../prompter';
import { askUrlOptions, type OptionGroup, optionsSummary } from './askUrlOptions';
import { formNote, formText, groupText, needsCodeNote, needsCodeSentence } from './formText';
import { canReplace, inPlace, type ResultChoice, withForm } from './inPlace';
import type { IdPlace, Output } from './output';
import type { Destination, Signing } from './signing';

/** What the smallest questions behind the lines of the hub have in common. Back changes nothing. */
const step = (title: string) => ({ title, canGoBack: true }) as const;

export function askAccount(
  signing: Signing,
  accounts: readonly AccountSummary[],
  prompter: Prompter,
): Promise<Reply<AccountSummary | 'add'>> {
  return prompter.pick<AccountSummary | 'add'>({
    ...step(l10n.t('Account')),
    placeholder: l10n.t('Which account does the video belong to?'),
    choices: [
      ...accounts.map(accountChoice),
      { heading: '' },
      { value: 'add' as const, icon: 'add', label: l10n.t('Add Account…'), alwaysShow: true },
    ],
    active: (account) => account !== 'add' && account.key === signing.account.key,
  });
}

/** `onAllowed` is done when downloads are allowed, with the question still there, busy. */
export async function askDownloads(
  signing: Signing,
  prompter: Prompter,
  onAllowed: (signal: AbortSignal) => Promise<void>,
): Promise<Reply<boolean | undefined>> {
  const reply = await prompter.pick<'allowed' | 'untouched'>({
    ...step(l10n.t('Downloads')),
    placeholder: l10n.t('May viewers with this token download the video?'),
    choices: [
      { value: 'untouched', label: l10n.t('Not allowed'), description: l10n.t('Cloudflare’s default, not sent') },
      {
        value: 'allowed',
        label: l10n.t('Allowed'),
        description: l10n.t('opens MP4 and M4A links, once a download was made for the video'),
      },
    ],
    active: (value) => (value === 'allowed') === (signing.options.downloadable === true),
    async check(value, signal) {
      if (value === 'allowed') await onAllowed(signal);
      return undefined;
    },
  });
  return mapReply(reply, (value) => (value === 'allowed' ? true : undefined));
}

type Result = Pick<Signing, 'form' | 'destination' | 'urls'>;

/** Where the result goes. In place of an id only some forms fit, so that the form can change with it. */
export function askPlace(
  { form, destination }: Signing,
  prompter: Prompter,
  { canInsert, idPlace }: Pick<Output, 'canInsert' | 'idPlace'>,
): Promise<Reply<ResultChoice>> {
  const destinations: readonly Destination[] = [
    ...(canReplace(idPlace) ? (['replace'] as const) : []),
    ...(canInsert ? (['insert'] as const) : []),
    'copy',
    'show',
  ];
  return prompter.pick<ResultChoice>({
    ...step(l10n.t('Where')),
    placeholder: canInsert
      ? l10n.t('Where should the result go?')
      : l10n.t('Where should the result go? To insert it, open a file first'),
    choices: destinations.map((value) => ({
      value: value === 'replace' ? inPlace(form, idPlace) : { form, destination: value },
      label: placeText(value, idPlace),
      ...mark(value === destination),
    })),
    active: (value) => value.destination === destination,
  });
}

/** What comes out. The URLs' options are lists of their own. */
export async function askResult(
  signing: Signing,
  prompter: Prompter,
  { idPlace }: Pick<Output, 'idPlace'>,
  host: DeliveryHost,
): Promise<Reply<Result>> {
  const { form, destination } = signing;
  const downloadable = signing.options.downloadable === true;
  let urls = signing.urls ?? {};
  let last: OptionGroup | undefined;
  for (;;) {
    const result = (change: Partial<Result>): Result => ({ form, destination, urls, ...change });
    const options = (group: OptionGroup, label: string): Entry<Result | OptionGroup> => {
      const summary = optionsSummary(group, urls);
      return { value: group, icon: 'settings', label, ...(summary !== '' && { description: cleanLabel(summary) }) };
    };
    const reply = await prompter.pick<Result | OptionGroup>({
      ...step(l10n.t('Result')),
      placeholder: l10n.t('What should come out?'),
      choices: [
        ...FORM_GROUPS.flatMap(([group, forms]) => [
          { heading: groupText(group) },
          ...forms.map((value) => ({
            value: result(withForm(value, destination, idPlace)),
            label: formText(value),
            ...mark(value === form, isReachable(value, host) ? formNote(value, downloadable) : needsCodeNote()),
          })),
          ...(group === 'player' ? [options('player', l10n.t('Player Options…'))] : []),
          ...(group === 'images' ? [options('image', l10n.t('Thumbnail Options…'))] : []),
        ]),
      ],
      active: (value) => (last === undefined ? typeof value === 'object' && value.form === form : value === last),
      async check(value) {
        const refused = typeof value === 'object' && value.form !== form && !isReachable(value.form, host);
        return refused ? { severity: 'error', message: needsCodeSentence() } : undefined;
      },
    });
    if (reply.kind === 'back' && last !== undefined) return answer(result({}));
    if (reply.kind !== 'answer') return reply;
    if (typeof reply.value === 'object') return answer(reply.value);
    last = reply.value;
    const changed = await askUrlOptions(last, urls, prompter);
    if (changed.kind === 'cancel') return changed;
    if (changed.kind === 'answer') urls = changed.value;
  }
}

function mark(chosen: boolean, note?: string) {
  const said = [...(chosen ? [l10n.t('chosen')] : []), ...(note === undefined ? [] : [note])].join(' · ');
  return { icon: chosen ? 'check' : 'blank', ...(said !== '' && { description: said }) };
}

function placeText(destination: Destination, place: IdPlace | undefined): string {
  switch (destination) {
    case 'insert':
      return l10n.t('Insert at the cursor');
    case 'replace':
      return place?.kind === 'token' ? l10n.t('Put in place of the token') : l10n.t('Put in place of the id');
    case 'copy':
      return l10n.t('Copy to the clipboard');
    case 'show':
      return l10n.t('Show in an editor');
  }
}
