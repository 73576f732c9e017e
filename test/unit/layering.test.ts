import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Which rooms a room may import from, and which packages. Type imports count: esbuild erases them unseen. */
const ROOMS: Readonly<Record<string, { readonly rooms: readonly string[]; readonly packages: readonly string[] }>> = {
  stream: { rooms: ['stream'], packages: ['jose', 'valibot', 'ipaddr.js'] },
  source: { rooms: ['source', 'stream'], packages: [] },
  flows: { rooms: ['flows', 'source', 'stream'], packages: ['@vscode/l10n', 'valibot'] },
  editor: { rooms: ['editor', 'source'], packages: ['vscode'] },
  'engine.ts': { rooms: ['flows', 'source', 'stream'], packages: ['@vscode/l10n'] },
  'extension.ts': { rooms: ['editor'], packages: ['vscode'] },
  'extension.web.ts': { rooms: ['editor', 'engine.ts'], packages: ['vscode'] },
};
/** What editor/ and the Node entry may use as types only, because the engine is loaded later. */
const TYPES_ONLY: Readonly<Record<string, readonly string[]>> = {
  editor: ['flows', 'stream', 'engine.ts'],
  'extension.ts': ['engine.ts'],
  'extension.web.ts': [],
};
const IMPORT = /^(?:import|export)\s+(type\s)?[^;]*?\bfrom\s+'([^']+)'|\bimport\('([^']+)'\)/gms;

function roomOf(path: string): string {
  const [first = ''] = path.split('/');
  return first.includes('.') || !['engine', 'extension', 'extension.web'].includes(first) ? first : `${first}.ts`;
}

function violations(): string[] {
  return globSync('src/**/*.ts').flatMap((file) => {
    const inside = file.slice('src/'.length);
    const room = roomOf(inside);
    const allowed = ROOMS[room];
    if (allowed === undefined) return [`${file}: belongs to no room`];
    return [...readFileSync(file, 'utf8').matchAll(IMPORT)].flatMap(([, type, from, dynamic]) => {
      const specifier = from ?? dynamic ?? '';
      if (!specifier.startsWith('.'))
        return allowed.packages.includes(specifier) ? [] : [`${file}: imports ${specifier}`];
      const target = roomOf(join(dirname(inside), specifier));
      const fits = allowed.rooms.includes(target) || (type !== undefined && TYPES_ONLY[room]?.includes(target));
      return fits ? [] : [`${file}: imports ${type ? 'types of ' : ''}${specifier}`];
    });
  });
}

describe('layers', () => {
  it('import only what lies below them', () => assert.deepEqual(violations(), []));

  it('hold no globals of Node or of a page', () => {
    const foreign =
      /(?<![\w.'"`/-])(?:process|Buffer|__dirname|document|window|localStorage|setTimeout|setInterval|console)\b(?=[.(])/;
    const prose = /\/\*.*?\*\/|(?<=^|\s)\/\/.*?$|'[^'\n]*'/gms;
    const code = (file: string) => readFileSync(file, 'utf8').replace(prose, '');
    const found = globSync('src/{stream,source,flows}/**/*.ts').filter((file) => foreign.test(code(file)));
    assert.deepEqual(found, []);
  });
});
