import type { ExtensionContext } from 'vscode';
import { activate as activateWith } from './editor/activate';
import * as engine from './engine';

/** Entry of the browser's extension host. Cloudflare's API sends no CORS headers, so it can't be called from here. */
export function activate(context: ExtensionContext): unknown {
  return activateWith(context, { loadEngine: () => engine, canCallApi: false, environment: {} });
}
