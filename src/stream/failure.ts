/** One entry of the `errors` list in an answer of Cloudflare's API. Text is as received: clean it before showing it. */
export interface ApiError {
  readonly code: number;
  readonly message: string;
  /** JSON pointer to the field of the request that is at fault, e.g. `/exp`. */
  readonly pointer?: string;
  readonly documentationUrl?: string;
}

/** What Cloudflare said when it refused a request. */
export interface Refusal {
  readonly status: number;
  readonly errors: readonly ApiError[];
  /** The `cf-ray` header, by which Cloudflare's support finds a request. */
  readonly ray?: string;
}

/** What makes a token useless that came as the answer. */
export type TokenFlaw = 'unreadable' | 'otherVideo' | 'otherKey' | 'expired';

/** A request without an answer. */
interface Unanswered {
  /** Whether any of it may have left this machine; absent when it provably has not. */
  readonly sent?: 'maybe';
}

/**
 * Everything that can go wrong on the way to a token, as plain data without sentences: it crosses the border between
 * the two bundles, where `instanceof` means nothing. The words stand in flows/failureSentence.ts.
 */
export type Failure =
  | ({ readonly code: 'cancelled' } & Unanswered)
  /** No answer at all. */
  | ({ readonly code: 'offline' } & Unanswered)
  | ({ readonly code: 'unreachable'; readonly reason: string } & Unanswered)
  /** There was a connection, so the request may have arrived. */
  | { readonly code: 'connectionLost'; readonly reason: string }
  | ({ readonly code: 'timeout'; readonly seconds: number } & Unanswered)
  | ({ readonly code: 'certificate'; readonly reason: string } & Unanswered)
  | { readonly code: 'proxyLogin' }
  | { readonly code: 'proxyRefused'; readonly status: number }
  /** An answer, but not one of Cloudflare's API. */
  | { readonly code: 'brokenAnswer'; readonly reason: string }
  | { readonly code: 'redirected'; readonly status: number }
  | { readonly code: 'notCloudflare'; readonly status: number }
  | { readonly code: 'blocked'; readonly status: number; readonly ray?: string }
  | { readonly code: 'tooLarge'; readonly bytes: number }
  | { readonly code: 'unusableToken'; readonly flaw: TokenFlaw }
  | { readonly code: 'unexpectedAnswer'; readonly detail: string; readonly ray?: string }
  /** Cloudflare's answer is no. */
  | ({ readonly code: 'unauthorized' } & Refusal)
  | ({ readonly code: 'forbidden' } & Refusal)
  /** `repeated` when an earlier attempt may have been carried out: then what was to be deleted is. */
  | ({ readonly code: 'notFound'; readonly repeated?: true } & Refusal)
  | ({ readonly code: 'rejected' } & Refusal)
  /** `retryAt` is in epoch seconds. */
  | ({ readonly code: 'rateLimited'; readonly retryAt?: number } & Refusal)
  | ({ readonly code: 'serverTrouble' } & Refusal)
  /** This machine's side. */
  | { readonly code: 'credentialMissing'; readonly account: string }
  /** The account never had one: it signs only with its signing keys. */
  | { readonly code: 'noCredential'; readonly account: string }
  | { readonly code: 'accountGone' }
  | { readonly code: 'keyMissing'; readonly kid: string }
  /** Cloudflare refuses whatever the key signs. */
  | { readonly code: 'keyRevoked'; readonly kid: string }
  /** The engine of this host does not take the key. */
  | { readonly code: 'keyUnusable'; readonly kid: string }
  /** A newer version of this extension stored it, and this one might lose something by changing it. */
  | { readonly code: 'writtenByNewer' }
  | { readonly code: 'secretsUnavailable'; readonly reason: string }
  | { readonly code: 'apiUnavailable' };

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export function succeeded<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function failed(failure: Failure): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure };
}

/** The refusal inside a failure, when Cloudflare's API itself said no. */
export function refusalOf(failure: Failure): Refusal | undefined {
  return 'errors' in failure ? failure : undefined;
}

/**
 * Whether Cloudflare may have done what was asked although the call failed: its answer got lost, or was none. Matters
 * for what cannot simply be asked again, such as making a signing key.
 */
export function mayBeDone(failure: Failure): boolean {
  switch (failure.code) {
    case 'cancelled':
    case 'offline':
    case 'unreachable':
    case 'timeout':
    case 'certificate':
      return failure.sent === 'maybe';
    case 'connectionLost':
    case 'brokenAnswer':
    case 'redirected':
    case 'notCloudflare':
    case 'tooLarge':
    case 'unusableToken':
    case 'unexpectedAnswer':
    case 'serverTrouble':
      return true;
    case 'rejected':
      // 408: the server stopped reading, or stopped waiting for itself.
      return failure.status === 408;
    default:
      return false;
  }
}
