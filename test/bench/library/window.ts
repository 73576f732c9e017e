import { createClock } from '../../../src/editor/clock';
import { createVideoLibrary } from '../../../src/flows/library/videoLibrary';
import { createVideoSearch } from '../../../src/flows/library/videoSearch';
import { createVideoViews } from '../../../src/flows/library/videoViews';
import { createPace, type Pace } from '../../../src/flows/pace';
import { createStreamApi } from '../../../src/stream/api/client';
import { createWire } from '../../../src/stream/api/wire';
import { LIBRARY_ID } from '../../emulator/accounts';
import { memoryAccounts, memoryShelf } from '../../unit/support/memory';
import type { EmulatorProcess } from './emulator';

/** Nobody cancels anything here. Each has its own, since a signal may hold on to whoever listens to it. */
export const never = () => new AbortController().signal;

/** A window that has asked for nothing yet. */
export async function openWindow({ api: origin, token }: EmulatorProcess, pace: Pace = createPace(createClock())) {
  const credential = { kind: 'apiToken', token } as const;
  const accounts = await memoryAccounts({ label: 'Large', accountId: LIBRARY_ID, credential });
  const clock = createClock();
  const { http } = createWire({ origin, clock, fetch: () => globalThis.fetch });
  const api = createStreamApi({ http, clock, credential, pace, onMessage: () => {} });
  const common = { accounts, openApi: () => api, log: accounts.log, now: () => clock.now() };
  const videos = createVideoLibrary({ ...common, shelf: memoryShelf(), pace });
  const views = createVideoViews(videos, createVideoSearch({ ...common, library: videos }), pace);
  return { api, videos, views };
}
