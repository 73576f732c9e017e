import * as l10n from '@vscode/l10n';
import type { TokenProblem } from '../../stream/token/claims';
import { tokenSentence } from '../fieldSentences';
import type { ClaimsReport } from '../inspector/claimsReport';
import type { HoverAction, HoverCard } from './hoverCard';

/** More rules than a token may have. */
const MOST_RULES = 12;
const MOST_ODDITIES = 3;

/** The claims page in short, for a hover over a token: there is room for about ten lines. */
export function tokenHover(report: ClaimsReport): HoverCard {
  const { headline, tone, advice, lines, rules, oddities, videoId, urls } = report;
  // Where there are rules, they say who may watch.
  const hasRules = lines.some(({ action }) => action === 'testViewer');
  return {
    headline,
    sentences: tone === 'bad' ? advice : [],
    lines: lines.filter(({ action }) => action !== 'testViewer').map(({ subject, text }) => ({ subject, text })),
    rules: hasRules ? some(rules.rules.map(ruleText), MOST_RULES) : [],
    notes: some([...rules.warnings, ...oddities], MOST_ODDITIES),
    actions: [
      ...(videoId !== undefined ? [{ act: 'resignToken', label: l10n.t('Re-sign') } as const] : []),
      openClaims(),
      ...(urls.length > 0 ? [{ act: 'copyTokenUrl', label: l10n.t('Copy URL…') } as const] : []),
      ...(hasRules ? [{ act: 'testViewer', label: l10n.t('Test a viewer…') } as const] : []),
    ],
  };
}

/** For a token in a URL of Stream that can't be decoded. */
export function unreadableTokenHover(problem: TokenProblem): HoverCard {
  return {
    headline: l10n.t('This token can’t be read'),
    sentences: [tokenSentence(problem)],
    lines: [],
    rules: [],
    notes: [],
    actions: [openClaims()],
  };
}

function openClaims(): HoverAction {
  return { act: 'openClaims', label: l10n.t('Open claims') };
}

function ruleText({ sentence, warnings }: ClaimsReport['rules']['rules'][number]): string {
  return [sentence, ...warnings].join(' ');
}

function some(sentences: readonly string[], most: number): readonly string[] {
  const more = sentences.length - most;
  return more <= 0 ? sentences : [...sentences.slice(0, most), l10n.t('… and {0} more', more)];
}
