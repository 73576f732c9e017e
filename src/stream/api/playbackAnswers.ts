import * as v from 'valibot';
import type { DownloadState } from '../token/verdict';
import { lenient } from './lenient';

const download = v.pipe(
  lenient(v.object({ status: lenient(v.string()) })),
  v.transform((file): DownloadState => {
    if (file == null) return 'notMade';
    if (file.status === 'ready') return 'ready';
    return file.status === 'error' ? 'failed' : 'making';
  }),
);

/** The files that were made of a video; one that nobody asked for is not listed. */
export const downloadsAnswer = v.pipe(
  v.object({ default: v.optional(download), audio: v.optional(download) }),
  v.transform((files) => ({ mp4: files.default ?? 'notMade', m4a: files.audio ?? 'notMade' }) as const),
);

const CONNECTED: ReadonlySet<string> = new Set(['connected', 'reconnected']);

/** A live input without what a broadcaster needs: that is secret, and nobody's business here. */
export const liveInputAnswer = v.pipe(
  v.object({
    status: lenient(v.string()),
    meta: lenient(v.object({ name: lenient(v.string()) })),
    recording: lenient(
      v.object({ requireSignedURLs: lenient(v.boolean()), allowedOrigins: lenient(v.array(v.string())) }),
    ),
  }),
  v.transform(({ status, meta, recording }) => ({
    name: meta?.name ?? '',
    // Null until the first broadcast; what is no text, or not there, tells nothing.
    ...(status !== undefined && { connected: status !== null && CONNECTED.has(status) }),
    ...(status === null && { neverConnected: true as const }),
    requireSignedUrls: recording?.requireSignedURLs === true,
    allowedOrigins: recording?.allowedOrigins ?? [],
  })),
);
