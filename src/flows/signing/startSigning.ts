import * as l10n from '@vscode/l10n';
import type { Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import { isId } from '../../stream/id';
import type { TokenOptions } from '../../stream/token/options';
import { readPreset } from '../../stream/token/preset';
import type { AccountSummary } from '../accounts/accounts';
import { answer, type Entry } from '../prompter';
import { addedAccount } from './changeSigning';
import { rememberedForm } from './formMemory';
import { firstResult, type ResultChoice } from './inPlace';
import { withPreset } from './offers';
import { presetSentence } from './optionsText';
import { askPreset, listPresets } from './presets';
import { readLastSigning, recall } from './recalled';
import type { Line } from './signHub';
import { type Signing, withSignWith } from './signing';
import type { SignRequest, SignVideoParts } from './signVideo';
import { usableKeys, usualSignWith } from './signWith';

export const LAST_ACCOUNT = 'lastAccount';

/** For a comparison, which hands out no token. */
const NO_RESULT: ResultChoice = { form: 'token', destination: 'show' };

/** Where a signing begins. */
export interface Start {
  readonly signing: Signing;
  /** Signs without showing the hub first, as far as nothing is missing. */
  readonly atOnce: boolean;
  /** What the person should see of their settings. */
  readonly notes: readonly Entry<Line>[];
}

/** Finds what a signing begins with: what was asked for, the person's defaults, a preset, or the last signing. */
export async function startSigning(request: SignRequest, parts: SignVideoParts): Promise<Outcome<Start>> {
  const { prompter, settings, times } = parts;
  const { purpose = 'sign' } = request;
  const account = await firstAccount(request, parts);
  if (!account.ok) return account;
  if (purpose === 'compare' && (await usableKeys(account.value, parts.keys)).length === 0) {
    prompter.tell(
      l10n.t('To compare, this account needs a signing key on this machine. Create or import one in the sidebar.'),
    );
    return failed({ code: 'cancelled' });
  }
  const result =
    purpose === 'sign'
      ? await firstResult(rememberedForm(parts.preferences, parts.output.language), parts)
      : answer(NO_RESULT);
  if (result.kind !== 'answer') return failed({ code: 'cancelled' });
  const { options, notes } = request.options === undefined ? defaults(parts) : { options: request.options, notes: [] };
  const signing = await startingPoint(request, account.value, options, result.value, parts);
  const again = request.how === 'again';
  const last = request.recalled ?? (again ? readLastSigning(parts.workspacePreferences) : undefined);
  if (last !== undefined) {
    const taken = await recall(signing, last, request.accountKey !== undefined, parts);
    return succeeded({ signing: taken, atOnce: again, notes });
  }
  if (request.how !== 'preset') return succeeded({ signing, atOnce: false, notes });
  const preset = await askPreset(listPresets(settings), prompter, () => parts.now() / 1000, times);
  if (preset.kind !== 'answer') return failed({ code: 'cancelled' });
  return succeeded({ signing: withPreset(signing, preset.value.options), atOnce: true, notes });
}

/** The account the hub starts with: the one asked for, this workspace's default, the last one used here, or one that has its credential. */
async function firstAccount(request: SignRequest, parts: SignVideoParts): Promise<Outcome<AccountSummary>> {
  const known = await parts.accounts.list();
  const { accountKey } = request;
  if (accountKey !== undefined && !known.some(({ key }) => key === accountKey)) return failed({ code: 'accountGone' });
  const chosen = known.find(({ isDefault }) => isDefault)?.key;
  const wanted = accountKey ?? chosen ?? parts.workspacePreferences.read(LAST_ACCOUNT);
  const found =
    known.find(({ key }) => key === wanted) ?? known.find(({ credential }) => credential === 'stored') ?? known[0];
  return found === undefined ? addedAccount(parts) : succeeded(found);
}

async function startingPoint(
  { videoId, videoName = '', signWith }: SignRequest,
  account: AccountSummary,
  options: TokenOptions,
  result: ResultChoice,
  parts: SignVideoParts,
): Promise<Signing> {
  const signing: Signing = {
    account,
    video: videoId !== undefined && isId(videoId) ? { id: videoId, name: videoName } : undefined,
    options,
    signWith: signWith ?? (await usualSignWith(account, parts.keys, parts.preferences)),
    ...result,
  };
  return withSignWith(signing, signing.signWith);
}

/** The options of the person's settings; what can't be read there sets nothing and is said. */
function defaults({ settings }: SignVideoParts): Pick<Start, 'notes'> & { readonly options: TokenOptions } {
  const read = readPreset(settings.defaults());
  if (read.ok) return { options: read.options, notes: [] };
  return {
    options: {},
    notes: [
      {
        value: 'badDefaults',
        icon: 'warning',
        label: l10n.t('The settings streamSigner.defaults can’t be used'),
        description: presetSentence(read.problem),
      },
    ],
  };
}
