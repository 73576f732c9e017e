import * as l10n from '@vscode/l10n';
import { cleanLabel } from '../../source/cleanText';
import type { Moment } from '../../stream/token/options';
import { formatMoment, type MomentContext, type MomentResult, parseMoment } from '../../stream/token/parseMoment';
import { answer, type Choice, type Prompter, type Reply, type Verdict } from '../prompter';
import type { TimeStyle } from '../times';
import { momentEcho, momentSentence, momentText } from './momentText';

/** A question for a moment: a list of common ones, in which any other can be typed, and a box to type it at leisure. */
export interface MomentQuestion {
  readonly role: MomentContext['role'];
  readonly title: string;
  /** In the list, and in the box. */
  readonly placeholder: string;
  readonly example: string;
  /** Below the box. */
  readonly prompt: string;
  readonly current: Moment | undefined;
  /** The choice that sets nothing. */
  readonly untouched: { readonly label: string; readonly description: string };
  readonly common: readonly { readonly moment: Moment; readonly label: string; readonly description?: string }[];
  /** What is taken for a moment that was typed, with a word about it: the most that is possible, say. */
  readonly judge: (moment: Moment) => { readonly moment: Moment; readonly warning?: string };
}

export interface MomentParts {
  readonly prompter: Prompter;
  readonly times: TimeStyle;
  /** Epoch seconds. */
  readonly now: () => number;
}

type Picked = { readonly set: Moment | undefined } | 'typed' | Verdict;

/** The answer is a moment, or undefined to set none. What is typed is echoed in local time and UTC while it is typed. */
export async function askMoment(question: MomentQuestion, parts: MomentParts): Promise<Reply<Moment | undefined>> {
  const { title, current, untouched, common } = question;
  const isCurrent = ({ moment }: { readonly moment: Moment }) =>
    moment.kind === current?.kind && moment.seconds === current.seconds;
  const listed = current === undefined || common.some(isCurrent);
  for (;;) {
    const reply = await parts.prompter.pick<Picked>({
      title,
      canGoBack: true,
      placeholder: question.placeholder,
      choices: [
        { value: { set: undefined }, ...untouched },
        ...common.map(({ moment, ...words }) => ({ value: { set: moment }, ...words })),
        {
          value: 'typed',
          icon: 'edit',
          label: l10n.t('Other…'),
          ...(current !== undefined &&
            !listed && { description: l10n.t('chosen: {0}', momentText(current, parts.now(), parts.times)) }),
        },
      ],
      typed: (text) => typedMoment(text, question, parts),
      active: (value) =>
        value === 'typed'
          ? !listed
          : 'set' in value && (value.set === undefined ? current === undefined : isCurrent({ moment: value.set })),
      check: async (value) => (typeof value === 'object' && 'severity' in value ? value : undefined),
    });
    if (reply.kind !== 'answer') return reply;
    if (typeof reply.value === 'object') return answer('set' in reply.value ? reply.value.set : undefined);
    const typed = await typeMoment(question, parts);
    if (typed.kind !== 'back') return typed;
  }
}

/** What was typed into the list as a choice: the moment, or the sentence that says why it is none. */
function typedMoment(text: string, question: MomentQuestion, parts: MomentParts): readonly Choice<Picked>[] {
  const read = readMoment(text, question, parts);
  if (read.ok) {
    const { moment, warning } = question.judge(read.moment);
    const icon = warning === undefined ? 'check' : 'warning';
    return [
      {
        value: { set: moment },
        icon,
        label: moment.kind === 'at' ? cleanLabel(text, 60) : momentText(moment, parts.now(), parts.times),
        ...(warning !== undefined && { description: warning }),
        detail: momentEcho(moment, read.notes, { role: question.role, now: parts.now() }, parts.times),
        alwaysShow: true,
      },
    ];
  }
  // Words that are no moment search the list.
  if (read.problem.code === 'empty' || read.problem.code === 'unreadable') return [];
  const message = momentSentence(read.problem, question.role, parts.times);
  return [{ value: { severity: 'error', message }, icon: 'error', label: message, alwaysShow: true }];
}

async function typeMoment(question: MomentQuestion, parts: MomentParts): Promise<Reply<Moment>> {
  const { role, title, example, prompt, current, judge } = question;
  const reply = await parts.prompter.input({
    title,
    canGoBack: true,
    prompt,
    placeholder: example,
    value: current === undefined ? '' : formatMoment(current, parts.times.timeZone),
    validate(text): Verdict {
      const read = readMoment(text, question, parts);
      if (!read.ok) return { severity: 'error', message: momentSentence(read.problem, role, parts.times) };
      const { moment, warning } = judge(read.moment);
      const echo = momentEcho(moment, read.notes, { role, now: parts.now() }, parts.times);
      return warning === undefined
        ? { severity: 'info', message: echo }
        : { severity: 'warning', message: `${warning} ${echo}` };
    },
  });
  if (reply.kind !== 'answer') return reply;
  const read = readMoment(reply.value, question, parts);
  // It can have passed between Enter and here.
  return read.ok ? answer(judge(read.moment).moment) : { kind: 'back' };
}

function readMoment(text: string, { role }: MomentQuestion, { now, times }: MomentParts): MomentResult {
  return parseMoment(text, { role, now: now(), ...(times.timeZone !== undefined && { timeZone: times.timeZone }) });
}
