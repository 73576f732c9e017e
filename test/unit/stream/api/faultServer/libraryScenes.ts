import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { createVideoLibrary } from '../../../../../src/flows/library/videoLibrary';
import { createStreamApi } from '../../../../../src/stream/api/client';
import { memoryAccounts, memoryShelf } from '../../../support/memory';
import { answerBytes } from './rawServer';
import { type Scene, type Stage, withFault } from './stage';
import { ACCOUNT, envelope, VIDEO } from './success';

const credential = { kind: 'apiToken', token: 'cfut_acme_acme_acme_acme' } as const;

function videosNamed(name: string): Buffer {
  const video = { uid: VIDEO, created: '2027-01-15T07:00:00Z', meta: { name } };
  return answerBytes('200 OK', envelope([video]), { 'Content-Type': 'application/json' });
}

async function openLibrary({ wire, clock }: Stage) {
  const accounts = await memoryAccounts({ label: 'Acme', accountId: ACCOUNT, credential });
  const openApi = () => createStreamApi({ http: wire.http, clock, credential, onMessage: () => {} });
  const parts = {
    accounts,
    openApi,
    shelf: memoryShelf(),
    log: accounts.log,
    pace: async () => {},
    now: () => clock.now(),
  };
  const library = createVideoLibrary(parts);
  const names = () => library.state('a1')?.videos.map(({ name }) => name);
  return { library, names };
}

export const LIBRARY_SCENES: readonly Scene[] = [
  {
    row: 'F37',
    name: 'the first of two refreshes is slow',
    play() {
      const asked: Socket[] = [];
      const heard = Promise.withResolvers<void>();
      const server = () => ({
        asked(_request: unknown, socket: Socket) {
          asked.push(socket);
          if (asked.length > 1) socket.write(videosNamed('new'));
          else heard.resolve();
        },
      });
      return withFault({ server }, async (stage) => {
        const { library, names } = await openLibrary(stage);
        const slow = library.refresh('a1');
        await heard.promise;
        const impatient = library.refresh('a1');
        asked[0]?.write(videosNamed('old'));
        await Promise.all([slow, impatient]);
        assert.deepEqual([asked.length, names()], [1, ['old']]);
        await library.refresh('a1');
        assert.deepEqual([asked.length, names()], [2, ['new']]);
        return ['All is well.'];
      });
    },
  },
  {
    row: 'F7',
    name: 'a refresh of the sidebar breaks off',
    play() {
      let broken = false;
      const server = () => ({
        asked(_request: unknown, socket: Socket) {
          if (broken) socket.resetAndDestroy();
          else socket.write(videosNamed('known'));
        },
      });
      return withFault({ server }, async (stage) => {
        const { library, names } = await openLibrary(stage);
        await library.refresh('a1');
        broken = true;
        const state = await stage.play(library.refresh('a1'));
        assert.deepEqual([names(), state?.stale, state?.failure?.code], [['known'], true, 'connectionLost']);
        return ['The videos known before stay, marked as old.'];
      });
    },
  },
];
