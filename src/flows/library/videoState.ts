import * as l10n from '@vscode/l10n';
import { cleanText } from '../../source/cleanText';
import type { Video } from '../../stream/api/video';

/** What keeps a video from being played, in words: how far it is, or why it failed. Nothing for one that is ready. */
export function videoStateText({
  state,
  progress,
  problem,
}: Pick<Video, 'state' | 'progress' | 'problem'>): readonly string[] {
  switch (state) {
    case '':
    case 'ready':
      return [];
    case 'pendingupload':
      return [l10n.t('not uploaded yet')];
    case 'downloading':
      return [l10n.t('being fetched')];
    case 'queued':
      return [l10n.t('queued')];
    case 'inprogress':
      return [
        progress === undefined
          ? l10n.t('still being processed')
          : l10n.t('still being processed, {0} %', Math.floor(progress)),
      ];
    case 'live-inprogress':
      return [l10n.t('live now')];
    case 'error': {
      const why = cleanText(problem ?? '');
      return [why === '' ? l10n.t('processing failed') : l10n.t('processing failed: {0}', why)];
    }
    default:
      return [cleanText(state, 40)];
  }
}

/** Whether a video will be something else in a while, without anybody doing anything. */
export function isUnderWay({ state }: Pick<Video, 'state'>): boolean {
  return state === 'downloading' || state === 'queued' || state === 'inprogress' || state === 'live-inprogress';
}
