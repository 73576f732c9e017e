import { randomBytes } from 'node:crypto';
import type { EmulatedAccount } from './accounts';
import { answerApi } from './api';
import { CREDENTIALS } from './credentials';
import { answerEdge } from './edge';
import type { Answer, EmulatedRequest } from './exchange';
import { createFaults, type FaultAnswer, type Match } from './faults';
import { listen, type Sent } from './listen';
import { type RecordedRequest, toRecord } from './record';
import type { SigningKeys } from './signingKeys';
import { createState, type DateBounds, type State } from './state';

export interface EmulatorOptions {
  /** 0, or nothing, for any free port. */
  readonly apiPort?: number;
  readonly edgePort?: number;
  /** Milliseconds since the epoch; every `exp`, `nbf` and `Date` follows it. */
  readonly now?: () => number;
  /** Whether `after` and `before` of the video list include their instant; `gte` and `lt` unless said. */
  readonly bounds?: Partial<DateBounds>;
  /** Milliseconds until a download that was asked for is ready; 5,000 unless said. */
  readonly downloadTakes?: number;
  /** Called once per request, when its status is known. */
  readonly onRequest?: (request: RecordedRequest) => void;
}

/** A stand-in for Cloudflare on loopback: the Stream API and a delivery host. */
export interface Emulator {
  /** Origin of the API; its routes are under `/client/v4`. */
  readonly api: string;
  /** Origin of the delivery host: `/{id or token}/manifest/video.m3u8`, `/iframe`, … */
  readonly edge: string;
  readonly accounts: readonly EmulatedAccount[];
  readonly credentials: typeof CREDENTIALS;
  /** Everything that was asked, of both servers, oldest first. A test may empty it. */
  readonly requests: RecordedRequest[];
  /** The signing keys of every account: a test may make, list and revoke them without a request. */
  readonly keys: SigningKeys;
  /** Makes the next requests that match fail, each with one of these answers, in this order. */
  failNext(match: Match, ...answers: readonly FaultAnswer[]): void;
  close(): Promise<void>;
  /** What `JSON.stringify` shows: where it is, who can sign in, and the first videos of each account. */
  toJSON(): object;
}

const FIRST_VIDEOS = 3;

/** Starts an emulator with data of its own. Fails when a port that was asked for is taken. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { apiPort = 0, edgePort = 0, now = Date.now, bounds = {}, downloadTakes = 5000, onRequest } = options;
  const state = await createState({ now, bounds, downloadTakes });
  const requests: RecordedRequest[] = [];
  const faults = createFaults();

  const serve =
    (server: 'api' | 'edge', answer: (state: State, request: EmulatedRequest) => Answer | Promise<Answer>) =>
    async (request: EmulatedRequest): Promise<Sent> => {
      const record = toRecord(server, request);
      requests.push(record);
      const fault = faults.take(record);
      const answered = fault === undefined || fault === 'lose' ? await answer(state, request) : fault;
      const given = fault === 'lose' ? 'reset' : answered;
      if (typeof given !== 'string') record.status = given.status;
      onRequest?.(record);
      return typeof given === 'string' ? given : withCommonHeaders(given, server, now());
    };

  const api = await listen(apiPort, serve('api', answerApi));
  const edge = await listen(edgePort, serve('edge', answerEdge)).catch(async (error: unknown) => {
    await api.close();
    throw error;
  });
  return {
    api: api.origin,
    edge: edge.origin,
    accounts: state.accounts,
    credentials: CREDENTIALS,
    requests,
    keys: state.keys,
    failNext: faults.add,
    async close() {
      await Promise.all([api.close(), edge.close()]);
    },
    toJSON: () => ({
      api: api.origin,
      edge: edge.origin,
      accounts: state.accounts.map(({ id, name, customerCode, videos }) => ({
        id,
        name,
        customerCode,
        videoCount: videos.length,
        videos: videos.slice(0, FIRST_VIDEOS).map(({ uid, meta, requireSignedURLs, status }) => ({
          uid,
          name: meta.name,
          requireSignedURLs,
          state: status.state,
        })),
      })),
      credentials: CREDENTIALS,
    }),
  };
}

function withCommonHeaders(answer: Answer, server: 'api' | 'edge', now: number): Answer {
  const date = new Date(now).toUTCString();
  const ray = server === 'api' && { 'cf-ray': `${randomBytes(8).toString('hex')}-EMU` };
  return { ...answer, headers: { date, ...ray, ...answer.headers } };
}
