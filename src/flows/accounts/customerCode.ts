import * as l10n from '@vscode/l10n';
import { cleanText } from '../../source/cleanText';
import { parseCustomerCode } from '../../stream/delivery/customerCode';
import type { Outcome } from '../../stream/failure';
import { failed } from '../../stream/failure';
import { customerCodeSentence } from '../fieldSentences';
import { type InputQuestion, mapReply, type Prompter } from '../prompter';
import type { Step } from '../wizard';
import type { Accounts } from './accounts';
import { type AccountState, type AddAccountParts, frame } from './accountWizard';
import { pickAccount } from './pickAccount';

/** A box for the customer code, which may stay empty. */
const codeBox = (): Pick<InputQuestion, 'prompt' | 'placeholder' | 'validate'> => ({
  prompt: l10n.t(
    'It stands in your video URLs: customer-CODE.cloudflarestream.com. Leave it empty to use the hosts that all accounts share.',
  ),
  placeholder: l10n.t('Customer code or any URL of your videos'),
  validate(text) {
    const parsed = parseCustomerCode(text);
    return parsed.ok || parsed.problem.code === 'empty'
      ? undefined
      : { severity: 'error', message: customerCodeSentence(parsed.problem) };
  },
});

/** The code in a text that the box let pass; undefined when it is empty. */
function codeIn(text: string): string | undefined {
  const parsed = parseCustomerCode(text);
  return parsed.ok ? parsed.customerCode : undefined;
}

/** Asked where no video can tell the code: of an account without a credential. */
export function customerCodeStep({ prompter, draft }: AddAccountParts): Step<AccountState> {
  return {
    id: 'customerCode',
    when: ({ source }) => source === 'signingKey',
    async ask(state, turn) {
      const reply = await prompter.input({
        ...frame(state, turn),
        ...codeBox(),
        value: turn.previous?.customerCode ?? draft.read()?.customerCode ?? '',
      });
      return mapReply(reply, (text) => {
        const { customerCode: _, ...rest } = state;
        const customerCode = codeIn(text);
        const code = customerCode === undefined ? {} : { customerCode };
        draft.keep({ ...draft.read(), label: state.label, ...code });
        return { ...rest, ...code };
      });
    },
  };
}

/** Sets the customer code of an account by hand, or forgets it. Without a key it asks which account. */
export async function setCustomerCode(
  key: string | undefined,
  parts: { readonly prompter: Prompter; readonly accounts: Accounts },
): Promise<Outcome<void>> {
  const { prompter, accounts } = parts;
  const title = l10n.t('Set Customer Code');
  const picked = await pickAccount(key, { title, placeholder: l10n.t('Which account is the code for?') }, parts);
  if (!picked.ok) return picked;
  const { customerCode = '', label, key: accountKey } = picked.value;
  const reply = await prompter.input({ title, ...codeBox(), value: customerCode });
  if (reply.kind !== 'answer') return failed({ code: 'cancelled' });
  const code = codeIn(reply.value);
  const outcome = await accounts.setCustomerCode(accountKey, code);
  if (outcome.ok) {
    const name = cleanText(label, 64);
    prompter.mention(
      code === undefined
        ? l10n.t('The customer code of "{0}" was removed.', name)
        : l10n.t('The customer code of "{0}" is {1}.', name, code),
    );
  }
  return outcome;
}
