import { invalid, success } from './answers';
import type { Answer } from './exchange';
import { microseconds } from './instant';
import { isObject, type JsonObject } from './jsonBody';
import type { EmulatedVideo } from './video';

/** A video can be deleted by schedule 30 days after its upload at the earliest. */
const EARLIEST_DELETION_MICROSECONDS = 30 * 24 * 60 * 60 * 1e6;

/** Reads one field into the video, or says why it can't. `null` clears where Cloudflare allows it. */
type Setter = (video: EmulatedVideo, value: unknown) => string | undefined;

const SETTERS: Readonly<Record<string, Setter>> = {
  uid: (video, value) => (value === video.uid ? undefined : 'uid must be the uid in the path'),
  requireSignedURLs(video, value) {
    if (typeof value !== 'boolean') return 'requireSignedURLs must be a boolean';
    video.requireSignedURLs = value;
    return undefined;
  },
  allowedOrigins(video, value) {
    if (!Array.isArray(value) || !value.every((origin) => typeof origin === 'string'))
      return 'allowedOrigins must be a list of strings';
    if (value.some((origin) => /[/\s]/.test(origin))) return 'allowedOrigins must be hosts without scheme and path';
    video.allowedOrigins = value;
    return undefined;
  },
  meta(video, value) {
    if (!isObject(value)) return 'meta must be an object';
    video.meta = { ...value };
    return undefined;
  },
  creator(video, value) {
    if (typeof value !== 'string' || value.length > 64) return 'creator must be a string of at most 64 characters';
    video.creator = value;
    return undefined;
  },
  thumbnailTimestampPct(video, value) {
    if (typeof value !== 'number' || value < 0 || value > 1) return 'thumbnailTimestampPct must be from 0 to 1';
    video.thumbnailTimestampPct = value;
    return undefined;
  },
  maxDurationSeconds(video, value) {
    if (!Number.isInteger(value) || Number(value) < 1 || Number(value) > 36_000)
      return 'maxDurationSeconds must be from 1 to 36000';
    video.maxDurationSeconds = Number(value);
    return undefined;
  },
  uploadExpiry(video, value) {
    if (typeof value !== 'string' || microseconds(value) === undefined)
      return 'uploadExpiry must be an RFC 3339 date and time';
    video.uploadExpiry = value;
    return undefined;
  },
  scheduledDeletion(video, value) {
    if (value === null) {
      delete video.scheduledDeletion;
      return undefined;
    }
    const at = typeof value === 'string' ? microseconds(value) : undefined;
    if (typeof value !== 'string' || at === undefined) return 'scheduledDeletion must be an RFC 3339 date and time';
    if (at < (microseconds(video.uploaded) ?? 0) + EARLIEST_DELETION_MICROSECONDS) {
      return 'scheduledDeletion must be at least 30 days after the upload';
    }
    video.scheduledDeletion = value;
    return undefined;
  },
  publicDetails(video, value) {
    if (!isObject(value)) return 'publicDetails must be an object';
    video.publicDetails = { ...value };
    return undefined;
  },
};

/**
 * `POST …/stream/{uid}`: sets the fields that were sent and leaves the rest. All or nothing: one wrong field changes
 * nothing. Fields nobody knows are ignored.
 *
 * @param now milliseconds since the epoch
 */
export function editVideo(video: EmulatedVideo, body: JsonObject | undefined, now: number): Answer {
  if (body === undefined) return invalid('', 'There must be a body');
  const edited = { ...video };
  for (const [name, value] of Object.entries(body)) {
    const problem = Object.hasOwn(SETTERS, name) ? SETTERS[name]?.(edited, value) : undefined;
    if (problem !== undefined) return invalid(`/${name}`, problem);
  }
  if (edited.scheduledDeletion === undefined) delete video.scheduledDeletion;
  Object.assign(video, edited, { modified: new Date(now).toISOString() });
  return success(video);
}
