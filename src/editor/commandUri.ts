import { Uri } from 'vscode';

/** The link that runs a command. Nothing but letters, digits, `%`, `-`, `.` and `_` is left of the argument, so that it ends no other markup. */
export function commandUri(command: string, argument: unknown): Uri {
  const query = encodeURIComponent(JSON.stringify([argument])).replace(
    /[!'()*~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return Uri.parse(`command:${command}?${query}`);
}
