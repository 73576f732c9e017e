import { Uri } from 'vscode';

/**
 * The link that runs a command with an argument. As text it ends no other markup: nothing but letters, digits, `%`, `-`, `.`
 * and `_` is left of the argument. VS Code decodes that once more than it was encoded, so no `%` may stand in it.
 */
export function commandUri(command: string, argument: unknown): Uri {
  const json = JSON.stringify([argument]).replaceAll('%', '\\u0025');
  return Uri.from({ scheme: 'command', path: command, query: json });
}
