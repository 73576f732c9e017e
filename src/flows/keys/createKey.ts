import * as l10n from '@vscode/l10n';
import { cleanText } from '../../source/cleanText';
import type { CreatedKey, StreamApi } from '../../stream/api/client';
import type { Credential } from '../../stream/api/credential';
import type { Failure, Outcome } from '../../stream/failure';
import { failed, mayBeDone, succeeded } from '../../stream/failure';
import { parseKey } from '../../stream/keys/parseKey';
import { proveKey } from '../../stream/keys/proveKey';
import { type KeyProblem, type PrivateJwk, withId } from '../../stream/keys/signingKey';
import type { Accounts } from '../accounts/accounts';
import { failureText } from '../failureSentence';
import type { Log } from '../log';
import type { Prompter } from '../prompter';
import type { TimeStyle } from '../times';
import { addToAccount } from './addToAccount';
import { createdKeyFlaw } from './createdKeyFlaw';
import { holdKey } from './holdKey';
import { holdNameless } from './holdNameless';
import { keyAccount, mayAskCloudflare } from './keyAccount';
import { unloggedOf } from './keyRecord';
import type { KeySite } from './keySite';
import type { SigningKeys } from './keys';
import type { PendingKey, PendingKeys } from './pendingKeys';
import { settlePending } from './settlePending';
import { offerDeletion } from './strayKey';

export interface CreateKeyParts {
  readonly prompter: Prompter;
  readonly accounts: Accounts;
  readonly keys: SigningKeys;
  readonly pending: PendingKeys;
  readonly openApi: (credential: Credential) => StreamApi;
  readonly log: Log;
  readonly times: TimeStyle;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Creates a signing key at Cloudflare and stores it. Cloudflare shows the private half once, so the order matters: a mark,
 * the request (never twice), the proof, storing, reading back, and only then the mark goes. Whatever breaks in between,
 * the key is held, or the person is told which one is left over and can delete it.
 */
export async function createKey(accountKey: string | undefined, parts: CreateKeyParts): Promise<Outcome<void>> {
  const { prompter, accounts, pending } = parts;
  const title = l10n.t('Create Signing Key');
  const account = await keyAccount(accountKey, title, parts, mayAskCloudflare);
  if (!account.ok) return account;
  const opened = await accounts.open(account.value.key);
  if (!opened.ok) return opened;
  const { key, accountId, label, credential } = opened.value;
  const site: Site = { accountKey: key, accountId, label, api: parts.openApi(credential) };
  for (const mark of await pending.abandoned(key)) {
    const settled = await settlePending(mark, site, parts);
    if (!settled.ok) return settled;
  }
  const confirmed = await prompter.confirm({
    question: l10n.t('Create a signing key for "{0}"?', cleanText(label, 64)),
    detail: l10n.t(
      'Cloudflare shows the private half of a key only once. It is put into this machine’s secret storage at once, and stays there.',
    ),
    action: l10n.t('Create'),
  });
  if (!confirmed) return failed({ code: 'cancelled' });
  const asked = await prompter.busy(l10n.t('Creating a signing key…'), (signal) => askForKey(site, parts, signal));
  if (!asked.ok) return asked;
  const { mark, answer } = asked.value;
  try {
    return answer.ok
      ? await keepKey(answer.value, mark, site, parts)
      : await lostAnswer(answer.failure, mark, site, parts);
  } finally {
    // Where the mark still stands, something is left to be asked about, by this window too.
    pending.abandon(mark);
  }
}

/** The account at Cloudflare for which a key is made. */
interface Site extends KeySite {
  readonly accountKey: string;
}

interface Asked {
  readonly mark: PendingKey;
  readonly answer: Outcome<CreatedKey>;
}

/** Fails only while nothing was sent that could make a key. */
async function askForKey(
  { accountKey, accountId, api }: Site,
  { pending }: CreateKeyParts,
  signal: AbortSignal,
): Promise<Outcome<Asked>> {
  const before = await api.listKeys(accountId, signal);
  if (!before.ok) return before;
  const { keys, complete } = before.value;
  const mark = await pending.mark(accountKey, { ids: keys.map(({ id }) => id), complete });
  if (!mark.ok) return mark;
  try {
    return succeeded({ mark: mark.value, answer: await api.createKey(accountId, signal) });
  } catch (error) {
    pending.abandon(mark.value);
    throw error;
  }
}

async function lostAnswer(
  failure: Failure,
  mark: PendingKey,
  site: Site,
  parts: CreateKeyParts,
): Promise<Outcome<void>> {
  const { prompter, log, times } = parts;
  if (!mayBeDone(failure)) {
    await clearMark(mark, parts);
    return failed(failure);
  }
  if (failure.code !== 'cancelled') log.warn(`Creating a signing key: ${failureText(failure, times)}`);
  const settled = await settlePending(mark, site, parts, Number.POSITIVE_INFINITY);
  if (settled.ok && settled.value.found > 0) return failed({ code: 'cancelled' });
  if (settled.ok && !settled.value.open) return failed(failure);
  prompter.tell(
    l10n.t(
      'It is not known whether Cloudflare created a signing key: its answer did not arrive, and not all keys can be listed now. You are asked again when you next create one.',
    ),
  );
  return settled.ok ? failed(failure) : settled;
}

async function keepKey(
  created: CreatedKey,
  mark: PendingKey,
  site: Site,
  parts: CreateKeyParts,
): Promise<Outcome<void>> {
  const { prompter, log } = parts;
  for (const form of [created.jwk, created.pem]) if (form !== undefined) log.hide(form);
  const read = await readCreated(created);
  if (!read.ok) return dropKey(created.id, read.problem, mark, site, parts);
  const { jwk } = read;
  for (const secret of unloggedOf(jwk)) log.hide(secret);
  const kept =
    jwk.kid === ''
      ? await holdNameless(jwk, prompter)
      : await holdKey(jwk, {
          store: () => addToAccount(site.accountKey, jwk, created.created, parts),
          deleteKey: (signal) => site.api.deleteKey(site.accountId, jwk.kid, signal),
          prompter,
          log,
          times: parts.times,
        });
  if (kept !== 'givenUp') await clearMark(mark, parts);
  if (kept !== 'stored') return failed({ code: 'cancelled' });
  prompter.mention(l10n.t('Signing key {0} is ready.', jwk.kid));
  return succeeded(undefined);
}

/** Deals with a key that was made and is of no use. One without an id is found like one whose answer got lost. */
async function dropKey(
  kid: string,
  problem: KeyProblem,
  mark: PendingKey,
  site: Site,
  parts: CreateKeyParts,
): Promise<Outcome<void>> {
  const { prompter, log } = parts;
  log.warn(`The new signing key ${kid} can't be used (${problem.code}).`);
  if (kid === '') return lostAnswer({ code: 'unexpectedAnswer', detail: 'result.id' }, mark, site, parts);
  prompter.tell(l10n.t('Cloudflare made signing key {0}, but it can’t be used: {1}', kid, createdKeyFlaw(problem)));
  const reason = l10n.t('What Cloudflare sent can’t sign, and it sends a key only once.');
  if ((await offerDeletion({ kid, reason }, site, parts)) !== 'undecided') await clearMark(mark, parts);
  return failed({ code: 'cancelled' });
}

/**
 * Reads both forms of a new key, which must be the same, and proves that it signs. Its id stands beside them or in the
 * JWK; where it does not, it is empty here.
 */
async function readCreated({
  id,
  jwk,
  pem,
}: CreatedKey): Promise<
  { readonly ok: true; readonly jwk: PrivateJwk } | { readonly ok: false; readonly problem: KeyProblem }
> {
  const parsed = parseKey(JSON.stringify({ id, jwk, pem }));
  if (!parsed.ok) return parsed;
  const key = withId(parsed.key, id || (parsed.id ?? ''));
  const problem = await proveKey(key);
  return problem === undefined ? { ok: true, jwk: key } : { ok: false, problem };
}

/** The key is where it belongs; a mark that stays only means that somebody looks once more. */
async function clearMark(mark: PendingKey, { pending, log }: CreateKeyParts): Promise<void> {
  try {
    await pending.clear(mark);
  } catch {
    log.warn('The mark of a signing key that was being created could not be removed.');
  }
}
