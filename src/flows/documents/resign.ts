import * as l10n from '@vscode/l10n';
import type { Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import { type ReadToken, readToken, videoIdOf } from '../../stream/token/claims';
import { untilText } from '../signing/deliverResult';
import type { SignSettings } from '../signing/presets';
import { type SignLikeParts, signLike } from '../signing/signLike';
import { durationText, type TimeStyle } from '../times';
import { lifetimeOf, optionsLike, withinLimit } from './optionsLike';
import type { TokenOwner } from './tokenOwner';

/** A token where it stands in a document. */
export interface TokenPlace {
  readonly token: string;
  /** The token with the URL around it, if it stands in the path of one. */
  readonly around: string;
  /** Puts a text in place of the token; false, and nothing changed, when the place is not sure any more. */
  replace(text: string): Promise<boolean>;
}

export interface ResignParts extends SignLikeParts {
  readonly owner: TokenOwner;
  readonly times: TimeStyle;
}

/**
 * Signs another token like one in a document and puts it there: only the token's characters change. Where the document
 * has moved on meanwhile, the result goes to the clipboard.
 */
export async function resign(place: TokenPlace, parts: ResignParts): Promise<Outcome<void>> {
  const { prompter, owner, times } = parts;
  const read = readToken(place.token);
  const videoId = read.ok ? videoIdOf(read.token) : undefined;
  if (!read.ok || videoId === undefined) {
    prompter.tell(read.ok ? noVideoSentence() : unreadableSentence());
    return failed({ code: 'cancelled' });
  }
  const account = await owner.accountOf(read.token);
  if (!account.ok) return account;
  const signed = await signLike(read.token, videoId, account.value, parts);
  if (!signed.ok) return signed;
  const until = untilText(signed.value, times);
  if (await place.replace(signed.value)) {
    prompter.mention(l10n.t('Re-signed: {0}', until));
    return succeeded(undefined);
  }
  await prompter.writeClipboard(place.around.replace(place.token, () => signed.value));
  prompter.tell(
    l10n.t(
      'The token was not replaced, because the document is read-only or changed at that place. The new one is on the clipboard: {0}.',
      until,
    ),
  );
  return succeeded(undefined);
}

/** Puts the video's id in place of a token, as it was before anything was signed. */
export async function replaceById(
  place: TokenPlace,
  { prompter }: Pick<ResignParts, 'prompter'>,
): Promise<Outcome<void>> {
  const read = readToken(place.token);
  const videoId = read.ok ? videoIdOf(read.token) : undefined;
  if (videoId === undefined) {
    prompter.tell(read.ok ? noVideoSentence() : unreadableSentence());
    return failed({ code: 'cancelled' });
  }
  if (await place.replace(videoId)) return succeeded(undefined);
  await prompter.writeClipboard(place.around.replace(place.token, videoId));
  prompter.tell(
    l10n.t(
      'The token was not replaced, because the document is read-only or changed at that place. The id is on the clipboard.',
    ),
  );
  return succeeded(undefined);
}

export function unreadableSentence(): string {
  return l10n.t('This token can’t be read, so another one can’t be signed like it.');
}

export function noVideoSentence(): string {
  return l10n.t('This token does not say for which video it is, so another one can’t be signed like it.');
}

/** What {@link resign} would do with a token, for the menu that offers it; undefined when it would sign nothing. */
export function resignTitle(token: ReadToken, settings: Pick<SignSettings, 'defaults'>): string | undefined {
  const { options, rulesLost } = optionsLike(token, settings);
  if (rulesLost || videoIdOf(token) === undefined) return undefined;
  return l10n.t('Re-sign for {0} with the same rules', durationText(lifetimeOf(withinLimit(options))));
}
