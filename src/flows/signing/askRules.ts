import * as l10n from '@vscode/l10n';
import { type AccessRule, MAX_RULES, type RuleAction, readRules } from '../../stream/token/rules';
import { testViewer } from '../inspector/testViewer';
import { answer, type Entry, mapReply, type Prompter, type Reply } from '../prompter';
import { ruleLabel } from '../ruleText';
import { pickCountries, typeCountries } from './askCountries';
import { askRanges } from './askRanges';
import { deedsOf, type RuleAct, ruleList } from './ruleList';

export interface RulesStepParts {
  readonly prompter: Prompter;
  /** BCP 47. */
  readonly locale: string;
  /** Told of every change at once, so that leaving in any way loses none. */
  readonly onChange: (rules: readonly AccessRule[]) => void;
}

type Rules = readonly AccessRule[];
type Step = Pick<RulesStepParts, 'prompter' | 'locale'>;

const BLOCK_OTHERS: AccessRule = { type: 'any', action: 'block' };

/** Edits the access rules in a list: by the buttons at its lines, or by its lines alone. Back and "Done" both keep the changes. */
export async function askRules(initial: Rules, parts: RulesStepParts): Promise<Reply<Rules>> {
  const { prompter, locale } = parts;
  let rules = initial;
  let active: RuleAct = { act: 'done' };
  for (;;) {
    const reply = await prompter.pick<RuleAct>({
      title: l10n.t('Access Rules'),
      canGoBack: true,
      placeholder: l10n.t('Who may watch? Pick a rule to change it'),
      choices: ruleList(rules, locale),
      active: (value) => isSame(value, active),
      async check({ act }) {
        return act === 'add' && rules.length >= MAX_RULES
          ? {
              severity: 'error',
              message: l10n.t('A token can have {0} access rules at most. Remove or change one.', MAX_RULES),
            }
          : undefined;
      },
    });
    if (reply.kind === 'cancel') return reply;
    if (reply.kind === 'back' || reply.value.act === 'done') return answer(rules);
    active = reply.value;
    const changed = await perform(reply.value, rules, parts);
    if (changed.kind === 'cancel') return changed;
    if (changed.kind === 'back') continue;
    active = activeAfter(reply.value, rules, changed.value);
    rules = changed.value;
    parts.onChange(rules);
  }
}

/** The rules after what a line asks for. */
async function perform(act: RuleAct, rules: Rules, step: Step): Promise<Reply<Rules>> {
  switch (act.act) {
    case 'open':
      return openRule(act.at, rules, step);
    case 'change':
    case 'changeCodes':
      return changeRule(act.at, rules, act.act === 'changeCodes', step);
    case 'flip':
      return answer(rules.map((rule, at) => (at === act.at ? flipped(rule) : rule)));
    case 'move': {
      const rule = rules[act.at];
      return answer(rule === undefined ? rules : rules.toSpliced(act.at, 1).toSpliced(act.to, 0, rule));
    }
    case 'remove':
      return answer(rules.toSpliced(act.at, 1));
    case 'add':
      return mapReply(await askNewRule(step), (rule) => rules.toSpliced(placeFor(rule, rules), 0, rule));
    case 'blockOthers':
      return answer([...rules, BLOCK_OTHERS]);
    case 'test': {
      const { kind } = await testViewer(readRules(rules) ?? [], step.prompter, step.locale);
      return { kind: kind === 'cancel' ? kind : 'back' };
    }
    case 'template':
      return askTemplate(act.template, step);
    case 'removeAll':
      return answer([]);
    case 'done':
    case 'none':
      return { kind: 'back' };
  }
}

async function openRule(at: number, rules: Rules, step: Step): Promise<Reply<Rules>> {
  const rule = rules[at];
  const reading = readRules(rules)?.[at];
  if (rule === undefined || reading === undefined) return { kind: 'back' };
  for (;;) {
    const reply = await step.prompter.pick<RuleAct>({
      title: l10n.t('Rule {0}', at + 1),
      canGoBack: true,
      placeholder: ruleLabel(reading, at, step.locale),
      choices: deedsOf(rule, at, rules.length),
    });
    if (reply.kind !== 'answer') return reply;
    const changed = await perform(reply.value, rules, step);
    if (changed.kind !== 'back') return changed;
  }
}

async function changeRule(at: number, rules: Rules, asCodes: boolean, step: Step): Promise<Reply<Rules>> {
  const rule = rules[at];
  if (rule === undefined || rule.type === 'any') return { kind: 'back' };
  const reply = await askEntries(rule, asCodes, step);
  return mapReply(reply, (changed) => rules.with(at, changed));
}

/** Asks for the countries or ranges of a rule that is known but for them. */
async function askEntries(
  rule: Exclude<AccessRule, { type: 'any' }>,
  asCodes: boolean,
  { prompter, locale }: Step,
): Promise<Reply<AccessRule>> {
  const allow = rule.action === 'allow';
  if (rule.type === 'ip.src') {
    const title = allow ? l10n.t('Allow Addresses') : l10n.t('Block Addresses');
    return mapReply(await askRanges(title, rule.ip, prompter, locale), (ip) => ({ ...rule, ip }));
  }
  const title = allow ? l10n.t('Allow Countries') : l10n.t('Block Countries');
  const ask = asCodes ? typeCountries : pickCountries;
  return mapReply(await ask(title, rule.country, prompter, locale), (country) => ({ ...rule, country }));
}

async function askNewRule(step: Step): Promise<Reply<AccessRule>> {
  interface Kind {
    readonly rule: AccessRule;
    readonly asCodes?: true;
  }
  const country = (action: RuleAction): AccessRule => ({ type: 'ip.geoip.country', action, country: [] });
  const ip = (action: RuleAction): AccessRule => ({ type: 'ip.src', action, ip: [] });
  const choices: readonly Entry<Kind>[] = [
    { heading: l10n.t('By country') },
    { value: { rule: country('allow') }, label: l10n.t('Allow Countries…') },
    { value: { rule: country('block') }, label: l10n.t('Block Countries…') },
    { value: { rule: country('allow'), asCodes: true }, label: l10n.t('Allow Countries by Code…') },
    { value: { rule: country('block'), asCodes: true }, label: l10n.t('Block Countries by Code…') },
    { heading: l10n.t('By IP address') },
    { value: { rule: ip('allow') }, label: l10n.t('Allow Addresses…') },
    { value: { rule: ip('block') }, label: l10n.t('Block Addresses…') },
    { heading: l10n.t('Everyone') },
    { value: { rule: { type: 'any', action: 'allow' } }, label: l10n.t('Allow Everyone Else') },
    { value: { rule: BLOCK_OTHERS }, label: l10n.t('Block Everyone Else') },
  ];
  let active: Kind | undefined;
  for (;;) {
    const reply = await step.prompter.pick<Kind>({
      title: l10n.t('Add Rule'),
      canGoBack: true,
      placeholder: l10n.t('What should the rule do?'),
      choices,
      active: (kind) => kind === active,
    });
    if (reply.kind !== 'answer') return reply;
    active = reply.value;
    const { rule, asCodes = false } = active;
    if (rule.type === 'any') return answer(rule);
    const entries = await askEntries(rule, asCodes, step);
    if (entries.kind !== 'back') return entries;
  }
}

async function askTemplate(
  template: Extract<RuleAct, { act: 'template' }>['template'],
  step: Step,
): Promise<Reply<Rules>> {
  switch (template) {
    case 'onlyCountries':
      return mapReply(
        await askEntries({ type: 'ip.geoip.country', action: 'allow', country: [] }, false, step),
        (rule) => [rule, BLOCK_OTHERS],
      );
    case 'onlyNetwork':
      return mapReply(await askEntries({ type: 'ip.src', action: 'allow', ip: [] }, false, step), (rule) => [
        rule,
        BLOCK_OTHERS,
      ]);
    case 'allBut':
      return mapReply(
        await askEntries({ type: 'ip.geoip.country', action: 'block', country: [] }, false, step),
        (rule) => [rule],
      );
  }
}

/** Before the rule for everyone, behind which it would never be reached. */
function placeFor(rule: AccessRule, rules: Rules): number {
  const closing = rules.findIndex(({ type }) => type === 'any');
  return rule.type === 'any' || closing < 0 ? rules.length : closing;
}

function flipped(rule: AccessRule): AccessRule {
  return { ...rule, action: rule.action === 'allow' ? 'block' : 'allow' };
}

/** The line that is highlighted after a change: the rule that was changed, wherever it is now. */
function activeAfter(act: RuleAct, before: Rules, after: Rules): RuleAct {
  const changed = after.findIndex((rule) => !before.includes(rule));
  const rule = 'at' in act ? before[act.at] : undefined;
  const at = changed >= 0 || rule === undefined ? changed : after.indexOf(rule);
  return at < 0 ? { act: 'done' } : { act: 'open', at };
}

function isSame(a: RuleAct, b: RuleAct): boolean {
  return a.act === b.act && ('at' in a ? a.at : undefined) === ('at' in b ? b.at : undefined);
}
