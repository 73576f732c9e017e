import * as l10n from '@vscode/l10n';
import type { TokenOptions } from '../../stream/token/options';
import type { Cache } from '../accounts/accounts';
import type { Draft } from '../draft';
import type { Choice, Entry, Verdict } from '../prompter';
import type { TimeStyle } from '../times';
import { formText } from './formText';
import { optionsText } from './optionsText';
import { listPresets, type Preset, presetChoice, presetVerdict, type SignSettings } from './presets';
import { type Recalled, type RecallParts, readLastSigning, recall } from './recalled';
import type { Signing } from './signing';
import { videoText } from './signing';

/** A line of the hub that puts something else in place of what is set. */
export type OfferLine = 'continue' | 'last' | 'allPresets' | `preset:${number}`;

/** What the hub offers to start from. */
export interface Offer extends Omit<Choice<OfferLine>, 'value'> {
  readonly line: OfferLine;
  readonly verdict?: Verdict;
  readonly apply: (signing: Signing) => Signing;
}

export interface OfferParts extends RecallParts {
  readonly settings: SignSettings;
  readonly draft: Draft<Recalled>;
  readonly workspacePreferences: Cache;
  readonly times: TimeStyle;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** More would push everything else out of sight; the rest is behind a line of its own. */
const MOST_PRESETS = 4;

/** What a hub that begins with a signing can offer. `fixed`: the caller asked for the account. */
export async function hubOffers(begun: Signing, fixed: boolean, parts: OfferParts): Promise<readonly Offer[]> {
  const { draft, workspacePreferences, settings } = parts;
  const left = draft.read();
  const last = readLastSigning(workspacePreferences);
  return [
    ...(left === undefined ? [] : [await recallOffer('continue', left, begun, fixed, parts)]),
    ...(last === undefined ? [] : [await recallOffer('last', last, begun, fixed, parts)]),
    ...presetOffers(listPresets(settings), parts),
  ];
}

async function recallOffer(
  line: 'continue' | 'last',
  what: Recalled,
  begun: Signing,
  fixed: boolean,
  parts: OfferParts,
): Promise<Offer> {
  const recalled = await recall(begun, what, fixed, parts);
  const { video, form, options } = recalled;
  const facts = [
    ...(video === undefined || video === begun.video ? [] : [videoText(video)]),
    formText(form),
    optionsText(options, parts.now() / 1000, parts.times),
  ];
  return {
    line,
    icon: line === 'last' ? 'history' : 'debug-continue',
    label: line === 'last' ? l10n.t('Same as Last Time') : l10n.t('Continue Where You Stopped'),
    description: facts.join(' · '),
    // A video that was chosen meanwhile stays.
    apply: (signing) => (signing.video === undefined ? recalled : { ...recalled, ...sameVideo(signing, recalled) }),
  };
}

function sameVideo({ video, account, signWith }: Signing, recalled: Signing): Partial<Signing> {
  return account.key === recalled.account.key ? { video } : { video, account, signWith };
}

function presetOffers(presets: readonly Preset[], { now, times }: OfferParts): readonly Offer[] {
  const offers = presets.slice(0, MOST_PRESETS).map((preset, at): Offer => {
    const verdict = presetVerdict(preset);
    return {
      line: `preset:${at}`,
      ...presetChoice(preset, now() / 1000, times),
      ...(verdict !== undefined && { verdict }),
      apply: (signing) => withPreset(signing, preset.options),
    };
  });
  const more = presets.length - offers.length;
  if (more <= 0) return offers;
  const all: Offer = {
    line: 'allPresets',
    icon: 'list-unordered',
    label: l10n.t('All Presets…'),
    description: l10n.t('{0} more', more),
    apply: (signing) => signing,
  };
  return [...offers, all];
}

/** A preset is the whole of the token options: what it does not name is not set. */
export function withPreset(signing: Signing, options: TokenOptions | undefined): Signing {
  return options === undefined ? signing : { ...signing, options };
}

export function offerEntries(offers: readonly Offer[]): readonly Entry<OfferLine>[] {
  const entry = ({ line, icon, label, description }: Offer): Entry<OfferLine> => ({
    value: line,
    label,
    ...(icon !== undefined && { icon }),
    ...(description !== undefined && { description }),
  });
  const isPreset = ({ line }: Offer) => line !== 'continue' && line !== 'last';
  const presets = offers.filter(isPreset);
  return [
    ...offers.filter((offer) => !isPreset(offer)).map(entry),
    ...(presets.length === 0 ? [] : [{ heading: l10n.t('Presets') }, ...presets.map(entry)]),
  ];
}
