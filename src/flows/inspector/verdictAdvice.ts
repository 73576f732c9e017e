import * as l10n from '@vscode/l10n';
import type { Doubt, Obstacle, Verdict } from '../../stream/token/verdict';
import type { TimeStyle } from '../times';
import { instantText } from '../times';

/** Why a token is refused, or may be, and what to do; one or two sentences for each reason. */
export function verdictAdvice({ obstacles, doubts }: Verdict, times: TimeStyle): readonly string[] {
  const said =
    obstacles.length > 0 ? obstacles.map((obstacle) => obstacleAdvice(obstacle, times)) : doubts.map(doubtAdvice);
  return said.filter((sentence) => sentence !== undefined);
}

/** Why a token is refused and what to do. */
export function obstacleAdvice(obstacle: Obstacle, times: TimeStyle): string {
  switch (obstacle.code) {
    case 'simulated':
      return l10n.t('Local development hands out such texts. Sign one for real, with an account or a signing key.');
    case 'standardBase64':
      return l10n.t(
        'Encode all three parts with base64url, without padding: "-" and "_" in place of "+" and "/", and no "=" at the end.',
      );
    case 'noSignature':
      return l10n.t('Copy the token as a whole: the signature is what follows the second dot.');
    case 'noAlgorithm':
    case 'algorithm':
      return l10n.t('Stream accepts RS256 only. Sign with an RSA key that was created at Cloudflare.');
    case 'noKeyId':
      return l10n.t('Put the id of the signing key into the header as "kid", and into the claims too.');
    case 'noSubject':
    case 'subjectNotId':
      return l10n.t('Put the id of the video (32 hex digits) into the claim "sub".');
    case 'noExpiry':
      return l10n.t('Put the end of the token into the claim "exp", in seconds since 1970.');
    case 'signature':
      return l10n.t(
        'Either the token was changed after signing, or the program that signed it used another private key than the one with this id.',
      );
    case 'signatureCut':
      return l10n.t('Copy the token as a whole: characters are missing at its end.');
    case 'signatureLength':
      return l10n.t(
        'Copy the token as a whole and nothing behind it: characters are missing at its end, or there are too many.',
      );
    case 'keyRevoked':
      return l10n.t('Every token of this key stopped working when it was deleted. Sign again with another key.');
    case 'expired':
      return l10n.t('Stream has refused it since {0}. Sign it again.', instantText(obstacle.since, times));
    case 'notYet':
      return l10n.t(
        'Stream refuses it until {0}. If that was not meant, the clock of the signing computer may be ahead.',
        instantText(obstacle.from, times),
      );
    case 'neverValid':
      return l10n.t('Its "exp" is not after its "nbf". Sign another one.');
    case 'noTime':
      return l10n.t('"exp" and "nbf" must be whole seconds since 1970.');
    case 'noSuchVideo':
      return l10n.t('Neither a video nor a live input with this id is in the account. It may have been deleted.');
    case 'ofOtherAccount':
      return l10n.t('A key signs only for the videos of its own account.');
    case 'blocksEveryone':
      return l10n.t('Allow the viewers who should watch in a rule above the one that blocks everyone.');
    case 'refusedByStream':
      return l10n.t(
        'Its key may have been deleted, may be one of another account, or may have another private half at Cloudflare than the one on this machine. Create a new key and sign with that.',
      );
    case 'blocked':
      return l10n.t('The first rule that matches decides.');
    case 'notPlayable':
      return l10n.t('The token is not the reason: wait until the video is ready, or until somebody broadcasts.');
    case 'page':
      return l10n.t('The video may be shown only on the pages in its allowed origins.');
  }
}

function doubtAdvice(doubt: Doubt): string | undefined {
  switch (doubt.code) {
    case 'notChecked':
      return doubt.reason === 'unknownKey'
        ? l10n.t(
            'Whether it is right can be told with its key on this machine, or by Stream: choose "Check playback…".',
          )
        : undefined;
    case 'critical':
      return l10n.t('A reader that does not know the extensions in the header has to refuse the token.');
    case 'keyIdsDiffer':
      return l10n.t('Stream’s own tokens name the same key in header and claims. Sign with both.');
    case 'spelling':
      return l10n.t('Copy it again from where it was made.');
    case 'rules':
    case 'tooManyRules':
      return l10n.t('Cloudflare does not say what it makes of such rules.');
    case 'duplicate':
      return l10n.t('Readers differ in which of the two they take. Sign another one that has it once.');
    case 'time':
      return l10n.t('Stream counts in whole seconds since 1970. What it makes of other numbers is not documented.');
    case 'notFound':
      return l10n.t(
        'The account that was asked is not known to be the one of the signing key. "Check playback…" tells whether Stream has the video.',
      );
    case 'viewer':
    case 'page':
      return undefined;
  }
}
