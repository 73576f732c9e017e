import assert from 'node:assert/strict';
import { createSourceTokens } from '../../../src/flows/documents/sourceTokens';
import { createTokenOwner } from '../../../src/flows/documents/tokenOwner';
import { createInspector, type InspectorParts } from '../../../src/flows/inspector/inspector';
import { createVideoKnowledge, type VideoKnowledgeParts } from '../../../src/flows/library/videoKnowledge';
import { createVideoLibrary } from '../../../src/flows/library/videoLibrary';
import type { StreamApi } from '../../../src/stream/api/client';
import type { Probe } from '../../../src/stream/delivery/probe';
import { memoryAccounts, memoryCache, memoryKeys, memorySettings, memoryShelf, recordingLog } from './memory';
import { type Act, type ScriptedPrompter, scriptedPrompter } from './scriptedPrompter';

type Accounts = Awaited<ReturnType<typeof memoryAccounts>>;

export interface TestInspectorOptions {
  /** What the person does, in order. */
  readonly acts?: readonly Act[];
  /** Plays another script than those acts. */
  readonly prompter?: ScriptedPrompter;
  /** Epoch seconds. */
  readonly now?: number;
  readonly accounts?: Accounts;
  /** The keys on this machine; they are in the vault of the accounts. */
  readonly keys?: ReturnType<typeof memoryKeys>;
  readonly api?: StreamApi;
  readonly shelf?: VideoKnowledgeParts['shelf'];
  readonly canCallApi?: boolean;
  /** Seconds. */
  readonly clockAhead?: number;
  /** What delivery hosts answer; without it nobody must ask them. */
  readonly probe?: Probe;
  /** The settings `streamSigner.defaults`. */
  readonly defaults?: unknown;
}

/** An inspector, and what is done with tokens in documents, over stores in memory; every call to Cloudflare goes to the fake API, and without one there must be none. */
export async function testInspector(options: TestInspectorOptions = {}) {
  const { acts = [], now = 1_800_000_000, api, shelf = memoryShelf(), canCallApi = true, clockAhead = 0 } = options;
  const prompter = options.prompter ?? scriptedPrompter(acts);
  const accounts = options.accounts ?? (await memoryAccounts());
  const keys = options.keys ?? memoryKeys(accounts.vault);
  const openApi = () => {
    if (api === undefined) throw new Error('Nobody expected a call to Cloudflare');
    return api;
  };
  const clock = { now: () => now * 1000 };
  const videos = createVideoLibrary({
    accounts,
    openApi,
    shelf: memoryShelf(),
    log: recordingLog(),
    pace: async () => {},
    now: clock.now,
  });
  const knowledge = createVideoKnowledge({ accounts, keys, videos, shelf, openApi });
  const parts: InspectorParts = {
    prompter,
    accounts,
    keys,
    openApi,
    probe: options.probe ?? (() => assert.fail('Nobody expected a check of playback')),
    log: recordingLog(),
    preferences: memoryCache(),
    knowledge,
    owner: createTokenOwner({ prompter, accounts, keys, knowledge }),
    settings: memorySettings({ defaults: options.defaults }),
    canCallApi,
    clockAhead: () => clockAhead,
    times: { locale: 'en-US', timeZone: 'UTC' },
    now: () => clock.now(),
  };
  return {
    inspector: createInspector(parts),
    sourceTokens: createSourceTokens(parts),
    prompter,
    videos,
    clock,
  };
}
