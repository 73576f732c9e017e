import * as l10n from '@vscode/l10n';
import { cleanLabel } from '../source/cleanText';
import type { ResultForm, ResultOptions } from '../stream/delivery/resultForms';
import type { TokenOptions } from '../stream/token/options';
import { DEFAULT_LIFETIME, secondsUntil } from '../stream/token/options';
import type { AccountSummary } from './accounts';
import { durationText } from './times';

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
  readonly form: ResultForm;
  /** Of the URLs, for the form that has a use for them. */
  readonly urls?: ResultOptions;
  readonly destination: Destination;
}

export function destinationText(destination: Destination): string {
  switch (destination) {
    case 'insert':
      return l10n.t('inserted at the cursor');
    case 'replace':
      return l10n.t('in place of the id');
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

/** How long a token lives that is signed now (epoch seconds). */
export function lifetimeText({ expiry }: TokenOptions, now: number): string {
  return expiry === undefined
    ? l10n.t('in {0} (Cloudflare’s default)', durationText(DEFAULT_LIFETIME))
    : l10n.t('in {0}', durationText(secondsUntil(expiry, now)));
}

export function downloadsText({ downloadable }: TokenOptions): string {
  return downloadable === true ? l10n.t('allowed') : l10n.t('not allowed');
}
