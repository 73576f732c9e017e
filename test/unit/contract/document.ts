import { sharedJson } from '../support/shared';

export type Schema = Readonly<Record<string, unknown>>;

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

/** An operation of an OpenAPI 3.0 document, as far as it is checked. */
export interface PublishedOperation {
  readonly parameters?: readonly {
    readonly in: 'path' | 'query' | 'header';
    readonly name: string;
    readonly required?: boolean;
    readonly schema?: Schema;
  }[];
  readonly requestBody?: Content & { readonly required?: boolean };
  readonly responses: Readonly<Record<string, Content>>;
  /** One of these must hold; each names security schemes that must hold together. */
  readonly security?: readonly Readonly<Record<string, unknown>>[];
}

/** An OpenAPI 3.0 document, as far as it is checked. */
export interface PublishedContract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, PublishedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
  readonly security?: PublishedOperation['security'];
}

export const CONTRACT_FILE = 'spec/stream-openapi.json';

/** Cloudflare's published contract; `undefined` where there is no copy of it. */
export function readPublishedContract(): PublishedContract | undefined {
  return sharedJson(CONTRACT_FILE) as PublishedContract | undefined;
}
