// Builds the extension (dist/) and, with --tests, everything below test/ (dist-test/).
//   node esbuild.mjs [--tests] [--dev]
import { globSync, readFileSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

const tests = process.argv.includes('--tests');
const dev = process.argv.includes('--dev');
const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  format: 'cjs',
  target: 'es2024',
  minify: !dev,
  sourcemap: dev ? 'linked' : false,
  legalComments: 'none',
  loader: { '.css': 'text' },
  logLevel: 'warning',
};

/** @type {import('esbuild').BuildOptions[]} */
const bundles = [
  // The entry stays small and loads ./engine.js when something is first done (jose and valibot live there).
  {
    ...common,
    entryPoints: { extension: 'src/extension.ts', engine: 'src/engine.ts' },
    outdir: 'dist',
    platform: 'node',
    external: ['vscode', './engine.js'],
  },
  // A web worker can't load a second file, so here everything is one. No shims: an import of node: must fail.
  {
    ...common,
    entryPoints: { 'extension.web': 'src/extension.web.ts' },
    outdir: 'dist',
    platform: 'browser',
    mainFields: ['module', 'main'],
    external: ['vscode'],
  },
];

/** @type {import('esbuild').BuildOptions} */
const testCommon = {
  ...common,
  outdir: 'dist-test',
  outbase: 'test',
  platform: 'node',
  minify: false,
  sourcemap: 'inline',
  outExtension: { '.js': '.cjs' },
  external: Object.keys(devDependencies),
};

if (tests) {
  /** Scripts that VS Code calls inside its extension host, and so the only ones that may import vscode. */
  const hosted = globSync(['test/integration/**/*.ts', 'test/bench/**/probe.ts'], {
    exclude: ['test/integration/web/**'],
  });
  const plain = globSync(['test/unit/**/*.test.ts', 'test/{emulator,host,bench,e2e}/**/*.ts'], {
    exclude: ['**/probe.ts'],
  });
  bundles.push(
    // vscode is not external here: importing it outside editor/ and the entries breaks the build.
    { ...testCommon, entryPoints: plain },
    { ...testCommon, entryPoints: hosted, external: [...testCommon.external, 'vscode'] },
    {
      ...testCommon,
      entryPoints: ['test/integration/web/index.ts'],
      platform: 'browser',
      outExtension: {},
      // Mocha's browser build takes a free `exports` for its own and would replace the bundle's.
      define: { exports: 'undefined' },
      external: ['vscode'],
    },
  );
  rmSync('dist-test', { recursive: true, force: true });
}
rmSync('dist', { recursive: true, force: true });

await Promise.all(bundles.map((bundle) => build(bundle)));
