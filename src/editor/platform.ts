import type * as engine from '../engine';

/** What differs between the Node and the browser extension host. */
export interface Platform {
  readonly loadEngine: () => typeof engine;
  readonly canCallApi: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
}
