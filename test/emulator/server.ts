// A stand-in for Cloudflare on loopback. It answers as documented; where it had to guess, a comment at the place says so.
//
// Switches, in the process of a test (`startEmulator` and what it gives) and, marked *, over loopback (see control.ts):
//   options    apiPort, edgePort, now (the clock), wait (for latency), bounds (are `after` and `before` inclusive),
//              librarySize (videos of Big Library, made when first looked at), downloadTakes, onRequest
//   failNext*  the next requests that match answer this, hang, break ("reset"), or are carried out and lose their answer
//   latency*   milliseconds that answers are held back, for all API requests or by request
//   advance*   moves the clock: tokens expire, downloads get ready, a rate limit ends; nobody waits
//   rateLimit* how many requests a credential may make in how many seconds; Cloudflare's own unless said
//   keys       makes, takes over, lists and revokes signing keys
//   downloads  makes and removes downloads, lets one fail
//   encode     how far the encoding of a video is
//   broadcast  somebody broadcasts through a live input
//   accounts   is the data itself: change a video or a live input, add or remove one
//   requests*  what was asked
// The edge takes where a viewer sits from headers (admit.ts) and the page from Origin or Referer (allowedOrigins.ts).
import { setTimeout } from 'node:timers/promises';
import type { EmulatedAccount } from './accounts';
import { answerApi } from './api';
import { type Broadcast, startBroadcast } from './broadcast';
import { answerControl } from './control';
import { CREDENTIALS } from './credentials';
import { describe } from './describe';
import type { Downloads } from './downloads';
import { answerEdge } from './edge';
import { encode } from './encode';
import { createFaults, type FaultAnswer, type Match } from './faults';
import { listen } from './listen';
import type { Allowance } from './rateLimit';
import type { RecordedRequest } from './record';
import { type Latency, type Surroundings, serve } from './serve';
import type { SigningKeys } from './signingKeys';
import { createState, type DateBounds } from './state';

export interface EmulatorOptions {
  /** 0, or nothing, for any free port. */
  readonly apiPort?: number;
  readonly edgePort?: number;
  /** Milliseconds since the epoch; every `exp`, `nbf` and `Date` follows it. */
  readonly now?: () => number;
  /** Resolves after so many milliseconds, for latency; a real wait unless said. */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
  /** Whether `after` and `before` of the video list include their instant; `gte` and `lt` unless said. */
  readonly bounds?: Partial<DateBounds>;
  /** How many videos Big Library has; 2,500 unless said. */
  readonly librarySize?: number;
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
  readonly downloads: Downloads;
  latency: Latency;
  rateLimit: Allowance;
  /** Makes the next requests that match fail, each with one of these answers, in this order. */
  failNext(match: Match, ...answers: readonly FaultAnswer[]): void;
  /** Moves the clock on by so many milliseconds. */
  advance(milliseconds: number): void;
  /** Brings the encoding of the video with that id to so many percent; at 100 it can be played. Throws when there is none. */
  encode(videoId: string, percent: number): void;
  /** Somebody begins to broadcast through the live input with that id. Throws when there is none. */
  broadcast(liveInputId: string): Broadcast;
  close(): Promise<void>;
  /** What `JSON.stringify` shows: where it is, who can sign in, and the first videos of each account. */
  toJSON(): object;
}

/** Starts an emulator with data of its own. Fails when a port that was asked for is taken. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { apiPort = 0, edgePort = 0, now: clock = Date.now, wait = setTimeout, onRequest, ...rest } = options;
  let advanced = 0;
  let latency: Latency = 0;
  const now = () => clock() + advanced;
  const state = await createState({ ...rest, now });
  const faults = createFaults();
  const requests: RecordedRequest[] = [];
  const around: Surroundings = { requests, faults, latency: () => latency, now, wait, onRequest };

  const api = serve('api', around, (request) => answerApi(state, request));
  const apiServer = await listen(apiPort, async (request) => answerControl(emulator, request) ?? (await api(request)));
  const edge = serve('edge', around, (request) => answerEdge(state, request));
  const edgeServer = await listen(edgePort, edge).catch(async (error: unknown) => {
    await apiServer.close();
    throw error;
  });

  const emulator: Emulator = {
    api: apiServer.origin,
    edge: edgeServer.origin,
    accounts: state.accounts,
    credentials: CREDENTIALS,
    requests,
    keys: state.keys,
    downloads: state.downloads,
    get latency() {
      return latency;
    },
    set latency(given) {
      latency = given;
    },
    get rateLimit() {
      return state.rateLimit.allowance();
    },
    set rateLimit(allowance) {
      state.rateLimit.allow(allowance);
    },
    failNext: faults.add,
    advance(milliseconds) {
      advanced += milliseconds;
    },
    encode(videoId, percent) {
      for (const account of state.accounts) {
        const video = account.videos.find(({ uid }) => uid === videoId);
        if (video !== undefined) return encode(account, video, percent);
      }
      throw new Error(`There is no video ${videoId}.`);
    },
    broadcast(liveInputId) {
      for (const account of state.accounts) {
        const input = account.liveInputs.find(({ uid }) => uid === liveInputId);
        if (input !== undefined) return startBroadcast(account, input, now);
      }
      throw new Error(`There is no live input ${liveInputId}.`);
    },
    async close() {
      await Promise.all([apiServer.close(), edgeServer.close()]);
    },
    toJSON: () => describe(emulator),
  };
  return emulator;
}
