/** Where requests and URLs go. */
export interface Origins {
  /** Absent: Cloudflare's own. */
  readonly api?: string;
  readonly delivery?: string;
  /** The account of the emulator that was started with this window, as JSON; see the start script. */
  readonly emulatedAccount?: string;
}

/**
 * Cloudflare, always, in an installed extension. Only while the extension itself is developed or tested, and only to this
 * very machine, variables point it at an emulator. Otherwise whoever controls an environment would get the tokens.
 */
export function originsOf(installed: boolean, environment: Readonly<Record<string, string | undefined>>): Origins {
  if (installed) return {};
  const api = loopbackOrigin(environment.STREAM_SIGNER_API_ORIGIN);
  const delivery = loopbackOrigin(environment.STREAM_SIGNER_DELIVERY_ORIGIN);
  const emulatedAccount = api === undefined ? undefined : environment.STREAM_SIGNER_EMULATED_ACCOUNT;
  return {
    ...(api !== undefined && { api }),
    ...(delivery !== undefined && { delivery }),
    ...(emulatedAccount !== undefined && { emulatedAccount }),
  };
}

function loopbackOrigin(text: string | undefined): string | undefined {
  const url = text === undefined ? null : URL.parse(text);
  const loopback = url !== null && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  return loopback && url.origin === text ? url.origin : undefined;
}
