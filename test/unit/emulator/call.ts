import type { Emulator } from '../../emulator/server';

export interface CallOptions {
  /** An API token; the user's token unless said. */
  readonly token?: string;
  /** Instead of the token. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
}

/** Cloudflare's envelope, as far as tests look into it. */
interface Envelope {
  readonly success: boolean;
  readonly errors: readonly {
    readonly code: number;
    readonly source?: { readonly pointer: string };
    readonly error_chain?: readonly { readonly code: number }[];
  }[];
  readonly messages: readonly { readonly code: number }[];
  readonly result: unknown;
  readonly result_info?: { readonly total_count: number };
}

export interface Called {
  readonly status: number;
  readonly headers: Headers;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Record<string, string>;
    readonly body?: string;
  };
  readonly body: Envelope;
}

/** Calls the emulated API below `/client/v4`. */
export async function call(
  emulator: Emulator,
  method: string,
  path: string,
  options: CallOptions = {},
): Promise<Called> {
  const { token = emulator.credentials.userToken, body } = options;
  const request = {
    method,
    url: `${emulator.api}/client/v4${path}`,
    headers: {
      ...(options.headers ?? { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
  const response = await fetch(request.url, request);
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    request,
    body: text === '' ? undefined : JSON.parse(text),
  };
}
