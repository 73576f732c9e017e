import * as l10n from '@vscode/l10n';
import type { CustomerCodeProblem } from '../stream/delivery/customerCode';
import type { IdProblem } from '../stream/parseId';
import type { TokenProblem } from '../stream/token/claims';

/** What is wrong with a typed account id, and what to do. */
export function accountIdSentence(problem: IdProblem): string {
  if (problem.code === 'empty') return l10n.t('Type the account id: 32 hex digits, or the address of your dashboard.');
  if (problem.code === 'otherUrl') {
    return l10n.t('This address has no account id. It looks like https://dash.cloudflare.com/<account id>/…');
  }
  return idSentence(problem);
}

/** What is wrong with a typed video id, and what to do. */
export function videoIdSentence(problem: IdProblem): string {
  if (problem.code === 'empty') return l10n.t('Type or paste a video id (32 hex digits) or any Stream URL.');
  if (problem.code === 'otherUrl')
    return l10n.t('This is not a Stream URL with a video id in it. Paste the video id instead.');
  if (problem.code === 'tokenWithoutVideo') {
    return l10n.t('This token does not say for which video it is. Type the video id instead.');
  }
  return idSentence(problem);
}

/** What is wrong with the typed id of a signing key, and what to do. */
export function keyIdSentence(problem: IdProblem): string {
  if (problem.code === 'empty') return l10n.t('Type the id of the signing key: 32 hex digits.');
  return problem.code === 'otherUrl' ? l10n.t('This address has no key id. Type the id itself.') : idSentence(problem);
}

function idSentence(problem: IdProblem): string {
  switch (problem.code) {
    case 'uuid':
      return l10n.t('This is a UUID with dashes. Cloudflare writes ids as 32 hex digits without dashes.');
    case 'length':
      return l10n.t('An id has 32 hex digits; this one has {0}.', problem.digits);
    case 'several':
      return l10n.t('This text holds more than one id. Type just one.');
    case 'tooLong':
      return l10n.t('This text is far too long for an id.');
    default:
      return l10n.t('An id has 32 hex digits (0-9, a-f). This has other characters.');
  }
}

/** Why a text holds no customer code, and where to find one. */
export function customerCodeSentence(problem: CustomerCodeProblem): string {
  switch (problem.code) {
    case 'empty':
      return l10n.t('Type the customer code, or paste any URL that begins with https://customer-…');
    case 'id':
      return l10n.t(
        'This is an id (32 hex digits), not the customer code. The code stands behind "customer-" in the URLs of your videos.',
      );
    case 'sharedHost':
      return l10n.t('All accounts share this host, so it has no customer code. Paste a URL of customer-….');
    case 'otherHost':
      return l10n.t('This is not a Stream address. It looks like https://customer-<code>.cloudflarestream.com/…');
    case 'characters':
      return l10n.t('A customer code has only letters and digits, for example f33zs165nr7gyfy4.');
    case 'tooLong':
      return l10n.t('A customer code is about 16 characters long; this has {0}.', problem.characters);
  }
}

/** Why a text can't be read as a token. */
export function tokenSentence(problem: TokenProblem): string {
  switch (problem.code) {
    case 'tooLong':
      return l10n.t(
        'This token has {0} characters; Stream tokens have at most about 2,000. It was not read.',
        problem.characters,
      );
    case 'encrypted':
      return l10n.t('This token is encrypted (five parts). Stream tokens are signed and have three.');
    case 'parts':
      return l10n.t(
        'A token has three parts with dots between them; this has {0}. Was it copied as a whole?',
        problem.count,
      );
    case 'onePart':
      return problem.part === 'header'
        ? l10n.t('This is only the first part (the header) of a token. Copy the token as a whole, with its two dots.')
        : l10n.t('This is only the middle part (the claims) of a token. Copy the token as a whole, with its two dots.');
    case 'unreadablePart':
      return problem.part === 'header'
        ? l10n.t('The first part (header) of this token can’t be read. Was it copied as a whole?')
        : l10n.t('The second part (claims) of this token can’t be read. Was it copied as a whole?');
  }
}

/** What is wrong with the name of an account; `undefined` when nothing is. */
export function labelSentence(label: string, cleaned: string): string | undefined {
  if (cleaned === '') return l10n.t('Type a name for the account, for example the company’s.');
  return [...label.trim()].length > 64 ? l10n.t('A name has at most 64 characters.') : undefined;
}
