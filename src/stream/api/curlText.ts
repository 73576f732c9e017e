import type { Credential } from './credential';
import { API_ORIGIN, addressOf, type HttpRequest } from './http';

/** What stands in for the credential: the variables that Cloudflare's own tools read. */
const CREDENTIAL_HEADERS: Readonly<Record<Credential['kind'], readonly string[]>> = {
  apiToken: ['"Authorization: Bearer $CLOUDFLARE_API_TOKEN"'],
  globalKey: ['"X-Auth-Email: $CLOUDFLARE_EMAIL"', '"X-Auth-Key: $CLOUDFLARE_API_KEY"'],
};

/** The names of the variables that {@link curlText} leaves for a credential. */
export const CREDENTIAL_VARIABLES: Readonly<Record<Credential['kind'], readonly string[]>> = {
  apiToken: ['CLOUDFLARE_API_TOKEN'],
  globalKey: ['CLOUDFLARE_EMAIL', 'CLOUDFLARE_API_KEY'],
};

/**
 * A request as a curl command for a POSIX shell, method, address, headers and body as http.ts sends them, with variables
 * in place of the credential. Everything else is quoted, so that nothing of it is expanded or run.
 */
export function curlText(
  request: Omit<HttpRequest, 'headers'>,
  credential: Credential['kind'],
  origin: string = API_ORIGIN,
): string {
  const { method, body } = request;
  const lines = [
    `curl --request ${method}`,
    `--url ${quoted(addressOf(origin, request))}`,
    `--header ${quoted('Accept: application/json')}`,
    ...CREDENTIAL_HEADERS[credential].map((header) => `--header ${header}`),
    ...(body === undefined
      ? []
      : [`--header ${quoted('Content-Type: application/json')}`, `--data-raw ${quoted(JSON.stringify(body))}`]),
  ];
  return `${lines.join(' \\\n  ')}\n`;
}

/** Between single quotes a shell reads everything as it stands; a quote itself stands outside them, escaped. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
