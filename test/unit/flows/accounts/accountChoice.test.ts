import assert from 'node:assert/strict';
import { accountFacts } from '../../../../src/flows/accounts/accountChoice';
import type { AccountSummary } from '../../../../src/flows/accounts/accounts';

const ID = '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87';
const stored: AccountSummary = { key: 'a1', label: 'Acme', accountId: ID, credential: 'stored' };

describe('an account in a few words', () => {
  const rows: readonly [AccountSummary, string][] = [
    [stored, ID],
    [{ ...stored, isDefault: true }, `default · ${ID}`],
    [{ ...stored, cannotSign: true }, `can list, cannot sign · ${ID}`],
    [{ ...stored, cannotSign: true, isDefault: true }, `default · can list, cannot sign · ${ID}`],
    [{ ...stored, credential: 'missing' }, 'credential missing'],
    [{ ...stored, credential: 'missing', cannotSign: true }, 'credential missing'],
    [{ key: 'a1', label: 'Acme', credential: 'none' }, 'signing keys only'],
    [{ key: 'a1', label: 'Acme', credential: 'none', isDefault: true }, 'default · signing keys only'],
  ];
  for (const [account, facts] of rows) it(facts, () => assert.equal(accountFacts(account), facts));
});
