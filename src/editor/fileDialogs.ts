import { type Uri, window, workspace } from 'vscode';
import type { ChosenFile, Prompter } from '../flows/prompter';

const MAX_BYTES = 1024 * 1024;

/** Reads a file that the person chooses. */
export const chooseFile: Prompter['chooseFile'] = async ({ title, action }): Promise<ChosenFile | undefined> => {
  const [uri] = (await window.showOpenDialog({ title, openLabel: action })) ?? [];
  if (uri === undefined) return undefined;
  const name = nameOf(uri);
  try {
    if ((await workspace.fs.stat(uri)).size > MAX_BYTES) return { name, problem: 'tooLarge' };
    return { name, text: new TextDecoder().decode(await workspace.fs.readFile(uri)) };
  } catch {
    // The error names the path, and nothing that helps more than trying another file.
    return { name, problem: 'unreadable' };
  }
};

/** Writes a file where the person chooses; the dialog itself asks before it replaces one. */
export const saveFile: Prompter['saveFile'] = async ({ title, text }) => {
  const uri = await window.showSaveDialog({ title });
  if (uri === undefined) return undefined;
  try {
    await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    return true;
  } catch {
    return false;
  }
};

function nameOf({ path }: Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
