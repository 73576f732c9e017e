import * as l10n from '@vscode/l10n';
import type { Prompter } from './prompter';
import { durationText } from './times';

/** What to say before signing when this machine's clock is wrong: seconds ahead of Cloudflare's, negative when behind; nothing for 0. */
export function clockSentence(secondsAhead: number): string | undefined {
  if (secondsAhead === 0) return undefined;
  const time = durationText(Math.abs(secondsAhead));
  return secondsAhead > 0
    ? l10n.t(
        'This machine’s clock is {0} ahead of Cloudflare’s, so tokens would start and end too late. Set it right.',
        time,
      )
    : l10n.t(
        'This machine’s clock is {0} behind Cloudflare’s, so tokens would start and end too early. Set it right.',
        time,
      );
}

/** Says before signing without the hub that this machine's clock is wrong. `clockAhead` is in seconds. */
export function warnOfClock({ prompter, clockAhead }: { prompter: Prompter; clockAhead?: () => number }): void {
  const sentence = clockSentence(clockAhead?.() ?? 0);
  if (sentence !== undefined) prompter.tell(sentence);
}
