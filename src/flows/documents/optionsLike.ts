import type { ReadToken } from '../../stream/token/claims';
import { DEFAULT_LIFETIME, MAX_LIFETIME, type TokenOptions } from '../../stream/token/options';
import { optionsOf } from '../../stream/token/optionsOf';
import { readPreset } from '../../stream/token/preset';
import type { SignSettings } from '../signing/presets';

/** What another token for the same video is signed with. */
export interface OptionsLike {
  readonly options: TokenOptions;
  /** The rules can't be taken over as they are: without them more people could watch. */
  readonly rulesLost: boolean;
}

/**
 * The options of a token, with the same lifetime counted from the next signing. Where nothing tells the lifetime it is
 * the person's `streamSigner.defaults.expiry`.
 */
export function optionsLike(token: ReadToken, settings: Pick<SignSettings, 'defaults'>): OptionsLike {
  const { options, lost } = optionsOf(token);
  const rulesLost = lost.includes('rules');
  if (!lost.includes('lifetime')) return { options, rulesLost };
  const read = readPreset(settings.defaults());
  const expiry = read.ok ? read.options.expiry : undefined;
  return { options: { ...options, ...(expiry !== undefined && { expiry }) }, rulesLost };
}

const LIMIT = 86_400;

/** With a lifetime that Cloudflare documents, for signing without a question: over 24 h it is just below that. */
export function withinLimit(options: TokenOptions): TokenOptions {
  return lifetimeOf(options) > LIMIT ? { ...options, expiry: { kind: 'fromNow', seconds: MAX_LIFETIME } } : options;
}

/** How long a token lives that is signed with such options, in seconds. */
export function lifetimeOf({ expiry }: TokenOptions): number {
  return expiry?.kind === 'fromNow' ? expiry.seconds : DEFAULT_LIFETIME;
}
