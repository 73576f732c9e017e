import * as l10n from '@vscode/l10n';
import { CREDENTIAL_VARIABLES, curlText } from '../../stream/api/curlText';
import { tokenCall } from '../../stream/api/tokenCall';
import { tokenRequest } from '../../stream/token/options';
import type { Signing } from './signing';

/**
 * The request that signing would send at a moment (epoch seconds), as a curl command to read or run; `undefined` when
 * there is none: without a video, or for an account that calls no API. `origin` is an emulator's, in development.
 */
export function requestPage(
  { account, video, options }: Signing,
  now: number,
  origin: string | undefined,
): string | undefined {
  const { accountId, credentialKind } = account;
  if (video === undefined || accountId === undefined || credentialKind === undefined) return undefined;
  const body = tokenRequest(options, now);
  const comments = [
    l10n.t('What signing would send to Cloudflare now. The answer has a token that opens the video.'),
    l10n.t('To run it, set {0} first.', CREDENTIAL_VARIABLES[credentialKind].join(', ')),
    body === undefined
      ? l10n.t('Nothing was set, so it has no body, and Cloudflare’s defaults apply.')
      : l10n.t('Times in the body are in seconds since 1970 and count from this moment.'),
  ];
  return [
    ...comments.map((comment) => `# ${comment}`),
    '',
    curlText(tokenCall(accountId, video.id, body), credentialKind, origin),
  ].join('\n');
}
