import { bigLibrary, bigLibraryLiveInputs } from './bigLibrary';
import { type EmulatedLiveInput, type LiveInputFacts, toLiveInput } from './liveInput';
import { type EmulatedVideo, toVideo, type VideoFacts } from './video';

/** A Cloudflare account of the emulator. `customerCode` is the `C` in `customer-C.cloudflarestream.com`. */
export interface EmulatedAccount {
  readonly id: string;
  readonly name: string;
  /** RFC 3339. */
  readonly created: string;
  readonly customerCode: string;
  readonly videos: EmulatedVideo[];
  readonly liveInputs: EmulatedLiveInput[];
}

export const STUDIO_ID = '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87';
export const LIBRARY_ID = '7a1d4c5e9f2b4836b0c1d2e3f4a5b6c7';

/** The three videos of the small account: one to sign, one that needs no signature, one that is not encoded yet. */
const STUDIO_VIDEOS: readonly VideoFacts[] = [
  {
    uid: '3d8b2f4c6ea059f5bc7d9e80a1b23456',
    name: 'Quarterly all-hands',
    created: '2026-11-20T16:05:47.318254Z',
    state: 'inprogress',
    progress: 42,
    duration: 0,
    requireSignedURLs: true,
  },
  {
    uid: '2c7a1e3b5d9f48e4ab6c8d7f90a12345',
    name: 'Public trailer',
    created: '2026-10-02T08:30:00.072911Z',
    state: 'ready',
    duration: 31.2,
    requireSignedURLs: false,
  },
  {
    uid: '1b6f0d2a4c8e47d39a5b7c6e8f901234',
    name: 'Onboarding tour',
    created: '2026-09-14T12:21:09.640037Z',
    state: 'ready',
    duration: 184.5,
    creator: 'people-team',
    requireSignedURLs: true,
  },
];

/** Nobody has broadcast through it yet. */
const STUDIO_LIVE_INPUT: LiveInputFacts = {
  uid: '4e9c305d7fa16b06cd8eaf91b2c34567',
  name: 'Studio floor',
  created: '2026-10-30T10:12:44.905183Z',
  status: null,
  requireSignedURLs: true,
};

/**
 * The accounts every emulator starts with: always the same, and never shared between two emulators. The big library is
 * made when somebody first looks into it.
 *
 * @param librarySize how many videos it has
 */
export function createAccounts(librarySize = 2500): EmulatedAccount[] {
  const studioCode = 'sample5tud10c0de';
  const libraryCode = 'b1gl1brary0c0de5';
  let library: EmulatedVideo[] | undefined;
  return [
    {
      id: STUDIO_ID,
      name: 'Sample Studio',
      created: '2024-02-11T09:00:00.000000Z',
      customerCode: studioCode,
      videos: STUDIO_VIDEOS.map((facts) => toVideo(facts, studioCode)),
      liveInputs: [toLiveInput(STUDIO_LIVE_INPUT, studioCode)],
    },
    {
      id: LIBRARY_ID,
      name: 'Big Library',
      created: '2021-06-30T17:45:12.000000Z',
      customerCode: libraryCode,
      get videos() {
        library ??= bigLibrary(librarySize).map((facts) => toVideo(facts, libraryCode));
        return library;
      },
      liveInputs: bigLibraryLiveInputs().map((facts) => toLiveInput(facts, libraryCode)),
    },
  ];
}
