import * as vscode from 'vscode';

/** Asks again at every turn of VS Code's own loop until the answer is yes; mocha's time limit ends it. */
export async function waitFor(ask: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await ask())) await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
}
