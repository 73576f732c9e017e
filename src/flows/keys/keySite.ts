import type { StreamApi } from '../../stream/api/client';

/** An account at Cloudflare, as far as its signing keys are asked for. */
export interface KeySite {
  readonly accountId: string;
  /** The name that the person gave the account. */
  readonly label: string;
  readonly api: StreamApi;
}
