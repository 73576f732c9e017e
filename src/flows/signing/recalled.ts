import * as v from 'valibot';
import { RESULT_FORMS, type ResultForm, type ResultOptions } from '../../stream/delivery/resultForms';
import { isId } from '../../stream/id';
import type { TokenOptions } from '../../stream/token/options';
import { MAX_RULES } from '../../stream/token/rules';
import type { AccountSummary, Accounts, Cache } from '../accounts/accounts';
import type { SigningKeys } from '../keys/keys';
import type { Output } from './output';
import type { ChosenVideo, Destination, Signing } from './signing';
import { type SignWith, usableKeys, usualSignWith } from './signWith';

/** A signing as it can be taken up again: no secrets, and nothing of a key that was sent along. */
export interface Recalled {
  readonly accountKey: string;
  readonly video?: ChosenVideo;
  readonly options: TokenOptions;
  /** Absent: as the account usually signs. */
  readonly signWith?: Exclude<SignWith, { kind: 'apiWithKey' }>;
  readonly form: ResultForm;
  readonly urls?: ResultOptions;
  readonly destination: Destination;
}

export interface RecallParts {
  readonly accounts: Pick<Accounts, 'list'>;
  readonly keys: Pick<SigningKeys, 'list'>;
  readonly output: Pick<Output, 'canInsert' | 'idPlace'>;
  readonly preferences: Cache;
}

export function toRecalled({ account, video, options, signWith, form, urls, destination }: Signing): Recalled {
  return {
    accountKey: account.key,
    ...(video !== undefined && { video: { id: video.id, name: video.name } }),
    options,
    ...(signWith.kind !== 'apiWithKey' && { signWith }),
    form,
    ...(urls !== undefined && { urls }),
    destination,
  };
}

/**
 * Takes a signing up again where another one begins. What the caller asked for stays: its account (when `fixed`), its
 * video, and the place of an id. What is gone since then, an account or a key, is passed over.
 */
export async function recall(begun: Signing, what: Recalled, fixed: boolean, parts: RecallParts): Promise<Signing> {
  const account = fixed
    ? begun.account
    : ((await parts.accounts.list()).find(({ key }) => key === what.accountKey) ?? begun.account);
  const video = begun.video ?? (account.key === what.accountKey ? what.video : undefined);
  const { urls = begun.urls } = what;
  return {
    account,
    video,
    options: what.options,
    signWith: await recalledSignWith(what, account, parts),
    ...(parts.output.idPlace === undefined
      ? { form: what.form, destination: placeOf(what.destination, parts.output.canInsert) }
      : { form: begun.form, destination: begun.destination }),
    ...(urls !== undefined && { urls }),
  };
}

async function recalledSignWith(
  { accountKey, signWith }: Recalled,
  account: AccountSummary,
  { keys, preferences }: RecallParts,
): Promise<SignWith> {
  if (signWith === undefined || accountKey !== account.key) return usualSignWith(account, keys, preferences);
  const { kind } = signWith;
  const possible =
    kind === 'api'
      ? account.credential !== 'none'
      : (await usableKeys(account, keys)).some(({ kid }) => kid === signWith.kid);
  return possible ? signWith : usualSignWith(account, keys, preferences);
}

function placeOf(destination: Destination, canInsert: boolean): Destination {
  if (destination === 'copy' || destination === 'show') return destination;
  return canInsert ? 'insert' : 'copy';
}

const LAST_SIGNING = 'lastSigning';

const moment = v.object({ kind: v.picklist(['fromNow', 'at']), seconds: v.pipe(v.number(), v.safeInteger()) });
const action = v.picklist(['allow', 'block']);
const texts = v.pipe(v.array(v.string()), v.minLength(1));
const rule = v.variant('type', [
  v.object({ type: v.literal('any'), action }),
  v.object({ type: v.literal('ip.src'), action, ip: texts }),
  v.object({ type: v.literal('ip.geoip.country'), action, country: texts }),
]);
const urlOptions = v.record(v.string(), v.string());
/** A signing as it is stored. */
export const storedRecalled = v.object({
  accountKey: v.string(),
  video: v.exactOptional(v.object({ id: v.pipe(v.string(), v.check(isId)), name: v.string() })),
  options: v.object({
    expiry: v.exactOptional(moment),
    notBefore: v.exactOptional(moment),
    downloadable: v.exactOptional(v.boolean()),
    accessRules: v.exactOptional(v.pipe(v.array(rule), v.maxLength(MAX_RULES))),
    original: v.exactOptional(v.boolean()),
  }),
  signWith: v.exactOptional(
    v.variant('kind', [v.object({ kind: v.literal('api') }), v.object({ kind: v.literal('local'), kid: v.string() })]),
  ),
  form: v.picklist(RESULT_FORMS),
  urls: v.exactOptional(
    v.object({
      player: v.exactOptional(urlOptions),
      posterAt: v.exactOptional(v.string()),
      image: v.exactOptional(urlOptions),
    }),
  ),
  destination: v.picklist(['insert', 'replace', 'copy', 'show']),
});

/** The last signing in this workspace. What a newer version stored in another form counts as none. */
export function readLastSigning(workspacePreferences: Cache): Recalled | undefined {
  const read = v.safeParse(storedRecalled, workspacePreferences.read(LAST_SIGNING));
  return read.success ? read.output : undefined;
}

export async function rememberLastSigning(signing: Signing, workspacePreferences: Cache): Promise<void> {
  await workspacePreferences.write(LAST_SIGNING, toRecalled(signing));
}
