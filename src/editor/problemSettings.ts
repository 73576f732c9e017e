import { DiagnosticSeverity, type TextDocument, workspace } from 'vscode';
import { PROBLEM_SEVERITIES, type ProblemKind } from '../source/problemKinds';

const SECTION = 'streamSigner.diagnostics';
const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
  off: undefined,
};

/** How problems with tokens are shown in a document. */
export interface ProblemSettings {
  /** A duration as it was written. */
  readonly warnBefore: unknown;
  /** Undefined for a kind that is switched off. */
  severity(kind: ProblemKind): DiagnosticSeverity | undefined;
}

/** Undefined where they are switched off altogether. Anything may stand in settings: what can't be read is the default. */
export function problemSettings(document: TextDocument): ProblemSettings | undefined {
  const configuration = workspace.getConfiguration(SECTION, document);
  if (configuration.get('enabled') === false) return undefined;
  const chosen: unknown = configuration.get('severity');
  return {
    warnBefore: configuration.get('warnBefore'),
    severity(kind) {
      const own: unknown = typeof chosen === 'object' && chosen !== null ? Reflect.get(chosen, kind) : undefined;
      const known = typeof own === 'string' && Object.hasOwn(SEVERITIES, own);
      return SEVERITIES[known ? (own as keyof typeof SEVERITIES) : PROBLEM_SEVERITIES[kind]];
    },
  };
}

export const affectsProblems = (affects: (section: string) => boolean) => affects(SECTION);
