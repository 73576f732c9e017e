import * as l10n from '@vscode/l10n';
import { cleanLabel, cleanText } from '../../source/cleanText';
import { secondsUntil, type TokenOptions } from '../../stream/token/options';
import { writePreset } from '../../stream/token/preset';
import type { Log } from '../log';
import type { Prompter, Reply, Verdict } from '../prompter';
import { durationText } from '../times';
import { ownPresets, type SignSettings } from './presets';

export interface SavePresetParts {
  readonly prompter: Prompter;
  readonly settings: SignSettings;
  readonly log: Log;
  /** Epoch seconds. */
  readonly now: () => number;
}

const MOST_CHARACTERS = 64;

/** Saves token options as a preset in the person's own settings, under a name that is asked for. The answer is the name. */
export async function savePreset(options: TokenOptions, parts: SavePresetParts): Promise<Reply<string>> {
  const { prompter, settings, log, now } = parts;
  const reply = await prompter.input({
    title: l10n.t('Save as Preset'),
    canGoBack: true,
    prompt: [l10n.t('It goes into your settings: streamSigner.presets.'), ...durationNote(options, now())].join(' '),
    placeholder: l10n.t('Name of the preset'),
    validate: (text) => judge(text, ownPresets(settings.presets().user)),
    async check(text) {
      const presets = ownPresets(settings.presets().user);
      if (presets === undefined) return notAnObject();
      try {
        await settings.writePresets({ ...presets, [nameOf(text)]: writePreset(options, now()) });
        return undefined;
      } catch (error) {
        log.error(`The presets could not be written: ${error instanceof Error ? error.message : typeof error}`);
        return {
          severity: 'error',
          message: l10n.t(
            'The settings could not be written. Are they open with changes, or is there a mistake in them?',
          ),
        };
      }
    },
  });
  if (reply.kind !== 'answer') return reply;
  prompter.mention(l10n.t('Saved: the preset {0}', nameOf(reply.value)));
  return { kind: 'answer', value: nameOf(reply.value) };
}

/** A preset has no instants; what was meant as one is kept as its distance. */
function durationNote({ expiry, notBefore }: TokenOptions, now: number): readonly string[] {
  const note = (seconds: number) => durationText(Math.abs(seconds));
  return [
    ...(expiry?.kind === 'at'
      ? [l10n.t('The expiry is kept as {0} from signing.', note(secondsUntil(expiry, now)))]
      : []),
    ...(notBefore?.kind === 'at'
      ? [
          secondsUntil(notBefore, now) < 0
            ? l10n.t('Not before is kept as {0} before signing.', note(secondsUntil(notBefore, now)))
            : l10n.t('Not before is kept as {0} from signing.', note(secondsUntil(notBefore, now))),
        ]
      : []),
  ];
}

function judge(text: string, presets: Readonly<Record<string, unknown>> | undefined): Verdict | undefined {
  const name = nameOf(text);
  if (presets === undefined) return notAnObject();
  if (name === '')
    return { severity: 'error', message: l10n.t('Type a name for the preset, for example "Customer demo".') };
  if ([...text.trim()].length > MOST_CHARACTERS)
    return { severity: 'error', message: l10n.t('A name has at most {0} characters.', MOST_CHARACTERS) };
  // An object does not keep a field of this name.
  if (name === '__proto__') return { severity: 'error', message: l10n.t('This name can’t be used. Type another one.') };
  return Object.hasOwn(presets, name)
    ? { severity: 'warning', message: l10n.t('Replaces the preset "{0}".', cleanLabel(name, 40)) }
    : undefined;
}

function notAnObject(): Verdict {
  return {
    severity: 'error',
    message: l10n.t('The setting streamSigner.presets is not an object, so nothing can be added to it. Mend it first.'),
  };
}

function nameOf(text: string): string {
  return cleanText(text, MOST_CHARACTERS);
}
