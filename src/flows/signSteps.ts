import * as l10n from '@vscode/l10n';
import { FORM_GROUPS } from '../stream/delivery/resultForms';
import { accountChoice } from './accountChoice';
import type { AccountSummary } from './accounts';
import { formNote, formText, groupText } from './formText';
import { mapReply, type Prompter, type Reply } from './prompter';
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

export async function askDownloads(signing: Signing, prompter: Prompter): Promise<Reply<boolean | undefined>> {
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
  });
  return mapReply(reply, (value) => (value === 'allowed' ? true : undefined));
}

/** One list for both halves of the result; picking changes one of them. */
export async function askResult(
  signing: Signing,
  prompter: Prompter,
  canInsert: boolean,
): Promise<Reply<Pick<Signing, 'form' | 'destination'>>> {
  const { form, destination } = signing;
  const mark = (chosen: boolean, note?: string) => {
    const said = [...(chosen ? [l10n.t('chosen')] : []), ...(note === undefined ? [] : [note])].join(' · ');
    return { icon: chosen ? 'check' : 'blank', ...(said !== '' && { description: said }) };
  };
  const destinations: readonly Destination[] = canInsert ? ['insert', 'copy', 'show'] : ['copy', 'show'];
  return prompter.pick<Pick<Signing, 'form' | 'destination'>>({
    ...step(l10n.t('Result')),
    placeholder: l10n.t('What should come out, and where should it go?'),
    choices: [
      ...FORM_GROUPS.flatMap(([group, forms]) => [
        { heading: groupText(group) },
        ...forms.map((value) => ({
          value: { form: value, destination },
          label: formText(value),
          ...mark(value === form, formNote(value, signing.options.downloadable === true)),
        })),
      ]),
      { heading: canInsert ? l10n.t('Where') : l10n.t('Where (to insert, open a file first)') },
      ...destinations.map((value) => ({
        value: { form, destination: value },
        label: placeText(value),
        ...mark(value === destination),
      })),
    ],
    active: (value) => value.form === form && value.destination === destination,
  });
}

function placeText(destination: Destination): string {
  switch (destination) {
    case 'insert':
      return l10n.t('Insert at the cursor');
    case 'copy':
      return l10n.t('Copy to the clipboard');
    case 'show':
      return l10n.t('Show in an editor');
  }
}
