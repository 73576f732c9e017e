import * as l10n from '@vscode/l10n';
import { cleanLabel } from '../../source/cleanText';
import type { VisibleAccount } from '../../stream/api/client';
import { parseAccountId } from '../../stream/parseId';
import { accountIdSentence } from '../fieldSentences';
import { mapReply, type Prompter, type Reply, type Verdict } from '../prompter';
import type { Step, Turn } from '../wizard';
import { type AccountState, type AddAccountParts, checkAccount, frame } from './accountWizard';

/** Asks for the Cloudflare account, unless the credential was seen to work in the only one it can be for. */
export function accountStep(parts: AddAccountParts): Step<AccountState> {
  return {
    id: 'account',
    // Before the credential is known it is not known either; "3 of 4" that ends at 3 reads better than "3 of 3" that goes on.
    when: ({ source, proven }) => source !== 'signingKey' && !proven,
    async ask(state, turn) {
      let proven = state;
      const check = (accountId: string, signal: AbortSignal) =>
        checkAccount(parts, state, accountId, signal, (next) => {
          proven = next;
        });
      const reply = state.visible?.length
        ? await pickAccount(state, state.visible, turn, parts.prompter, check)
        : await typeAccount(state, turn, parts.prompter, check);
      return mapReply(reply, () => proven);
    },
  };
}

type Check = (accountId: string, signal: AbortSignal) => Promise<Verdict | undefined>;

function pickAccount(
  state: AccountState,
  visible: readonly VisibleAccount[],
  turn: Turn<AccountState>,
  prompter: Prompter,
  check: Check,
): Promise<Reply<string>> {
  return prompter.pick({
    ...frame(state, turn),
    placeholder: l10n.t('Which Cloudflare account has the videos? Pick it, or paste its id'),
    choices: visible.map(({ id, name }) => ({ value: id, label: cleanLabel(name) || id, description: id })),
    typed(text) {
      const parsed = parseAccountId(text);
      return parsed.ok ? [{ value: parsed.id, label: l10n.t('Use account {0}', parsed.id), alwaysShow: true }] : [];
    },
    ...(turn.previous && { active: (id: string) => id === turn.previous?.accountId }),
    check,
  });
}

function typeAccount(
  state: AccountState,
  turn: Turn<AccountState>,
  prompter: Prompter,
  check: Check,
): Promise<Reply<string>> {
  return prompter.input({
    ...frame(state, turn),
    prompt: state.unvouched
      ? l10n.t(
          'Only the account that owns this API token knows it, so type the account id. You find it in the address of the dashboard.',
        )
      : state.credential?.kind === 'globalKey'
        ? l10n.t(
            'Cloudflare shows no account for this key, so type the account id. You find it in the address of the dashboard.',
          )
        : l10n.t(
            'The accounts of this API token can’t be listed, so type the account id. You find it in the address of the dashboard.',
          ),
    placeholder: l10n.t('Account id or dashboard address'),
    value: turn.previous?.accountId ?? '',
    validate(text) {
      const parsed = parseAccountId(text);
      return parsed.ok ? undefined : { severity: 'error', message: accountIdSentence(parsed.problem) };
    },
    async check(text, signal) {
      const parsed = parseAccountId(text);
      return parsed.ok ? check(parsed.id, signal) : undefined;
    },
  });
}
