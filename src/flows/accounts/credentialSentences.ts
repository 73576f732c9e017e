import * as l10n from '@vscode/l10n';
import type { ApiTokenProblem } from '../../stream/api/credential';
import type { EmailProblem, GlobalKeyProblem } from '../../stream/api/globalKey';

/** Why a text is no API token. The text itself is never repeated. */
export function apiTokenSentence(problem: ApiTokenProblem): string {
  switch (problem) {
    case 'empty':
      return l10n.t('Paste an API token.');
    case 'innerBlank':
      return l10n.t('There is a space inside. Copy the API token alone, in one piece.');
    case 'strangeCharacter':
      return l10n.t('An API token has only letters, digits, "-" and "_". Copy it again from the dashboard.');
    case 'globalKey':
      return l10n.t(
        'This looks like the Global API Key, which opens everything. Create an API token for Stream, or go back and choose the key.',
      );
    case 'signedToken':
      return l10n.t('This looks like a signed token for a video, not an API token. Use "Decode Token…" to read it.');
    case 'privateKey':
      return l10n.t('This is a private key. Paste an API token instead.');
    case 'tooShort':
      return l10n.t('This is too short for an API token. Copy all of it.');
    case 'tooLong':
      return l10n.t('This is too long for an API token. Copy the API token alone.');
  }
}

/** Why a text is no Global API Key. The text itself is never repeated. */
export function globalKeySentence(problem: GlobalKeyProblem): string {
  switch (problem) {
    case 'empty':
      return l10n.t('Paste the Global API Key.');
    case 'innerBlank':
      return l10n.t('There is a space inside. Copy the key alone, in one piece.');
    case 'strangeCharacter':
      return l10n.t('A Global API Key has only letters and digits. Copy it again from the dashboard.');
    case 'apiToken':
      return l10n.t('This is an API token, which is safer. Go back and choose "Paste an API token".');
    case 'signedToken':
      return l10n.t('This looks like a signed token for a video, not a key. Use "Decode Token…" to read it.');
    case 'privateKey':
      return l10n.t('This is a private key. Paste the Global API Key of your Cloudflare profile instead.');
    case 'tooShort':
      return l10n.t('This is too short for a Global API Key. Copy all of it.');
    case 'tooLong':
      return l10n.t('This is too long for a Global API Key. Copy the key alone.');
  }
}

/** What is wrong with a typed e-mail address. */
export function emailSentence(problem: EmailProblem): string {
  switch (problem) {
    case 'empty':
      return l10n.t('Type the e-mail address with which you log in at Cloudflare.');
    case 'several':
      return l10n.t('Type one e-mail address only.');
    case 'brackets':
      return l10n.t('Type the address alone, without "<" and ">".');
    case 'noAt':
      return l10n.t('An e-mail address has one "@", with something on both sides.');
    case 'strangeCharacter':
      return l10n.t('This has a character that can’t be sent to Cloudflare. Type the address alone.');
    case 'tooLong':
      return l10n.t('An e-mail address has at most 254 characters.');
  }
}
