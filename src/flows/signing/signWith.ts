import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { AccountSummary, Cache } from '../accounts/accounts';
import type { KeySummary, SigningKeys } from '../keys/keys';
import { shortKey } from '../keys/keyText';
import type { Entry, Prompter, Reply } from '../prompter';

/** Who signs: a key on this machine, Cloudflare with its own key, or Cloudflare with a key that is sent along. */
export type SignWith =
  | { readonly kind: 'local'; readonly kid: string }
  | { readonly kind: 'api' }
  | { readonly kind: 'apiWithKey'; readonly kid: string };

export function signWithText(signWith: SignWith): string {
  switch (signWith.kind) {
    case 'local':
      return l10n.t('key {0} on this machine', shortKey(signWith.kid));
    case 'api':
      return l10n.t('Cloudflare API');
    case 'apiWithKey':
      return l10n.t('Cloudflare API with key {0}', shortKey(signWith.kid));
  }
}

/** Whether signing puts a private key into a request. */
export function sendsKey(signWith: SignWith): boolean {
  return signWith.kind === 'apiWithKey';
}

const REMEMBERED = 'signWith';
const remembered = v.record(v.string(), v.string());

/** The keys of an account that can sign here, the newest last. */
export async function usableKeys(
  { key }: AccountSummary,
  keys: Pick<SigningKeys, 'list'>,
): Promise<readonly KeySummary[]> {
  return (await keys.list()).filter(
    ({ accountKey, privateHalf, revokedAt }) =>
      accountKey === key && privateHalf === 'stored' && revokedAt === undefined,
  );
}

/** How an account signed the last time, as far as that is still possible; else with its newest key, else by the API. */
export async function usualSignWith(
  account: AccountSummary,
  keys: Pick<SigningKeys, 'list'>,
  preferences: Cache,
): Promise<SignWith> {
  const usable = await usableKeys(account, keys);
  const choices = v.safeParse(remembered, preferences.read(REMEMBERED));
  const last = choices.success ? choices.output[account.key] : undefined;
  if (last === 'api' && account.credential !== 'none') return { kind: 'api' };
  const key = usable.find(({ kid }) => kid === last) ?? usable.at(-1);
  return key === undefined ? { kind: 'api' } : { kind: 'local', kid: key.kid };
}

/** Remembers how an account signs. That a key was sent along is never remembered. */
export async function rememberSignWith(accountKey: string, signWith: SignWith, preferences: Cache): Promise<void> {
  if (signWith.kind === 'apiWithKey') return;
  const choices = v.safeParse(remembered, preferences.read(REMEMBERED));
  const choice = signWith.kind === 'api' ? 'api' : signWith.kid;
  await preferences.write(REMEMBERED, { ...(choices.success && choices.output), [accountKey]: choice });
}

/** Each way to sign, with the reason to prefer it. */
export async function askSignWith(
  current: SignWith,
  account: AccountSummary,
  parts: {
    readonly prompter: Prompter;
    readonly keys: Pick<SigningKeys, 'list'>;
    readonly canCallApi: boolean;
  },
): Promise<Reply<SignWith | 'import' | 'create'>> {
  const usable = await usableKeys(account, parts.keys);
  const { canCallApi } = parts;
  const api = canCallApi && account.credential !== 'none';
  const local = usable.map(({ kid }): Entry<SignWith> => {
    const value = { kind: 'local', kid } as const;
    return {
      value,
      icon: 'key',
      label: signWithText(value),
      detail: l10n.t('Offline, for any number of tokens, and the only way for WebRTC playback.'),
    };
  });
  const sent = usable.map(({ kid }): Entry<SignWith> => {
    const value = { kind: 'apiWithKey', kid } as const;
    return {
      value,
      icon: 'cloud-upload',
      label: signWithText(value),
      detail: l10n.t('Sends the private key to Cloudflare; asks each time.'),
    };
  });
  return parts.prompter.pick<SignWith | 'import' | 'create'>({
    title: l10n.t('Sign With'),
    canGoBack: true,
    placeholder: l10n.t('Who signs the token?'),
    choices: [
      ...local,
      {
        value: { kind: 'api' },
        icon: 'cloud',
        label: signWithText({ kind: 'api' }),
        detail: apiDetail(account, canCallApi),
      },
      ...(api && sent.length > 0 ? [{ heading: l10n.t('For completeness') }, ...sent] : []),
      { heading: '' },
      { value: 'import', icon: 'desktop-download', label: l10n.t('Import Signing Key…'), alwaysShow: true },
      ...(api
        ? [{ value: 'create' as const, icon: 'add', label: l10n.t('Create Signing Key…'), alwaysShow: true }]
        : []),
    ],
    active: (value) => typeof value === 'object' && isSame(value, current),
  });
}

function apiDetail({ credential }: AccountSummary, canCallApi: boolean): string {
  if (!canCallApi) return l10n.t('Not in the browser: Cloudflare’s API sends no CORS headers.');
  if (credential === 'none') return l10n.t('Not with this account: it has no credential.');
  return l10n.t('Needs no key. For testing and under 1,000 tokens a day; not for WebRTC playback.');
}

function isSame(a: SignWith, b: SignWith): boolean {
  return a.kind === b.kind && (a.kind === 'api' || b.kind === 'api' || a.kid === b.kid);
}
