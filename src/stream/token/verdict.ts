import { mayShow } from '../delivery/allowedOrigins';
import { isId } from '../id';
import type { SignatureVerdict, UncheckedReason } from '../keys/verifySignature';
import { type Audience, audienceOf } from './audience';
import type { ReadToken } from './claims';
import { firstMatch, type Viewer } from './firstMatch';
import { MAX_RULES } from './rules';
import { type TimeVerdict, timeVerdict } from './timeVerdict';

/** The files that can be made of a video. */
export type DownloadFile = 'mp4' | 'm4a';
export type DownloadState = 'ready' | 'making' | 'failed' | 'notMade';

/** What is known of the video that a token is for; what is not known is absent. */
export interface VideoFacts {
  /** The account that was asked has no such video. */
  readonly absent?: true;
  /** With that: it is not known that the token's key is of that account; or the token has been seen to play all the same. */
  readonly elsewhere?: 'maybe' | 'surely';
  /** It is in another account than the key that signed the token. */
  readonly ofOtherAccount?: true;
  /** False: it plays by its id alone, for everyone. */
  readonly needsToken?: boolean;
  readonly playable?: boolean;
  /** Which pages may show it; empty means all. */
  readonly allowedOrigins?: readonly string[];
  readonly downloads?: Readonly<Record<DownloadFile, DownloadState>>;
}

/** A viewer, and the address of the page that plays the video for them. */
export interface Watcher extends Viewer {
  readonly page?: string;
}

/** What is known of the key that the token names. */
export type KeyVerdict = SignatureVerdict & { readonly revoked?: true };

export interface Situation {
  /** Epoch seconds. */
  readonly now: number;
  readonly signature: KeyVerdict;
  readonly video?: VideoFacts;
  readonly watcher?: Watcher;
  /** A delivery host refused the token, whatever speaks for it. */
  readonly refusedByStream?: boolean;
}

/** Why a token does not play. */
export type Obstacle =
  | {
      readonly code:
        | 'simulated'
        | 'standardBase64'
        | 'noSignature'
        | 'noAlgorithm'
        | 'noKeyId'
        | 'noSubject'
        | 'subjectNotId';
    }
  | { readonly code: 'algorithm'; readonly algorithm: string }
  | { readonly code: 'signature' | 'keyRevoked'; readonly kid: string }
  | { readonly code: 'signatureCut' | 'signatureLength' }
  | { readonly code: 'expired'; readonly since: number }
  | { readonly code: 'notYet'; readonly from: number }
  | { readonly code: 'noExpiry' | 'neverValid' }
  | { readonly code: 'noTime'; readonly claim: 'exp' | 'nbf' }
  | { readonly code: 'noSuchVideo' | 'ofOtherAccount' }
  | { readonly code: 'blocksEveryone' }
  /** A delivery host refused it, and nothing that is known here tells why. */
  | { readonly code: 'refusedByStream' }
  /** The rule, counted from 0. */
  | { readonly code: 'blocked'; readonly rule: number }
  /** Only in the way of playing, not of downloading. */
  | { readonly code: 'notPlayable' | 'page' };

type NotChecked = Exclude<
  UncheckedReason,
  'standardBase64' | 'noKeyId' | 'notRs256' | 'noSignature' | 'cut' | 'wrongLength'
>;

/** Why it can't be told: something is not known, or Cloudflare does not document what it makes of it. */
export type Doubt =
  | { readonly code: 'notChecked'; readonly reason: NotChecked }
  | { readonly code: 'critical' | 'keyIdsDiffer' | 'spelling' | 'rules' | 'page' }
  /** The account that was asked has no such video, and may not be the one of the key. */
  | { readonly code: 'notFound' }
  /** A name that stands twice in one object: readers differ in which they take. */
  | { readonly code: 'duplicate'; readonly claim: string }
  | { readonly code: 'time'; readonly claim: 'exp' | 'nbf'; readonly as: 'milliseconds' | 'unreadable' }
  | { readonly code: 'tooManyRules'; readonly count: number }
  /** Rules, counted from 0, that ask for something the viewer did not say. */
  | { readonly code: 'viewer'; readonly rules: readonly number[] };

/** What a file's address answers: that state of the file, or why it does not come to that. */
export type DownloadVerdict = DownloadState | 'unknown' | 'notAllowed' | 'refused';

export interface Verdict {
  /** `refused` when there is an obstacle, else `unsure` when there is a doubt. */
  readonly answer: 'plays' | 'refused' | 'unsure';
  /** What weighs most comes first. */
  readonly obstacles: readonly Obstacle[];
  readonly doubts: readonly Doubt[];
  readonly time: TimeVerdict;
  /** Whom the rules let in, whoever the viewer is. */
  readonly audience: Audience;
  readonly downloads: Readonly<Record<DownloadFile, DownloadVerdict>>;
}

/**
 * Whether Cloudflare lets a viewer play the video of a token, and if not, why. With no viewer given, for anyone at all.
 * Sources: https://developers.cloudflare.com/stream/viewing-videos/securing-your-stream/ and, where that is silent, what
 * its samples and its own tokens have in common.
 */
export function judgeToken(token: ReadToken, situation: Situation): Verdict {
  const { now, signature, video = {}, watcher } = situation;
  const time = timeVerdict(token, now);
  const audience = audienceOf(token.rules);
  const known = [
    ...formObstacles(token),
    ...keyObstacles(signature),
    ...timeObstacles(token, time),
    ...ruleObstacles(token, audience, watcher),
    ...(video.absent && video.elsewhere === undefined ? [{ code: 'noSuchVideo' } as const] : []),
    ...(video.ofOtherAccount ? [{ code: 'ofOtherAccount' } as const] : []),
  ];
  const ofToken: readonly Obstacle[] =
    known.length === 0 && situation.refusedByStream ? [{ code: 'refusedByStream' }] : known;
  const obstacles = [...ofToken, ...playbackObstacles(video, watcher)];
  const doubts = [
    ...keyDoubts(token, signature),
    ...token.oddities.flatMap((oddity) =>
      oddity.code === 'duplicate' ? [{ code: oddity.code, claim: oddity.claim }] : [],
    ),
    ...timeDoubts(token),
    ...ruleDoubts(token, audience, watcher),
    ...(video.absent && video.elsewhere === 'maybe' ? [{ code: 'notFound' } as const] : []),
    ...(watcher !== undefined && watcher.page === undefined && video.allowedOrigins?.length
      ? [{ code: 'page' } as const]
      : []),
  ];
  const download = (file: DownloadFile): DownloadVerdict => {
    if (ofToken.length > 0) return 'refused';
    if (token.claims.downloadable !== true && video.needsToken !== false) return 'notAllowed';
    return video.downloads?.[file] ?? 'unknown';
  };
  return {
    answer: obstacles.length > 0 ? 'refused' : doubts.length > 0 ? 'unsure' : 'plays',
    obstacles,
    doubts,
    time,
    audience,
    downloads: { mp4: download('mp4'), m4a: download('m4a') },
  };
}

function formObstacles({ claims, oddities }: ReadToken): readonly Obstacle[] {
  // The simulator's texts have another form altogether, and none of its parts tells any more.
  if (oddities.some(({ code }) => code === 'simulated')) return [{ code: 'simulated' }];
  const found = oddities.flatMap((oddity): readonly Obstacle[] => {
    switch (oddity.code) {
      case 'algorithm':
        return [{ code: 'algorithm', algorithm: oddity.algorithm }];
      case 'standardBase64':
      case 'noAlgorithm':
      case 'noSignature':
      case 'noKeyId':
        return [{ code: oddity.code }];
      default:
        return [];
    }
  });
  if (claims.sub === undefined) return [...found, { code: 'noSubject' }];
  return typeof claims.sub === 'string' && isId(claims.sub) ? found : [...found, { code: 'subjectNotId' }];
}

function keyObstacles(signature: KeyVerdict): readonly Obstacle[] {
  switch (signature.kind) {
    case 'unchecked':
      if (signature.reason === 'cut') return [{ code: 'signatureCut' }];
      return signature.reason === 'wrongLength' ? [{ code: 'signatureLength' }] : [];
    case 'invalid':
      return [{ code: 'signature', kid: signature.kid }];
    case 'cut':
      return [{ code: 'signatureCut' }];
    case 'valid':
      return signature.revoked ? [{ code: 'keyRevoked', kid: signature.kid }] : [];
  }
}

function timeObstacles(token: ReadToken, time: TimeVerdict): readonly Obstacle[] {
  switch (time.kind) {
    case 'active':
      return [];
    case 'expired':
      return [{ code: 'expired', since: time.since }];
    case 'notYet':
      return [{ code: 'notYet', from: time.from }];
    case 'never':
      return [{ code: 'neverValid' }];
    case 'noExpiry':
      return [{ code: 'noExpiry' }];
    case 'unreadable':
      return (['exp', 'nbf'] as const)
        .filter((claim) => claim in token.claims && !isSomeNumber(token.claims[claim]))
        .map((claim) => ({ code: 'noTime', claim }));
  }
}

function ruleObstacles({ rules }: ReadToken, audience: Audience, watcher: Watcher | undefined): readonly Obstacle[] {
  if (audience.kind === 'nobody') return [{ code: 'blocksEveryone' }];
  if (rules === undefined || watcher === undefined) return [];
  const { action, index, unjudged } = firstMatch(rules, watcher);
  return action === 'block' && index !== undefined && unjudged.length === 0 ? [{ code: 'blocked', rule: index }] : [];
}

function playbackObstacles(video: VideoFacts, watcher: Watcher | undefined): readonly Obstacle[] {
  const { playable, allowedOrigins = [] } = video;
  const page = watcher?.page;
  return [
    ...(playable === false ? [{ code: 'notPlayable' } as const] : []),
    ...(page !== undefined && !mayShow(allowedOrigins, page) ? [{ code: 'page' } as const] : []),
  ];
}

function keyDoubts(token: ReadToken, signature: KeyVerdict): readonly Doubt[] {
  const odd = (['critical', 'keyIdsDiffer', 'spelling'] as const).filter((code) => has(token, code));
  return [
    ...odd.map((code) => ({ code })),
    ...(signature.kind === 'unchecked' && isDoubt(signature.reason)
      ? [{ code: 'notChecked', reason: signature.reason } as const]
      : []),
  ];
}

/** That no key is named, or no whole signature is there to check, is an obstacle. */
function isDoubt(reason: UncheckedReason): reason is NotChecked {
  return reason === 'unknownKey' || reason === 'unusableKey' || reason === 'noCrypto';
}

/** Numbers that are no whole seconds: Cloudflare does not say what it makes of them. */
function timeDoubts({ claims, expiry, notBefore }: ReadToken): readonly Doubt[] {
  return (
    [
      ['exp', expiry],
      ['nbf', notBefore],
    ] as const
  ).flatMap(([claim, instant]) =>
    instant !== undefined && instant.kind !== 'seconds' && isSomeNumber(claims[claim])
      ? [{ code: 'time', claim, as: instant.kind } as const]
      : [],
  );
}

function ruleDoubts(token: ReadToken, audience: Audience, watcher: Watcher | undefined): readonly Doubt[] {
  const { rules, claims } = token;
  if (rules === undefined || claims.accessRules === null) return [{ code: 'rules' }];
  const count: readonly Doubt[] = rules.length > MAX_RULES ? [{ code: 'tooManyRules', count: rules.length }] : [];
  if (watcher === undefined) return audience.kind === 'unreadable' ? [...count, { code: 'rules' }] : count;
  const { unjudged } = firstMatch(rules, watcher);
  const unreadable = unjudged.filter((at) => rules[at]?.kind === 'unreadable');
  const unasked = unjudged.filter((at) => !unreadable.includes(at));
  return [
    ...count,
    ...(unreadable.length > 0 ? [{ code: 'rules' } as const] : []),
    ...(unasked.length > 0 ? [{ code: 'viewer', rules: unasked } as const] : []),
  ];
}

function isSomeNumber(claim: unknown): boolean {
  return typeof claim === 'number' || (typeof claim === 'string' && /^\d+$/.test(claim));
}

function has({ oddities }: ReadToken, code: ReadToken['oddities'][number]['code']): boolean {
  return oddities.some((oddity) => oddity.code === code);
}
