import type { StreamApi } from '../../stream/api/client';
import type { Credential } from '../../stream/api/credential';
import type { Video } from '../../stream/api/video';
import { factsOfDetails, factsOfLiveInput, factsOfVideo } from '../../stream/api/videoFacts';
import type { Outcome } from '../../stream/failure';
import { succeeded } from '../../stream/failure';
import type { VideoFacts } from '../../stream/token/verdict';
import type { AccountSummary, Accounts } from '../accounts/accounts';
import type { SigningKeys } from '../keys/keys';
import type { KeptVideo, VideoShelf } from './keepVideos';
import type { VideoLibrary } from './videoLibrary';

/** What is known here of a video or live input. */
export interface VideoKnowledge {
  readonly account: AccountSummary;
  readonly name: string;
  /** As Cloudflare names it; empty when unknown. */
  readonly state: string;
  /** Seconds; absent while it is not known. */
  readonly duration?: number;
  readonly liveInput?: true;
  readonly facts: VideoFacts;
  /** Whether Cloudflare was asked for this very video; else it is from a list. */
  readonly asked: boolean;
}

export interface VideoKnowledgeParts {
  readonly accounts: Pick<Accounts, 'open'>;
  readonly keys: Pick<SigningKeys, 'publicKeys'>;
  readonly videos: Pick<VideoLibrary, 'state' | 'update' | 'onChange'>;
  readonly shelf: Pick<VideoShelf, 'find' | 'lookUp'>;
  readonly openApi: (credential: Credential) => StreamApi;
}

/** Looks for a video in what is known already, and asks Cloudflare only when somebody wants that. */
export interface VideoKnowledgeBase {
  /** Looks in these accounts and sends nothing. The key is the one that signed a token for the video. */
  find(
    videoId: string,
    kid: string | undefined,
    accounts: readonly AccountSummary[],
  ): Promise<VideoKnowledge | undefined>;
  /** The same, without waiting for what is kept to be read. */
  recall(videoId: string, kid: string | undefined, accounts: readonly AccountSummary[]): VideoKnowledge | undefined;
  /** Asks an account for a video, or a live input, with that id. One that is not there is known to be absent. */
  ask(videoId: string, accountKey: string, signal: AbortSignal): Promise<Outcome<void>>;
}

/** More tokens than anyone looks at in one sitting. */
const MOST_ANSWERS = 100;

type Answer = Omit<VideoKnowledge, 'account' | 'asked'> & { readonly accountKey: string };

export function createVideoKnowledge(parts: VideoKnowledgeParts): VideoKnowledgeBase {
  const answers = new Map<string, Answer>();

  // What is changed here, or seen anew in a list, is newer than what was asked for before.
  parts.videos.onChange((accountKey, changed) => {
    for (const video of changed) {
      const asked = answers.get(video.id);
      if (asked?.accountKey === accountKey)
        answers.set(video.id, { ...asked, ...answerOf(video), facts: { ...asked.facts, ...factsOfVideo(video) } });
    }
  });

  function known(videoId: string, accounts: readonly AccountSummary[]): Answer | undefined {
    for (const { key } of accounts) {
      const video = parts.videos.state(key)?.videos.find(({ id }) => id === videoId);
      if (video !== undefined) return { accountKey: key, ...answerOf(video), facts: factsOfVideo(video) };
    }
    const kept = parts.shelf.find(videoId);
    return kept === undefined ? undefined : answerOfKept(kept);
  }

  function recall(
    videoId: string,
    kid: string | undefined,
    accounts: readonly AccountSummary[],
  ): VideoKnowledge | undefined {
    const asked = answers.get(videoId);
    const answer = asked ?? known(videoId, accounts);
    const account = accounts.find(({ key }) => key === answer?.accountKey);
    if (answer === undefined || account === undefined) return undefined;
    const { accountKey: _, ...knowledge } = answer;
    const signer = parts.keys.publicKeys().find((key) => key.kid === kid)?.accountKey;
    const facts = withSigner(
      knowledge.facts,
      account,
      accounts.find(({ key }) => key === signer),
    );
    return { ...knowledge, account, facts, asked: asked !== undefined };
  }

  return {
    recall,

    async find(videoId, kid, accounts) {
      if (!answers.has(videoId)) await parts.shelf.lookUp(videoId);
      return recall(videoId, kid, accounts);
    },

    async ask(videoId, accountKey, signal) {
      const opened = await parts.accounts.open(accountKey);
      if (!opened.ok) return opened;
      const { accountId, credential } = opened.value;
      const api = parts.openApi(credential);
      const answer = await askFor(videoId, accountId, api, signal);
      if (!answer.ok) return answer;
      const { video, ...rest } = answer.value;
      if (video !== undefined) await parts.videos.update(accountKey, video);
      if (answers.size >= MOST_ANSWERS) answers.clear();
      answers.set(videoId, { ...rest, accountKey });
      return succeeded(undefined);
    },
  };
}

/** The same after Stream played the video for a token: what an account or a stored key says against that is not so. */
export function seenToPlay(video: VideoKnowledge): VideoKnowledge {
  const { ofOtherAccount: _, ...facts } = video.facts;
  return { ...video, facts: facts.absent ? { ...facts, elsewhere: 'surely' } : facts };
}

/** What an account says of a video, seen with the account that has the token's key. Of one that signs only with its keys the id may not be known. */
function withSigner(facts: VideoFacts, of: AccountSummary, signer: AccountSummary | undefined): VideoFacts {
  const bothKnown = signer?.accountId !== undefined && of.accountId !== undefined;
  const isSame = signer?.key === of.key || (bothKnown && signer.accountId === of.accountId);
  if (facts.absent) return isSame ? facts : { ...facts, elsewhere: 'maybe' };
  return bothKnown && !isSame ? { ...facts, ofOtherAccount: true } : facts;
}

function answerOf({ name, state, duration }: Video): Pick<Answer, 'name' | 'state' | 'duration'> {
  return { name, state, ...(duration !== undefined && { duration }) };
}

function answerOfKept(kept: KeptVideo): Answer {
  const { accountKey, name, signed, duration, ready } = kept;
  const state = ready ? 'ready' : '';
  return { accountKey, name, state, ...(duration !== undefined && { duration }), facts: { needsToken: signed } };
}

async function askFor(
  videoId: string,
  accountId: string,
  api: StreamApi,
  signal: AbortSignal,
): Promise<Outcome<Omit<Answer, 'accountKey'> & { readonly video?: Parameters<VideoLibrary['update']>[1] }>> {
  const [read, downloads] = await Promise.all([
    api.readVideo(accountId, videoId, signal),
    api.readDownloads(accountId, videoId, signal),
  ]);
  if (read.ok) {
    const { video, details } = read.value;
    const facts = { ...factsOfDetails(video, details), ...(downloads.ok && { downloads: downloads.value }) };
    return succeeded({ ...answerOf(video), facts, video });
  }
  if (read.failure.code !== 'notFound') return read;
  const input = await api.readLiveInput(accountId, videoId, signal);
  if (input.ok) {
    return succeeded({ name: input.value.name, state: '', liveInput: true, facts: factsOfLiveInput(input.value) });
  }
  return input.failure.code === 'notFound' ? succeeded({ name: '', state: '', facts: { absent: true } }) : input;
}
