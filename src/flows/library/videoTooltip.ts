import * as l10n from '@vscode/l10n';
import { cleanText } from '../../source/cleanText';
import type { Video } from '../../stream/api/video';
import { durationText, instantText, type TimeStyle } from '../times';
import { accessText } from './videoFilter';
import { videoStateText } from './videoState';

/** Everything that is known of a video, line by line, without asking anyone. */
export function videoTooltip(video: Video, times: TimeStyle): string {
  const { id, name, duration, requireSignedUrls, created, creator, scheduledDeletion, liveInput } = video;
  const state = videoStateText(video);
  return [
    cleanText(name) || l10n.t('(no name)'),
    id,
    accessText(requireSignedUrls),
    ...(state.length > 0 ? state : [l10n.t('ready')]),
    ...(duration === undefined ? [] : [durationText(duration)]),
    ...dateLine(created, (date) => l10n.t('Created {0}', date), times),
    ...(creator === undefined ? [] : [l10n.t('Creator: {0}', cleanText(creator, 64))]),
    ...(liveInput === undefined ? [] : [l10n.t('Recorded from live input {0}', cleanText(liveInput, 40))]),
    ...dateLine(scheduledDeletion, (date) => l10n.t('Cloudflare deletes it on {0}', date), times),
  ].join('\n');
}

function dateLine(
  instant: string | undefined,
  sentence: (date: string) => string,
  times: TimeStyle,
): readonly string[] {
  const at = Date.parse(instant ?? '');
  return Number.isNaN(at) ? [] : [sentence(instantText(at / 1000, times))];
}
