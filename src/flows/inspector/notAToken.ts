import * as l10n from '@vscode/l10n';
import { findIds } from '../../source/findIds';
import { findSecrets, isOldApiToken } from '../../source/findSecrets';
import { idContext } from '../../source/idContext';
import { parseVideoId } from '../../stream/parseId';
import { isCutOff } from '../../stream/token/findToken';
import type { OtherSystem } from '../../stream/token/otherSystem';
import { privateKeyIn } from './privateKeyIn';

/** A Global API Key as they were until 2026: only its length tells. */
const OLD_GLOBAL_KEY = /^[0-9a-f]{37}$/;

/** What a text is that has no token in it, and what to do with it. Nothing of it is repeated. */
export function notATokenSentence(text: string): string {
  const bare = text.trim().replace(/^(?:Bearer\s+)?["'`]*|["'`,;]*$/gi, '');
  const [secret] = findSecrets(text);
  const key = privateKeyIn(text);
  if (key === 'signingKey') {
    return l10n.t(
      'This is a private signing key, not a token: whoever has it can sign for every video. Keep it with "Import Signing Key…", and delete it where it stood.',
    );
  }
  if (key === 'otherKey') {
    return l10n.t(
      'This is a private key, not a token: whoever has it can use it in place of its owner. Keep it secret, and delete it where it stood.',
    );
  }
  if (secret?.kind === 'globalKey' || OLD_GLOBAL_KEY.test(bare)) {
    return l10n.t(
      'This looks like a Global API Key, not a token of a video: it opens the whole account. Delete it where it stood.',
    );
  }
  if (secret?.kind === 'apiToken' || isOldApiToken(bare)) {
    return l10n.t(
      'This looks like an API token, which opens the account, not a token of a video. Delete it where it stood.',
    );
  }
  if (isCutOff(text)) {
    return l10n.t(
      'This token was cut off: there are dots in place of its end. Copy it as a whole from where it was made.',
    );
  }
  const id = parseVideoId(text);
  if (id.ok && id.from === 'url') {
    return l10n.t(
      'This URL has the plain id of the video in it, no token. Make one with "Sign a Video…", if the video needs it.',
    );
  }
  if (id.ok || isVideoInCode(text))
    return l10n.t('This is an id, not a token. Make a token for it with "Sign a Video…".');
  return l10n.t('There is no token in this text. A token begins with "eyJ" and has two dots in it.');
}

/** More is no line or two of code with an id. */
const MAX_CODE = 2000;

/** Whether an id stands in a text where code has the id of a video. */
function isVideoInCode(text: string): boolean {
  if (text.length > MAX_CODE) return false;
  const lines = text.split(/\r?\n/);
  const document = { count: lines.length, text: (line: number) => lines[line] ?? '' };
  return lines.some((content, line) =>
    findIds(content).some((start) => idContext(document, line, start) !== undefined),
  );
}

/** The headline for a token of another system. */
export function otherSystemHeadline(system: OtherSystem): string {
  switch (system) {
    case 'mux':
      return l10n.t('Not a token of Stream: it looks like one of Mux');
    case 'access':
      return l10n.t('Not a token of Stream: it is one of Cloudflare Access');
    case 'other':
      return l10n.t('Not a token of Stream: another system made it');
  }
}

/** What to do with a token of another system. */
export function otherSystemAdvice(): string {
  return l10n.t(
    'Below is what it claims. Stream takes only tokens that it made itself or that one of its signing keys signed.',
  );
}
