import * as l10n from '@vscode/l10n';
import { readToken } from '../../stream/token/claims';
import { timeVerdict } from '../../stream/token/timeVerdict';
import { durationText, instantText, type TimeStyle } from '../times';

/** What time says about a token at a given moment (epoch seconds), in a few words for the line above it. */
export function tokenAge(text: string, now: number, times: TimeStyle): string {
  const read = readToken(text);
  if (!read.ok) return l10n.t('This token can’t be read');
  const verdict = timeVerdict(read.token, now);
  switch (verdict.kind) {
    case 'active':
      return l10n.t('Expires in {0}', briefly(verdict.until - now));
    case 'expired':
      return l10n.t('Expired {0} ago', briefly(now - verdict.since));
    case 'notYet':
      return l10n.t('Not valid before {0}', instantText(verdict.from, times));
    case 'never':
      return l10n.t('Can never be used');
    case 'noExpiry':
      return l10n.t('Without an expiry');
    case 'unreadable':
      return l10n.t('The expiry can’t be read');
  }
}

/** Whole days or minutes once there is one: the line is not drawn anew every second. */
function briefly(seconds: number): string {
  const unit = [86_400, 60].find((size) => seconds >= size) ?? 1;
  return durationText(Math.max(1, seconds - (seconds % unit)));
}
