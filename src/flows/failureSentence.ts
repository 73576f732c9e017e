import * as l10n from '@vscode/l10n';
import { cleanText } from '../source/cleanText';
import type { Failure, Refusal, TokenFlaw } from '../stream/failure';
import { refusalOf } from '../stream/failure';
import type { TimeStyle } from './times';
import { instantText } from './times';

/** What went wrong and what to do, in one or two short sentences. Cancelling is not failing: it has none. */
export function failureSentence(failure: Exclude<Failure, { code: 'cancelled' }>, style: TimeStyle): string {
  switch (failure.code) {
    case 'offline':
      return l10n.t(
        'Cloudflare can’t be found: this machine seems to be offline. Signing with a stored key needs no network.',
      );
    case 'unreachable':
      return l10n.t('Cloudflare can’t be reached ({0}). Check the network and the proxy settings.', failure.reason);
    case 'connectionLost':
      return l10n.t('The connection to Cloudflare broke off ({0}). Try again.', failure.reason);
    case 'timeout':
      return l10n.t('Cloudflare did not answer within {0} seconds. Try again later.', failure.seconds);
    case 'certificate':
      return certificateSentence(failure.reason);
    case 'proxyLogin':
      return l10n.t('The proxy asks for a user name and password. Check the setting "Http: Proxy".');
    case 'proxyRefused':
      return l10n.t(
        'The proxy refused to connect to Cloudflare ({0}). Check the setting "Http: Proxy".',
        failure.status,
      );
    case 'brokenAnswer':
      return l10n.t(
        'Cloudflare’s answer arrived broken ({0}). A proxy may have damaged it; try again later.',
        failure.reason,
      );
    case 'redirected':
      return l10n.t(
        'The server sent a redirect ({0}), which Cloudflare’s API never does. Nothing more was sent.',
        failure.status,
      );
    case 'notCloudflare':
      return l10n.t(
        'A web page came back instead of Cloudflare’s answer: a proxy or a login portal stands in between.',
      );
    case 'blocked':
      return l10n.t('The request was blocked before it reached Cloudflare’s API (403).{0}', rayText(failure.ray));
    case 'tooLarge':
      return l10n.t('The answer is too large ({0} MB at most) and was dropped.', Math.round(failure.bytes / 1_048_576));
    case 'unusableToken':
      return unusableTokenSentence(failure.flaw);
    case 'unexpectedAnswer':
      return l10n.t('Cloudflare’s answer has an unexpected form ({0}).{1}', failure.detail, rayText(failure.ray));
    case 'unauthorized':
      return l10n.t(
        'Cloudflare does not accept the credential ({0}). It may be mistyped, expired or deleted.',
        failure.status,
      );
    case 'forbidden':
      return l10n.t(
        'This credential is not allowed to do this ({0}). An API token needs Account → Stream → Edit for this account.',
        failure.status,
      );
    case 'notFound':
      return l10n.t('Cloudflare can’t find this in the account ({0}). Check the id and the account.', failure.status);
    case 'rejected':
      return l10n.t('Cloudflare refused the request ({0}).', failure.status);
    case 'rateLimited':
      return failure.retryAt === undefined
        ? l10n.t('Cloudflare’s request limit is reached. Try again in five minutes.')
        : l10n.t('Cloudflare’s request limit is reached. Try again at {0}.', instantText(failure.retryAt, style));
    case 'serverTrouble':
      return l10n.t(
        'Cloudflare has trouble at the moment ({0}). Try again later.{1}',
        failure.status,
        rayText(failure.ray),
      );
    case 'credentialMissing':
      return l10n.t(
        'The credential of "{0}" is no longer on this machine. Enter it again with "Replace Credential…".',
        cleanText(failure.account),
      );
    case 'noCredential':
      return l10n.t(
        'The account "{0}" has no credential and signs only with its signing keys. Enter one with "Replace Credential…".',
        cleanText(failure.account),
      );
    case 'accountGone':
      return l10n.t('This account was removed, maybe in another window. Choose another account.');
    case 'keyMissing':
      return l10n.t(
        'The private half of signing key {0} is not on this machine. Import it, or sign with another key.',
        failure.kid,
      );
    case 'keyRevoked':
      return l10n.t(
        'Signing key {0} was revoked, so Cloudflare would refuse the token. Sign with another key.',
        failure.kid,
      );
    case 'writtenByNewer':
      return l10n.t(
        'A newer version of this extension stored this account, so it was not changed. Reload the window, or update.',
      );
    case 'keyUnusable':
      return l10n.t(
        'This host can’t sign with signing key {0}. In a browser, that takes a page over https; elsewhere, import the key again.',
        failure.kid,
      );
    case 'secretsUnavailable':
      return l10n.t('The secret storage of this machine does not work ({0}), so nothing was stored.', failure.reason);
    case 'apiUnavailable':
      return l10n.t(
        'In the browser, Cloudflare’s API can’t be called (it sends no CORS headers). Use VS Code on a desktop or a server.',
      );
  }
}

function certificateSentence(reason: string): string {
  if (/EXPIRED|NOT_YET_VALID|DATE_INVALID/.test(reason)) {
    return l10n.t('The certificate of the server is not valid today ({0}). Check the date of this machine.', reason);
  }
  if (/ALTNAME|COMMON_NAME/.test(reason)) {
    return l10n.t(
      'The certificate is another server’s ({0}): a proxy or a login portal stands in between. Nothing was sent.',
      reason,
    );
  }
  if (/ERR_SSL|EPROTO/.test(reason)) {
    return l10n.t(
      'The server does not speak TLS as Cloudflare does ({0}): a proxy or a login portal stands in between.',
      reason,
    );
  }
  return l10n.t(
    'The certificate of the server is not trusted ({0}). If your network inspects traffic, install its certificate in the operating system and leave the setting "Http: System Certificates" on.',
    reason,
  );
}

function unusableTokenSentence(flaw: TokenFlaw): string {
  switch (flaw) {
    case 'unreadable':
      return l10n.t('Cloudflare’s answer holds a token that can’t be read, so it was dropped. Try again later.');
    case 'otherVideo':
      return l10n.t('Cloudflare’s answer holds a token for another video, so it was dropped. Try again later.');
    case 'otherKey':
      return l10n.t('Cloudflare’s answer holds a token that another key signed, so it was dropped. Try again later.');
    case 'expired':
      return l10n.t('Cloudflare’s answer holds a token that has expired already, so it was dropped. Try again later.');
  }
}

/** Cloudflare's own words: `10005: Bad Request`, one line per error, cleaned. Empty when it said nothing. */
export function refusalLines(failure: Failure): readonly string[] {
  return (refusalOf(failure)?.errors ?? []).map(({ code, message }) => {
    const said = cleanText(message) || l10n.t('no message');
    return code === 0 ? said : l10n.t('{0}: {1}', code, said);
  });
}

/** Our sentence and Cloudflare's words in one line, for the log and for places with room for one. */
export function failureText(
  failure: Exclude<Failure, { code: 'cancelled' }>,
  style: TimeStyle,
  sentence?: string,
): string {
  return cleanText([sentence ?? failureSentence(failure, style), ...refusalLines(failure)].join(' · '), 500);
}

/** Where Cloudflare explains the refusal; only addresses of its own. */
export function documentationOf(failure: Failure): string | undefined {
  const refusal: Refusal | undefined = refusalOf(failure);
  return refusal?.errors
    .map(({ documentationUrl }) => (documentationUrl === undefined ? null : URL.parse(documentationUrl)))
    .find((url) => url?.protocol === 'https:' && /(?:^|\.)cloudflare\.com$/.test(url.hostname))?.href;
}

function rayText(ray: string | undefined): string {
  return ray === undefined ? '' : ` ${l10n.t('Ray id: {0}', ray)}`;
}
