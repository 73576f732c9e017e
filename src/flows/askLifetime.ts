import * as l10n from '@vscode/l10n';
import { formatDuration, parseDuration } from '../stream/token/duration';
import { DEFAULT_LIFETIME, MAX_LIFETIME, secondsUntil } from '../stream/token/options';
import { durationSentence } from './fieldSentences';
import { type Choice, mapReply, type Prompter, type Reply, type Verdict } from './prompter';
import type { Signing } from './signing';
import { durationText, instantText, type TimeStyle } from './times';

const COMMON_LIFETIMES: readonly number[] = [900, 3600, 14_400, 86_400];

/** The answer is a lifetime in seconds, or undefined to leave it to Cloudflare. */
export async function askLifetime(
  signing: Signing,
  prompter: Prompter,
  now: () => number,
  times: TimeStyle,
): Promise<Reply<number | undefined>> {
  const { expiry } = signing.options;
  const current = expiry && Math.floor(secondsUntil(expiry, now()));
  for (;;) {
    const reply = await prompter.pick<number | 'default' | 'typed' | Verdict>({
      title: l10n.t('Expires'),
      canGoBack: true,
      placeholder: l10n.t('How long should the token live? Pick, or type a duration such as 90m'),
      choices: [
        {
          value: 'default',
          label: l10n.t('Leave it to Cloudflare'),
          description: l10n.t('{0}, not sent', durationText(DEFAULT_LIFETIME)),
        },
        ...COMMON_LIFETIMES.map((seconds) => ({
          value: Math.min(seconds, MAX_LIFETIME),
          label: durationText(seconds),
          ...(seconds > MAX_LIFETIME && {
            description: l10n.t('less a minute, in case this computer’s clock is fast'),
          }),
        })),
        { value: 'typed', icon: 'edit', label: l10n.t('Other duration…') },
      ],
      typed: (text) => typedLifetime(text, now(), times),
      active: (value) => value === (current ?? 'default'),
      check: async (value) => (typeof value === 'object' ? value : undefined),
    });
    if (reply.kind !== 'answer') return reply;
    if (reply.value !== 'typed') {
      return mapReply(reply, (value) => (typeof value === 'number' ? value : undefined));
    }
    const typed = await typeLifetime(current, prompter, now, times);
    if (typed.kind !== 'back') return typed;
  }
}

/** What was typed into the list as a choice: a lifetime, or the sentence that says why it is none. */
function typedLifetime(text: string, now: number, times: TimeStyle): readonly Choice<number | Verdict>[] {
  const parsed = parseDuration(text);
  if (parsed.ok) {
    const seconds = Math.min(parsed.seconds, MAX_LIFETIME);
    const capped = parsed.seconds > MAX_LIFETIME;
    return [
      {
        value: seconds,
        icon: capped ? 'warning' : 'check',
        label: durationText(seconds),
        ...(capped && { description: l10n.t('the most that Cloudflare accepts, less a minute') }),
        detail: untilText(seconds, now, times),
        alwaysShow: true,
      },
    ];
  }
  // Words that are no duration search the list.
  if (parsed.problem.code === 'empty' || parsed.problem.code === 'unreadable') return [];
  const message = durationSentence(parsed.problem, times);
  return [{ value: { severity: 'error', message }, icon: 'error', label: message, alwaysShow: true }];
}

async function typeLifetime(
  current: number | undefined,
  prompter: Prompter,
  now: () => number,
  times: TimeStyle,
): Promise<Reply<number>> {
  const reply = await prompter.input({
    title: l10n.t('Expires'),
    canGoBack: true,
    prompt: l10n.t('From now on, at most 24 h.'),
    placeholder: l10n.t('Duration, e.g. 90m, 2h or 1h30m'),
    value: current === undefined ? '' : formatDuration(current),
    validate(text): Verdict {
      const parsed = parseDuration(text);
      if (!parsed.ok) return { severity: 'error', message: durationSentence(parsed.problem, times) };
      const until = untilText(Math.min(parsed.seconds, MAX_LIFETIME), now(), times);
      return parsed.seconds > MAX_LIFETIME
        ? {
            severity: 'warning',
            message: l10n.t('Cloudflare accepts at most 24 h; Enter takes that, less a minute. {0}', until),
          }
        : { severity: 'info', message: until };
    },
  });
  return mapReply(reply, (text) => {
    const parsed = parseDuration(text);
    return parsed.ok ? Math.min(parsed.seconds, MAX_LIFETIME) : MAX_LIFETIME;
  });
}

function untilText(seconds: number, now: number, times: TimeStyle): string {
  return l10n.t('Until {0}', instantText(now + seconds, times));
}
