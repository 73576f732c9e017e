import { createHash } from 'node:crypto';
import type { LiveInputFacts } from './liveInput';
import type { VideoFacts, VideoState } from './video';

const NEWEST = Date.parse('2026-11-01T10:00:00Z');
const GAP_MILLISECONDS = 37 * 60 * 1000;

const SERIES = [
  'Product walkthrough',
  'Support call',
  'Lecture',
  'Town hall',
  'Release notes',
  'Interview',
  'Field report',
];
const CREATORS = ['team-docs', 'team-support', 'studio-north', 'user:4821', 'Ω-labs'];
/** Names people really give, and names that break a careless interface. */
const ODD_NAMES = [
  'intro.mp4',
  '日本語の説明ビデオ',
  'مقدمة الدورة',
  '🎬 Trailer 🎬',
  '[read me](command:workbench.action.closeWindow) $(trash)',
  '<b>bold</b> & "quoted"',
  'reversed \u202e4pm.exe',
  `Long ${'name '.repeat(40)}end`,
  '',
];

/** Videos, newest first, the same on every start. */
export function bigLibrary(count = 2500): VideoFacts[] {
  return Array.from({ length: count }, (_, index) => toFacts(index));
}

/** The live inputs that its recordings came from; through one of them somebody is broadcasting. */
export function bigLibraryLiveInputs(): LiveInputFacts[] {
  const live = toFacts(0).liveInput;
  return ['Main stage', 'Studio B', undefined, 'Backup [line](command:workbench.action.closeWindow)'].map(
    (name, number) => {
      const uid = liveInputOf(number);
      return {
        uid,
        ...(name !== undefined && { name }),
        created: `2025-0${number + 1}-15T08:00:00.000000Z`,
        status: uid === live ? 'connected' : 'client_disconnect',
        requireSignedURLs: number % 2 === 0,
        ...(number === 1 && { allowedOrigins: ['example.com'], deleteRecordingAfterDays: 45 }),
      };
    },
  );
}

function toFacts(index: number): VideoFacts {
  const digest = createHash('sha256').update(`big library ${index}`).digest();
  const pick = (position: number) => digest.readUInt16BE(position * 2);
  const state = stateOf(pick(8), index);
  const name = nameOf(pick(9), index);
  const owner = CREATORS[pick(10) % 8];
  return {
    uid: digest.toString('hex', 0, 16),
    created: createdAt(index),
    ...(name !== undefined && { name }),
    ...(owner !== undefined && { creator: owner }),
    state,
    progress: pick(11) % 100,
    duration: (20 + (pick(12) % 54_000)) / 10,
    requireSignedURLs: pick(13) % 3 !== 0,
    ...(state === 'live-inprogress' || pick(14) % 15 === 0 ? { liveInput: liveInputOf(pick(14) % 4) } : {}),
    ...(pick(15) % 9 === 0 && { allowedOrigins: ['example.com', '*.example.org'] }),
  };
}

/**
 * Three neighbours share one instant wherever a page of 20, 100, 500 or 1,000 ends: whoever pages by date and trusts that
 * instants are unique loses one of them there.
 */
function createdAt(index: number): string {
  const slot = (index + 1) % 20 < 3 ? index - ((index + 1) % 20) : index;
  const iso = new Date(NEWEST - slot * GAP_MILLISECONDS).toISOString();
  // The API writes microseconds.
  return iso.replace('Z', `${String((slot * 7919 + 1_000_000) % 1000).padStart(3, '0')}Z`);
}

function stateOf(value: number, index: number): VideoState {
  if (index === 0) return 'live-inprogress';
  const share = value % 100;
  if (share < 88) return 'ready';
  if (share < 92) return 'inprogress';
  if (share < 95) return 'error';
  if (share < 97) return 'queued';
  return share < 99 ? 'pendingupload' : 'downloading';
}

function nameOf(value: number, index: number): string | undefined {
  if (value % 50 === 0) return undefined;
  if (value % 25 === 1) return ODD_NAMES[index % ODD_NAMES.length];
  const series = SERIES[value % SERIES.length] ?? 'Video';
  // Every fourth one has no number, so that names repeat.
  return value % 4 === 0 ? series : `${series} ${index + 1}`;
}

function liveInputOf(number: number): string {
  return createHash('sha256').update(`live input ${number}`).digest('hex').slice(0, 32);
}
