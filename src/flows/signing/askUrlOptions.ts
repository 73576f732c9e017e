import * as l10n from '@vscode/l10n';
import { cleanLabel } from '../../source/cleanText';
import type { UrlOptions } from '../../stream/delivery/deliveryUrl';
import type { ResultOptions } from '../../stream/delivery/resultForms';
import { ANIMATION_OPTIONS, type OptionKind, PLAYER_OPTIONS, readOption } from '../../stream/delivery/urlOptions';
import { answer, type Entry, mapReply, type Prompter, type Reply } from '../prompter';
import { optionHint, optionText, type UrlOption, urlOptionSentence } from './urlOptionText';

/** Which of the options: of the player, or of the still and the animated image. */
export type OptionGroup = 'player' | 'image';

/** Options that are set, as one line; empty for none. */
export function optionsSummary(group: OptionGroup, options: ResultOptions): string {
  const { posterAt } = options;
  return Object.entries(options[group] ?? {})
    .concat(group === 'player' && posterAt !== undefined ? [['poster', posterAt]] : [])
    .map(([name, value]) => (value === 'true' ? name : `${name}=${value}`))
    .join(', ');
}

/** One line per option. What was set stays set however the list is left, except by Esc, which leaves everything. */
export async function askUrlOptions(
  group: OptionGroup,
  options: ResultOptions,
  prompter: Prompter,
): Promise<Reply<ResultOptions>> {
  const kinds: Readonly<Record<string, OptionKind>> = group === 'player' ? PLAYER_OPTIONS : ANIMATION_OPTIONS;
  let current = options;
  let line: string = 'done';
  for (;;) {
    const reply = await prompter.pick<string>({
      title: group === 'player' ? l10n.t('Player Options') : l10n.t('Thumbnail Options'),
      canGoBack: true,
      placeholder: l10n.t('Pick an option to change it; what is not set is left to Cloudflare'),
      choices: [
        { value: 'done', icon: 'check', label: l10n.t('Done'), description: l10n.t('back to the result') },
        { heading: '' },
        ...Object.keys(kinds).map((name) => optionLine(name as UrlOption, current)),
        ...(optionsSummary(group, current) === ''
          ? []
          : [{ heading: '' }, { value: 'reset', icon: 'discard', label: l10n.t('Leave all of it to Cloudflare') }]),
      ],
      active: (value) => value === line,
    });
    if (reply.kind === 'cancel') return reply;
    if (reply.kind === 'back' || reply.value === 'done') return answer(current);
    line = reply.value;
    if (line === 'reset') {
      current = withoutGroup(group, current);
      line = 'done';
      continue;
    }
    const changed = await changeOption(line as UrlOption, group, kinds[line], current, prompter);
    if (changed.kind === 'cancel') return changed;
    if (changed.kind === 'answer') current = changed.value;
  }
}

function optionLine(name: UrlOption, options: ResultOptions): Entry<string> {
  const value = settingOf(name, options);
  const shown = value === 'true' ? l10n.t('yes') : value === 'false' ? l10n.t('no') : value;
  return {
    value: name,
    icon: value === undefined ? 'blank' : 'check',
    label: optionText(name),
    ...(shown !== undefined && { description: cleanLabel(shown) }),
  };
}

function settingOf(name: UrlOption, { player, image, posterAt }: ResultOptions): string | undefined {
  if (name === 'poster' && posterAt !== undefined) return posterAt;
  return name in PLAYER_OPTIONS ? player?.[name] : image?.[name];
}

async function changeOption(
  name: UrlOption,
  group: OptionGroup,
  kind: OptionKind | undefined,
  options: ResultOptions,
  prompter: Prompter,
): Promise<Reply<ResultOptions>> {
  if (kind === undefined) return { kind: 'back' };
  const value = settingOf(name, options);
  if (name === 'controls') return answer(withOption(group, name, value === 'false' ? undefined : 'false', options));
  if (kind.kind === 'flag' || (kind.kind === 'choice' && kind.values.length === 1)) {
    return answer(withOption(group, name, value === undefined ? 'true' : undefined, options));
  }
  const reply =
    kind.kind === 'choice'
      ? await pickValue(name, kind.values, value, prompter)
      : await typeValue(name, kind, value, prompter);
  return mapReply(reply, (chosen) => withOption(group, name, chosen, options));
}

function pickValue(
  name: UrlOption,
  values: readonly string[],
  current: string | undefined,
  prompter: Prompter,
): Promise<Reply<string | undefined>> {
  return prompter.pick<string | undefined>({
    title: optionText(name),
    canGoBack: true,
    placeholder: optionHint(name),
    choices: [
      { value: undefined, label: l10n.t('Leave it to Cloudflare') },
      ...values.map((value) => ({ value, label: value })),
    ],
    active: (value) => value === current,
  });
}

async function typeValue(
  name: UrlOption,
  kind: OptionKind,
  current: string | undefined,
  prompter: Prompter,
): Promise<Reply<string | undefined>> {
  const read = (text: string) => (text.trim() === '' ? undefined : readTyped(name, kind, text));
  const reply = await prompter.input({
    title: optionText(name),
    canGoBack: true,
    prompt: l10n.t('Leave the field empty to leave it to Cloudflare.'),
    placeholder: optionHint(name),
    value: current ?? '',
    validate(text) {
      const found = read(text);
      return found === undefined || found.ok
        ? undefined
        : { severity: 'error', message: urlOptionSentence(found.problem) };
    },
  });
  return mapReply(reply, (text) => {
    const found = read(text);
    return found?.ok ? found.value : undefined;
  });
}

/** A poster is a frame of the video at some time, or a picture with an address. */
function readTyped(name: UrlOption, kind: OptionKind, text: string) {
  return name === 'poster' && !/^\s*https?:/i.test(text)
    ? readOption(PLAYER_OPTIONS.startTime, text)
    : readOption(kind, text);
}

function withOption(
  group: OptionGroup,
  name: UrlOption,
  value: string | undefined,
  options: ResultOptions,
): ResultOptions {
  const { [name]: _, ...others }: UrlOptions = options[group] ?? {};
  const { posterAt: frame, ...rest } = options;
  const atFrame = name === 'poster' && value !== undefined && !value.includes(':');
  if (name === 'poster') {
    return atFrame ? { ...rest, posterAt: value, player: others } : { ...rest, player: withValue(others, name, value) };
  }
  return { ...options, [group]: withValue(others, name, value) };
}

function withValue(options: UrlOptions, name: string, value: string | undefined): UrlOptions {
  return value === undefined ? options : { ...options, [name]: value };
}

function withoutGroup(group: OptionGroup, options: ResultOptions): ResultOptions {
  const { player, posterAt, image, ...rest } = options;
  if (group === 'player') return { ...rest, ...(image !== undefined && { image }) };
  return { ...rest, ...(player !== undefined && { player }), ...(posterAt !== undefined && { posterAt }) };
}
