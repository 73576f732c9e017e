import * as l10n from '@vscode/l10n';
import { cleanLabel } from '../../source/cleanText';
import type { ResultForm, ResultOptions } from '../../stream/delivery/resultForms';
import type { TokenOptions } from '../../stream/token/options';
import { DEFAULT_LIFETIME, MAX_LIFETIME, secondsUntil } from '../../stream/token/options';
import type { AccountSummary } from '../accounts/accounts';
import { durationText, type TimeStyle } from '../times';
import { momentText } from './momentText';
import type { IdPlace } from './output';
import type { SignWith } from './signWith';

/** What happens with the result. */
export type Destination = 'insert' | 'replace' | 'copy' | 'show';

/** The video to sign; of one that was typed only the id is known. */
export interface ChosenVideo {
  readonly id: string;
  readonly name: string;
}

/** Everything the hub shows: what Enter would sign, and where the result goes. */
export interface Signing {
  readonly account: AccountSummary;
  readonly video: ChosenVideo | undefined;
  readonly options: TokenOptions;
  readonly signWith: SignWith;
  readonly form: ResultForm;
  /** Of the URLs, for the form that has a use for them. */
  readonly urls?: ResultOptions;
  readonly destination: Destination;
}

export function destinationText(destination: Destination, place?: IdPlace): string {
  switch (destination) {
    case 'insert':
      return l10n.t('inserted at the cursor');
    case 'replace':
      return place?.kind === 'token' ? l10n.t('in place of the token') : l10n.t('in place of the id');
    case 'copy':
      return l10n.t('copied to the clipboard');
    case 'show':
      return l10n.t('shown in an editor');
  }
}

/** The name of a video with enough of its id to tell it from another of the same name. */
export function videoText({ id, name }: ChosenVideo): string {
  return name === '' ? id : `${cleanLabel(name)} · ${id.slice(0, 8)}…`;
}

/** When a token dies that is signed now (epoch seconds). */
export function expiryText({ options: { expiry }, signWith }: Signing, now: number, times: TimeStyle): string {
  const local = signWith.kind === 'local';
  if (expiry !== undefined) {
    const capped = !local && secondsUntil(expiry, now) > MAX_LIFETIME;
    return momentText(capped ? { kind: 'fromNow', seconds: MAX_LIFETIME } : expiry, now, times);
  }
  return local
    ? l10n.t('in {0}', durationText(DEFAULT_LIFETIME))
    : l10n.t('in {0} (Cloudflare’s default)', durationText(DEFAULT_LIFETIME));
}

/** From when on a token is good that is signed now (epoch seconds). */
export function notBeforeText({ options: { notBefore }, signWith }: Signing, now: number, times: TimeStyle): string {
  if (notBefore !== undefined) return momentText(notBefore, now, times);
  return signWith.kind === 'local' ? l10n.t('not set') : l10n.t('1 h ago (Cloudflare’s default)');
}

export function downloadsText({ downloadable }: TokenOptions): string {
  return downloadable === true ? l10n.t('allowed') : l10n.t('not allowed');
}

export function originalText({ original }: TokenOptions): string {
  return original === true ? l10n.t('the video as it was uploaded') : l10n.t('no');
}

/** The API takes a lifetime of at most 24 h, so a longer one goes when the API is to sign. */
export function withSignWith(signing: Signing, signWith: SignWith): Signing {
  const { expiry } = signing.options;
  const tooLong = signWith.kind !== 'local' && expiry?.kind === 'fromNow' && expiry.seconds > MAX_LIFETIME;
  const shortened = tooLong ? withOptions(signing, { expiry: { kind: 'fromNow', seconds: MAX_LIFETIME } }) : signing;
  return { ...shortened, signWith };
}

/** Undefined takes a field back out: untouched means absent. */
export function withOptions(
  signing: Signing,
  change: { readonly [Field in keyof TokenOptions]: TokenOptions[Field] | undefined },
): Signing {
  const merged = { ...signing.options, ...change };
  const options = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
  return { ...signing, options };
}
