import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { repositoryRoot } from '../../host/repository';

export type Variant = 'empty' | 'ours' | 'eager';

/** Writes three extensions into a folder: an empty one that only asks for the API, ours as it ships, and ours with everything loaded at the start. */
export async function writeVariants(folder: string): Promise<Readonly<Record<Variant, string>>> {
  const root = repositoryRoot();
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const place = (variant: Variant) => {
    const path = join(folder, variant);
    mkdirSync(join(path, 'dist'), { recursive: true });
    return path;
  };

  const empty = place('empty');
  const { name: _, contributes: __, ...bare } = manifest;
  writeFileSync(
    join(empty, 'package.json'),
    JSON.stringify({ ...bare, name: 'empty', displayName: 'Empty', l10n: undefined }),
  );
  // Asking for the API is what every extension does first; VS Code makes a copy of it for each.
  writeFileSync(join(empty, 'dist', 'extension.js'), "require('vscode'); exports.activate = () => {};");

  const ours = place('ours');
  for (const part of ['package.json', 'package.nls.json', 'media', 'dist']) {
    cpSync(join(root, part), join(ours, part), { recursive: true });
  }

  const eager = place('eager');
  for (const part of ['package.json', 'package.nls.json', 'media'])
    cpSync(join(root, part), join(eager, part), { recursive: true });
  await build({
    stdin: {
      contents: `
        import * as undici from 'undici';
        import * as jose from 'jose';
        import * as engine from './src/engine';
        import { activate as activateWith } from './src/editor/activate';
        globalThis.kept = [undici, jose];
        export const activate = (context) => activateWith(context, { loadEngine: () => engine, canCallApi: true, environment: {} });`,
      resolveDir: root,
      loader: 'ts',
    },
    outfile: join(eager, 'dist', 'extension.js'),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'es2024',
    minify: true,
    external: ['vscode'],
    logLevel: 'error',
  });
  return { empty, ours, eager };
}
