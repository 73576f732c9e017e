import type { EmulatedAccount } from './accounts';
import { invalid, notForAccountTokens, success, unauthorized } from './answers';
import type { Grant } from './credentials';
import type { Answer } from './exchange';

/** `GET /accounts`: the accounts a credential can see, in pages of 5 to 50 (20 unless said). */
export function listAccounts(accounts: readonly EmulatedAccount[], grant: Grant, query: URLSearchParams): Answer {
  if (grant.expiredOn !== undefined) return unauthorized();
  if (!grant.listsAccounts) return grant.kind === 'accountToken' ? notForAccountTokens() : unauthorized();
  const page = Number(query.get('page') ?? 1);
  const perPage = Number(query.get('per_page') ?? 20);
  if (!Number.isInteger(page) || page < 1) return invalid('/page', 'page must be at least 1');
  if (!Number.isInteger(perPage) || perPage < 5 || perPage > 50)
    return invalid('/per_page', 'per_page must be from 5 to 50');
  const name = query.get('name');
  const direction = query.get('direction');
  const visible = accounts
    .filter(({ id }) => grant.accountIds.includes(id))
    .filter((account) => name === null || account.name === name)
    .sort((a, b) => (direction === null ? 0 : (direction === 'desc' ? -1 : 1) * a.name.localeCompare(b.name)));
  const shown = visible.slice((page - 1) * perPage, page * perPage);
  const result = shown.map(({ id, name, created }) => ({
    id,
    name,
    type: 'standard',
    settings: { enforce_twofactor: false },
    created_on: created,
  }));
  return success(result, {
    result_info: {
      page,
      per_page: perPage,
      total_pages: Math.ceil(visible.length / perPage),
      count: shown.length,
      total_count: visible.length,
    },
  });
}
