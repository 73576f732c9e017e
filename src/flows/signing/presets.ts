import * as l10n from '@vscode/l10n';
import { cleanLabel } from '../../source/cleanText';
import type { TokenOptions } from '../../stream/token/options';
import { readPreset } from '../../stream/token/preset';
import type { Choice, Prompter, Reply, Verdict } from '../prompter';
import type { TimeStyle } from '../times';
import { optionsText, presetSentence } from './optionsText';

/** The settings that concern signing, as they are written: anyone can write anything there. */
export interface SignSettings {
  /** Of a workspace only when it is trusted. */
  presets(): { readonly user: unknown; readonly workspace: unknown };
  /** The person's own; a workspace has no say. */
  defaults(): unknown;
  /** Whether the last signings are remembered; a workspace has no say. */
  remembersRecent(): boolean;
  /** Replaces the person's own presets. */
  writePresets(presets: Readonly<Record<string, unknown>>): Promise<void>;
}

/** A preset, or something in its place that is none. */
export interface Preset {
  readonly name: string;
  readonly origin: 'user' | 'workspace';
  readonly options?: TokenOptions;
  /** Why it can't be used. */
  readonly problem?: string;
}

/** More than anyone looks through. */
const MOST_PRESETS = 100;

/** The person's own presets, then those of the workspace. */
export function listPresets(settings: SignSettings): readonly Preset[] {
  const { user, workspace } = settings.presets();
  return [...presetsIn(user, 'user'), ...presetsIn(workspace, 'workspace')];
}

function presetsIn(value: unknown, origin: Preset['origin']): readonly Preset[] {
  return Object.entries(ownPresets(value) ?? {})
    .slice(0, MOST_PRESETS)
    .map(([name, stored]) => {
      const read = readPreset(stored);
      return read.ok
        ? { name, origin, options: read.options }
        : { name, origin, problem: presetSentence(read.problem) };
    });
}

/** The setting as an object; undefined when it is something else. */
export function ownPresets(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (value === undefined || value === null) return {};
  return typeof value === 'object' && !Array.isArray(value) ? { ...value } : undefined;
}

/** A preset as a line of a list. */
export function presetChoice(
  { name, origin, options, problem }: Preset,
  now: number,
  times: TimeStyle,
): Omit<Choice<never>, 'value'> {
  const what = options === undefined ? (problem ?? '') : optionsText(options, now, times);
  return {
    icon: problem === undefined ? 'bookmark' : 'warning',
    label: cleanLabel(name) || l10n.t('(no name)'),
    description: origin === 'workspace' ? l10n.t('{0} · from this workspace', what) : what,
  };
}

/** Why a preset can't be used, for the list it was picked from; undefined when it can. */
export function presetVerdict({ name, problem }: Preset): Verdict | undefined {
  return problem === undefined
    ? undefined
    : { severity: 'error', message: l10n.t('The preset "{0}" can’t be used. {1}', cleanLabel(name, 40), problem) };
}

/** Picks a preset. None of a workspace is highlighted at first: it may be somebody else's idea of safe. */
export async function askPreset(
  presets: readonly Preset[],
  prompter: Prompter,
  now: () => number,
  times: TimeStyle,
): Promise<Reply<Preset>> {
  const none: Preset = {
    name: '',
    origin: 'user',
    problem: l10n.t('Set options while signing a video and choose "Save as Preset…" there.'),
  };
  return prompter.pick<Preset>({
    title: l10n.t('Presets'),
    canGoBack: true,
    placeholder: l10n.t('Which preset should the token have?'),
    choices:
      presets.length === 0
        ? [{ value: none, icon: 'info', label: l10n.t('There are no presets yet'), detail: none.problem ?? '' }]
        : presets.map((preset) => ({ value: preset, ...presetChoice(preset, now(), times) })),
    active: (preset) => preset === presets.find(({ origin }) => origin === 'user'),
    check: async (preset) =>
      preset === none ? { severity: 'error', message: none.problem ?? '' } : presetVerdict(preset),
  });
}
