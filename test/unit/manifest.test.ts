import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { PROBLEM_SEVERITIES } from '../../src/source/problemKinds';

const text = readFileSync('package.json', 'utf8');
const manifest = JSON.parse(text);
const nls: Record<string, string> = JSON.parse(readFileSync('package.nls.json', 'utf8'));
const { contributes } = manifest;
const commandIds: string[] = contributes.commands.map(({ command }: { command: string }) => command);

function commandsInCode(): string[] {
  const table =
    /interface CommandArguments \{(.*?)\n\}/s.exec(readFileSync('src/editor/commands.ts', 'utf8'))?.[1] ?? '';
  return [...table.matchAll(/'(streamSigner\.\w+)'/g)].map(([, id = '']) => id);
}

describe('manifest', () => {
  it('has the agreed name, publisher and floor', () => {
    assert.deepEqual(
      [manifest.name, manifest.publisher, nls.displayName],
      ['stream-signer', 'stream-signer', 'Stream Signer for Cloudflare'],
    );
    assert.equal(manifest.engines.vscode, '^1.105.0');
    assert.match(manifest.devDependencies['@types/vscode'], /^[~]?1\.105/);
  });

  it('has the same commands as the code', () => assert.deepEqual([...commandIds].sort(), commandsInCode().sort()));

  it('names commands alike', () => {
    for (const { command, title, category } of contributes.commands) {
      assert.match(command, /^streamSigner\.[a-z]+[A-Z]\w*$/);
      assert.equal(category, '%category%');
      const shown = nls[title.slice(1, -1)] ?? '';
      assert.match(shown, /^[A-Z]/);
      assert.doesNotMatch(shown, /Stream Signer|\p{Extended_Pictographic}/u);
    }
  });

  it('starts for a reason, never just because a window opened', () => {
    assert.ok(Array.isArray(manifest.activationEvents));
    assert.doesNotMatch(manifest.activationEvents.join(), /\*|onStartupFinished/);
  });

  it('starts for the languages it searches, and for a claims page that is restored', () => {
    const code = readFileSync('src/editor/searchedDocuments.ts', 'utf8');
    const searched = /LANGUAGES =\s*((?:\s*'[^']*'\s*\+?)+)/.exec(code)?.[1]?.match(/[a-z]+/g);
    assert.deepEqual(
      manifest.activationEvents.map((event: string) => event.replace(/^onLanguage:/, '')),
      [...(searched ?? []), 'onWebviewPanel:streamSigner.claims'],
    );
  });

  it('takes no keys and changes no settings of others', () => {
    assert.equal(contributes.keybindings, undefined);
    assert.equal(contributes.configurationDefaults, undefined);
  });

  it('gives every setting a scope, a default and a description, and none a secret, host or header', () => {
    const properties: Record<
      string,
      { scope?: string; default?: unknown; description?: string; markdownDescription?: string }
    > = contributes.configuration?.properties ?? {};
    for (const [key, { scope, default: value, description, markdownDescription }] of Object.entries(properties)) {
      assert.match(key, /^streamSigner\.\w+\.\w+$|^streamSigner\.presets$/);
      assert.ok(scope && value !== undefined && (description ?? markdownDescription), key);
      assert.doesNotMatch(key, /token$|secret|password|apiKey|url|host|origin(?!al)|header|proxy/i);
    }
  });

  it('shows each kind of problem by default as the code does', () => {
    const severity = contributes.configuration.properties['streamSigner.diagnostics.severity'];
    const own = Object.entries<{ default: string }>(severity.properties).map(([kind, { default: value }]) => [
      kind,
      value,
    ]);
    assert.deepEqual(Object.fromEntries(own), PROBLEM_SEVERITIES);
    assert.deepEqual(severity.default, PROBLEM_SEVERITIES);
  });

  it('declares trust, virtual workspaces and where it runs', () => {
    assert.deepEqual(manifest.capabilities, { untrustedWorkspaces: { supported: true }, virtualWorkspaces: true });
    assert.deepEqual(manifest.extensionKind, ['ui', 'workspace']);
    assert.ok(manifest.main && manifest.browser);
  });

  it('has every string in package.nls.json, and no other there', () => {
    const used = [...text.matchAll(/"%([\w.]+)%"/g)].map(([, key = '']) => key);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(nls).sort());
    for (const { title } of contributes.commands) assert.match(title, /^%.*%$/);
  });

  it('points only to commands and files that exist', () => {
    const submenuIds = contributes.submenus.map(({ id }: { id: string }) => id);
    for (const [menu, items] of Object.entries<{ command?: string; submenu?: string; group?: string }[]>(
      contributes.menus,
    )) {
      for (const { command = '', submenu = '' } of items)
        assert.ok(commandIds.includes(command) || submenuIds.includes(submenu), `${menu}: ${command}${submenu}`);
    }
    for (const [link] of Object.values(nls)
      .join('\n')
      .matchAll(/(?<=\(command:)[\w.]+/g))
      assert.ok(commandIds.includes(link), link);
    for (const [file] of text.matchAll(/(?<=")media\/[\w.-]+/g)) assert.ok(existsSync(file), file);
    assert.ok(existsSync('LICENSE'));
  });

  it('puts at most three buttons on a line of the sidebar', () => {
    const lines = [
      'account',
      'account missing',
      'videos',
      'videos filtered',
      'more',
      'video private ready',
      'liveInputs',
      'liveInput',
      'liveFailure',
      'recent',
      'signing',
      'keys api',
      'keys',
      'key local here api',
    ];
    const buttons = contributes.menus['view/item/context'].filter(({ group }: { group: string }) =>
      group.startsWith('inline'),
    );
    for (const line of lines) {
      const shown = buttons.filter(({ when }: { when: string }) => {
        const [, exact, pattern] = /viewItem (?:== (\w+)|=~ \/(.+?)\/)/.exec(when) ?? [];
        return pattern === undefined ? exact === line : new RegExp(pattern).test(line);
      });
      assert.ok(shown.length <= 3, line);
    }
  });

  it('greys what needs the API where it can’t be called', () => {
    const greyed = contributes.commands.filter(
      ({ enablement }: { enablement?: string }) => enablement === '!streamSigner.apiUnavailable',
    );
    assert.deepEqual(greyed.map(({ command }: { command: string }) => command).sort(), [
      'streamSigner.askTokenVideo',
      'streamSigner.checkPlayback',
      'streamSigner.clearVideoFilter',
      'streamSigner.compareWithApi',
      'streamSigner.copyDownloadUrl',
      'streamSigner.createDownload',
      'streamSigner.createKey',
      'streamSigner.deleteKey',
      'streamSigner.editAllowedOrigins',
      'streamSigner.filterVideos',
      'streamSigner.goToVideo',
      'streamSigner.listAllVideos',
      'streamSigner.loadMoreVideos',
      'streamSigner.refreshLiveInputs',
      'streamSigner.refreshVideo',
      'streamSigner.refreshVideos',
      'streamSigner.renameVideo',
      'streamSigner.replaceCredential',
      'streamSigner.requireSignedUrls',
      'streamSigner.settleKeys',
      'streamSigner.showVideo',
      'streamSigner.stopRequiringSignedUrls',
    ]);
  });

  it('hides from the palette what needs an argument, unless a line of the sidebar is selected that it can be', () => {
    const ofPalette = (fits: (when: string) => boolean) =>
      contributes.menus.commandPalette
        .filter(({ when }: { when: string }) => fits(when))
        .map(({ command }: { command: string }) => command)
        .sort();
    assert.deepEqual(
      ofPalette((when) => when === 'false'),
      ['streamSigner.copyTokenPart', 'streamSigner.loadMoreVideos', 'streamSigner.refreshKeys'],
    );
    const onSelection =
      /const ON_SELECTION.*?\[(.*?)\]/s.exec(readFileSync('src/editor/commands.ts', 'utf8'))?.[1] ?? '';
    assert.deepEqual(
      ofPalette((when) => when.startsWith('streamSigner.selected ')),
      [...onSelection.matchAll(/'([\w.]+)'/g)].map(([, id]) => id).sort(),
    );
  });

  it('offers what is about the token on the claims page only while that is in front', () => {
    const there = 'activeWebviewPanelId == streamSigner.claims';
    const palette = contributes.menus.commandPalette.filter(({ when }: { when: string }) => when === there);
    assert.deepEqual(palette.map(({ command }: { command: string }) => command).sort(), [
      'streamSigner.askTokenVideo',
      'streamSigner.checkPlayback',
      'streamSigner.copyClaims',
      'streamSigner.editToken',
      'streamSigner.openClaims',
      'streamSigner.signTokenAgain',
      'streamSigner.testTokenViewer',
    ]);
    for (const { when } of contributes.menus['editor/title']) assert.equal(when, there);
  });

  it('has an icon that the Marketplace takes', () => {
    const png = readFileSync(manifest.icon);
    assert.equal(png.subarray(1, 4).toString(), 'PNG');
    assert.ok(png.readUInt32BE(16) >= 128 && png.readUInt32BE(20) === png.readUInt32BE(16));
  });

  it('depends on nothing but what was decided', () => {
    const allowed = ['@vscode/l10n', 'ipaddr.js', 'jose', 'valibot'];
    assert.deepEqual(
      Object.keys(manifest.dependencies).filter((name) => !allowed.includes(name)),
      [],
    );
  });

  it('translates every string of the code through l10n', () => {
    // A sentence in a property that people read must come out of l10n.t.
    const bare =
      /(?:title|placeholder|prompt|label|detail|description|message|question|action|tooltip|headline|heading): (?:'[^']* [^']*'|`[^`]*[a-z] [^`]*`)/g;
    const found = globSync('src/{flows,editor}/**/*.ts').flatMap((file) =>
      (readFileSync(file, 'utf8').match(bare) ?? [])
        .filter((match) => !/`\$\{[^`]*\}(?: · | \$\{|, )?(?:\$\{[^`]*\})*`/.test(match))
        .map((match) => `${file}: ${match}`),
    );
    assert.deepEqual(found, []);
  });
});
