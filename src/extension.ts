import type { ExtensionContext } from 'vscode';
import { activate as activateWith } from './editor/activate';
import type * as engine from './engine';

// The two facts of Node that are needed, so that its types stay out of everything else.
declare const require: (id: './engine.js') => typeof engine;
declare const process: { readonly env: Readonly<Record<string, string | undefined>> };

/** Entry of the Node extension host. */
export function activate(context: ExtensionContext): unknown {
  return activateWith(context, {
    loadEngine: () => require('./engine.js'),
    canCallApi: true,
    environment: process.env,
  });
}
