import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Seams } from '../../../src/editor/activate';

export const EXTENSION_ID = 'stream-signer.stream-signer';

/** The activated extension's parts, which it hands out in test mode only. */
export async function seams(): Promise<Seams> {
  const extension = vscode.extensions.getExtension<Seams | undefined>(EXTENSION_ID);
  assert.ok(extension, 'the extension is not installed');
  const parts = await extension.activate();
  assert.ok(parts, 'the extension does not run in test mode');
  await parts.inDocuments;
  return parts;
}
