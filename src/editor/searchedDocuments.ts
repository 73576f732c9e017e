import type { DocumentSelector } from 'vscode';

/** Languages in which ids and tokens stand, by VS Code's names; package.json starts the extension for the same. */
const LANGUAGES =
  'javascript javascriptreact typescript typescriptreact html vue svelte astro markdown mdx json jsonc yaml toml dotenv ' +
  'properties ini http shellscript python php go ruby rust java kotlin csharp plaintext';
/** Files of such languages, which without an extension for them are something else to VS Code. */
const FILES = '**/{.env,.env.*,*.env,.dev.vars,*.{http,rest,toml,vue,svelte,astro,mdx,yml,yaml}}';

export const SEARCHED: DocumentSelector = [
  ...LANGUAGES.split(' ').map((language) => ({ language })),
  { pattern: FILES },
];
