import * as l10n from '@vscode/l10n';
import type { TokenProblem } from '../stream/token/claims';
import type { ClaimsReport } from './claimsReport';
import { tokenSentence } from './fieldSentences';
import type { HoverAction, HoverCard } from './hoverCard';

/** More rules than a token may have, and more oddities than are read. */
const MOST_LINES = 12;

/** The claims page in short, for a hover over a token. */
export function tokenHover(report: ClaimsReport): HoverCard {
  const { headline, advice, lines, rules, oddities, judgedAt, canSign, urls } = report;
  return {
    headline,
    sentences: [...advice, ...some([...oddities, ...rules.warnings]), judgedAt],
    lines: lines.map(({ subject, text }) => ({ subject, text })),
    rules: some(rules.rules.map(({ sentence, warnings }) => [sentence, ...warnings].join(' '))),
    actions: [
      ...(canSign ? [{ act: 'resignToken', label: l10n.t('Re-sign') } as const] : []),
      openClaims(),
      ...(urls.length > 0 ? [{ act: 'copyTokenUrl', label: l10n.t('Copy URL…') } as const] : []),
      { act: 'testViewer', label: l10n.t('Test a viewer…') },
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
    actions: [openClaims()],
  };
}

function openClaims(): HoverAction {
  return { act: 'openClaims', label: l10n.t('Open claims') };
}

function some(sentences: readonly string[]): readonly string[] {
  const more = sentences.length - MOST_LINES;
  return more <= 0 ? sentences : [...sentences.slice(0, MOST_LINES), l10n.t('… and {0} more', more)];
}
