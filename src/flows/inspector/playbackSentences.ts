import * as l10n from '@vscode/l10n';
import type { CheckedResource, PlaybackCause, RefusalReason } from '../../stream/delivery/playbackCause';
import type { TimeStyle } from '../times';
import { obstacleAdvice } from './verdictAdvice';
import type { Tone } from './verdictLines';

export function resourceText(resource: CheckedResource): string {
  switch (resource) {
    case 'manifest':
      return l10n.t('HLS manifest');
    case 'player':
      return l10n.t('Player');
    case 'thumbnail':
      return l10n.t('Thumbnail');
    case 'mp4':
      return l10n.t('MP4 download');
  }
}

/** What one answer means, and what to do. */
export function causeSentence(
  cause: PlaybackCause,
  times: TimeStyle,
): { readonly tone: Tone; readonly meaning: string } {
  switch (cause.code) {
    case 'works':
      return { tone: 'good', meaning: l10n.t('It works.') };
    case 'public':
      return { tone: 'unsure', meaning: l10n.t('Public: it works for everyone, without a token.') };
    case 'needsToken':
      return { tone: 'good', meaning: l10n.t('Refused without a token, as it should be for a private video.') };
    case 'notLive':
      return { tone: 'unsure', meaning: l10n.t('A live input, and nobody broadcasts: there is nothing to play yet.') };
    case 'noSuchVideo':
      return {
        tone: 'bad',
        meaning: l10n.t(
          'Stream knows nothing of it: the video was deleted or is not ready, or the key belongs to another account.',
        ),
      };
    case 'notPlayable':
      return { tone: 'bad', meaning: l10n.t('The video is not ready to be played.') };
    case 'notMade':
      return { tone: 'unsure', meaning: l10n.t('No download was made for the video, or it is still in the making.') };
    case 'notDownloadable':
      return { tone: 'neutral', meaning: l10n.t('The token does not allow downloads.') };
    case 'obstacle':
      return { tone: 'bad', meaning: obstacleAdvice(cause.obstacle, times) };
    case 'refused':
      return { tone: 'bad', meaning: refusedSentence(cause.possible) };
    case 'redirected':
      return {
        tone: 'unsure',
        meaning: l10n.t('A redirect, which was not followed: a proxy or a login portal, perhaps.'),
      };
    case 'rateLimited':
      return { tone: 'unsure', meaning: l10n.t('Too many requests from here. Try again later.') };
    case 'serverTrouble':
      return { tone: 'unsure', meaning: l10n.t('Stream has trouble at the moment. Try again later.') };
    case 'proxyLogin':
      return {
        tone: 'unsure',
        meaning: l10n.t('The proxy asks for a user name and password. Check the setting "Http: Proxy".'),
      };
    case 'unexpected':
      return {
        tone: 'unsure',
        meaning: l10n.t('Stream’s hosts do not usually answer so. A proxy may stand in between.'),
      };
  }
}

function refusedSentence(possible: readonly RefusalReason[]): string {
  const [first, ...others] = possible.map(reasonText);
  if (first === undefined) return l10n.t('Refused, although everything that is known of it is right.');
  if (others.length === 0) return l10n.t('Refused: {0}.', first);
  return l10n.t('Refused. It can be one of these: {0}.', [first, ...others].join('; '));
}

function reasonText(reason: RefusalReason): string {
  switch (reason) {
    case 'key':
      return l10n.t('the signature is wrong, or the key belongs to another account or was deleted');
    case 'rules':
      return l10n.t('the access rules are not for the address of this machine');
    case 'page':
      return l10n.t('only certain pages may show the video, and this check comes from none');
  }
}

/** What the statuses of the manifest come to, with the token and with the plain id; undefined where there was none. */
export function conclusionSentence(
  token: number | undefined,
  id: number | undefined,
): { readonly tone: 'good' | 'bad' | 'unsure'; readonly sentence: string } {
  if (token === undefined) return { tone: 'unsure', sentence: l10n.t('Not known: Stream could not be asked') };
  if (token === 204) return { tone: 'unsure', sentence: l10n.t('Accepted, but nobody broadcasts') };
  if (token >= 200 && token < 300) {
    return id !== undefined && id >= 200 && id < 300
      ? { tone: 'unsure', sentence: l10n.t('Plays from here, and would without the token too') }
      : { tone: 'good', sentence: l10n.t('Plays from here') };
  }
  if (token === 429 || token >= 500 || token < 400 || token === 407)
    return { tone: 'unsure', sentence: l10n.t('Not known: something stood in between') };
  return { tone: 'bad', sentence: l10n.t('Does not play from here') };
}
