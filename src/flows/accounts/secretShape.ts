import * as l10n from '@vscode/l10n';

/** What may be shown of a secret: the part of it that only tells its kind, and how long it is. */
export function shapeText(secret: string): string {
  const prefix = /^cf(?:ut|at|k)_/.exec(secret)?.[0];
  return prefix === undefined
    ? l10n.t('{0} characters', secret.length)
    : l10n.t('{0}…, {1} characters', prefix, secret.length);
}
