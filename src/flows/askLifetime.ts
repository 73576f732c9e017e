import * as l10n from '@vscode/l10n';
import { formatDuration, parseDuration } from '../stream/token/duration';
import { DEFAULT_LIFETIME, MAX_LIFETIME, secondsUntil } from '../stream/token/options';
import { askOverLimit } from './askOverLimit';
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
  // The API refuses more than 24 h; a key on this computer signs whatever it is told to.
  const local = signing.signWith.kind === 'local';
  const current = expiry && Math.floor(secondsUntil(expiry, now()));
  for (;;) {
    const reply = await prompter.pick<number | 'default' | 'typed' | Verdict>({
      title: l10n.t('Expires'),
      canGoBack: true,
      placeholder: l10n.t('How long should the token live? Pick, or type a duration such as 90m'),
      choices: [
        {
          value: 'default',
          label: local ? l10n.t('Leave it as it is') : l10n.t('Leave it to Cloudflare'),
          description: local
            ? l10n.t('{0}, like Cloudflare’s own tokens', durationText(DEFAULT_LIFETIME))
            : l10n.t('{0}, not sent', durationText(DEFAULT_LIFETIME)),
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
      typed: (text) => typedLifetime(text, local, now(), times),
      active: (value) => value === (current ?? 'default'),
      check: async (value) => (typeof value === 'object' ? value : undefined),
    });
    if (reply.kind !== 'answer') return reply;
    const asked =
      reply.value === 'typed'
        ? await typeLifetime(current, local, prompter, now, times)
        : mapReply(reply, (value) => (typeof value === 'number' ? value : undefined));
    const lifetime =
      asked.kind === 'answer' && asked.value !== undefined && asked.value > MAX_LIFETIME
        ? await askOverLimit(asked.value, prompter)
        : asked;
    if (lifetime.kind !== 'back') return lifetime;
  }
}

/** What was typed into the list as a choice: a lifetime, or the sentence that says why it is none. */
function typedLifetime(
  text: string,
  local: boolean,
  now: number,
  times: TimeStyle,
): readonly Choice<number | Verdict>[] {
  const parsed = parseDuration(text);
  if (parsed.ok) {
    const capped = parsed.seconds > MAX_LIFETIME;
    const seconds = local ? parsed.seconds : Math.min(parsed.seconds, MAX_LIFETIME);
    const warning = local
      ? l10n.t('more than the 24 h that Cloudflare documents')
      : l10n.t('the most that Cloudflare accepts, less a minute');
    return [
      {
        value: seconds,
        icon: capped ? 'warning' : 'check',
        label: durationText(seconds),
        ...(capped && { description: warning }),
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
  local: boolean,
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
      if (parsed.seconds <= MAX_LIFETIME) return { severity: 'info', message: until };
      return {
        severity: 'warning',
        message: local
          ? l10n.t('Cloudflare documents at most 24 h. Enter lets you choose between that and this.')
          : l10n.t('Cloudflare accepts at most 24 h; Enter takes that, less a minute. {0}', until),
      };
    },
  });
  return mapReply(reply, (text) => {
    const parsed = parseDuration(text);
    if (!parsed.ok) return MAX_LIFETIME;
    return local ? parsed.seconds : Math.min(parsed.seconds, MAX_LIFETIME);
  });
}

function untilText(seconds: number, now: number, times: TimeStyle): string {
  return l10n.t('Until {0}', instantText(now + seconds, times));
}
