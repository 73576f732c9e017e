import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Emulator } from '../../emulator/server';
import { launchBrowser } from '../../host/browser';
import { offeredAccount, startEmulated } from '../../host/emulated';
import { repositoryRoot } from '../../host/repository';
import { sampleWorkspace } from '../../host/sampleWorkspace';
import { type Log, readLogs } from '../../host/server/logs';
import { type Settings, userSettingsText } from '../../host/server/settings';
import { startServer } from '../../host/server/start';
import { temporaryFolder } from '../../host/temporaryFolder';
import { Clipboard } from '../pages/clipboard';
import { CommandPalette } from '../pages/commandPalette';
import { Editor } from '../pages/editor';
import { Hover } from '../pages/hover';
import { Modal } from '../pages/modal';
import { Notifications } from '../pages/notifications';
import { QuickInput } from '../pages/quickInput';
import { SideBar } from '../pages/sideBar';
import { StatusBar } from '../pages/statusBar';
import { Webview } from '../pages/webview';
import { forgetWindow, rememberWindow } from './failureScreenshots';
import { THEMES, type Theme } from './themes';

/** How long a person would wait for anything before calling it broken. */
const patienceMilliseconds = 15_000;

export type WindowOptions = {
  /** Over the quiet defaults. */
  readonly userSettings?: Settings;
  /** The files of the workspace by their relative path; the sample project when absent. */
  readonly workspaceFiles?: Readonly<Record<string, string>>;
  /** Whether the welcome text offers the emulated account, as it does under `npm start`. */
  readonly offerAccount?: boolean;
  /** Variables that the extension host has besides. */
  readonly environment?: (emulator: Emulator) => Readonly<Record<string, string>>;
  /** The folder of the extension in Development mode; this repository when absent. */
  readonly extensionPath?: string;
  /** Absolute path of a package to install instead: the extension then runs in Production mode. */
  readonly installVsix?: string;
};

export type Window = {
  readonly page: Page;
  readonly emulator: Emulator;
  /** Absolute path of the folder that is open. */
  readonly workspace: string;
  readonly commandPalette: CommandPalette;
  readonly quickInput: QuickInput;
  readonly editor: Editor;
  readonly hover: Hover;
  readonly notifications: Notifications;
  readonly modal: Modal;
  readonly webview: Webview;
  readonly sideBar: SideBar;
  readonly statusBar: StatusBar;
  readonly clipboard: Clipboard;
  /** Replaces the user settings (the quiet defaults with these over them), by editing settings.json as a person would; through the clipboard. */
  changeSettings(settings: Settings): Promise<void>;
  /** Changes the theme. */
  wear(theme: Theme): Promise<void>;
  /** Everything logged so far by the server, the extension host and output channels. */
  logs(): Log[];
  /** Saves a picture of the window below dist-test/screenshots/; resolves with its path. */
  screenshot(name: string): Promise<string>;
  /** Loads the window anew, as "Developer: Reload Window" does. */
  reload(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Opens a VS Code window with the built extension, an emulator and a workspace of its own; resolves when a person could use it.
 * Takes some five seconds: open one per suite, in `before`, and close it in `after`.
 */
export async function openWindow(options: WindowOptions = {}): Promise<Window> {
  const workspace = options.workspaceFiles ? writtenWorkspace(options.workspaceFiles) : sampleWorkspace();
  const [{ emulator, env }, browser] = await Promise.all([startEmulated(), launchBrowser()]);
  const server = await startServer({
    workspace: workspace.path,
    env: {
      ...env,
      ...(options.offerAccount ? offeredAccount(emulator) : {}),
      ...options.environment?.(emulator),
    },
    ...(options.userSettings && { userSettings: options.userSettings }),
    ...(options.installVsix
      ? { installVsix: options.installVsix }
      : { extensionDevelopmentPath: options.extensionPath ?? repositoryRoot() }),
  });
  const context = await browser.newContext({
    permissions: ['clipboard-read', 'clipboard-write'],
    viewport: { width: 1280, height: 800 },
  });
  context.setDefaultTimeout(patienceMilliseconds);
  const page = await context.newPage();
  await page.goto(server.url(), { waitUntil: 'commit' });
  await waitForWorkbench(page);

  const quickInput = new QuickInput(page);
  const commandPalette = new CommandPalette(page, quickInput);
  const editor = new Editor(page, quickInput, workspace.path);
  const window: Window = {
    page,
    emulator,
    workspace: workspace.path,
    commandPalette,
    quickInput,
    editor,
    hover: new Hover(page, editor),
    notifications: new Notifications(page, commandPalette),
    modal: new Modal(page),
    webview: new Webview(page),
    sideBar: new SideBar(page),
    statusBar: new StatusBar(page),
    clipboard: new Clipboard(page),
    async changeSettings(settings) {
      await commandPalette.run('Preferences: Open User Settings (JSON)');
      await page.locator('.tab.active').filter({ hasText: 'settings.json' }).waitFor();
      await window.editor.root.locator('.view-line').first().click();
      await page.keyboard.press('Control+A');
      // Pasted: to what is typed the editor adds quotes and brackets of its own.
      await window.clipboard.write(userSettingsText(settings));
      await page.keyboard.press('Control+V');
      await page.locator('.tab.active.dirty').filter({ hasText: 'settings.json' }).waitFor();
      await page.keyboard.press('Control+S');
      await page.locator('.tab.active:not(.dirty)').filter({ hasText: 'settings.json' }).waitFor();
      await commandPalette.run('View: Close Editor');
    },
    async wear(theme) {
      const { setting, base } = THEMES[theme];
      await window.changeSettings({ ...options.userSettings, 'workbench.colorTheme': setting });
      await page.locator(`.monaco-workbench.${base}`).waitFor();
      // Left where the palette was, the pointer brings up the tooltip of the title bar.
      await page.mouse.move(640, 600);
    },
    logs: () => readLogs(server.dataDir),
    async screenshot(name) {
      const path = join(repositoryRoot(), 'dist-test', 'screenshots', `${name.replaceAll(/[^\w.-]+/g, '-')}.png`);
      await page.screenshot({ path });
      return path;
    },
    async reload() {
      // By the command, not by the browser: it lets the workbench write down its state first.
      const loaded = page.waitForEvent('domcontentloaded');
      await commandPalette.run('Developer: Reload Window');
      await loaded;
      await waitForWorkbench(page);
    },
    async close() {
      forgetWindow(window);
      await browser.close();
      await Promise.all([server.stop(), emulator.close()]);
      workspace.remove();
    },
  };
  rememberWindow(window);
  return window;
}

/** The server's test driver says when the workbench has restored everything it shows. */
async function waitForWorkbench(page: Page): Promise<void> {
  type Driven = typeof globalThis & { driver?: { whenWorkbenchRestored(): Promise<void> } };
  await page.waitForFunction(() => (globalThis as Driven).driver !== undefined, undefined, { timeout: 60_000 });
  await page.evaluate(() => (globalThis as Driven).driver?.whenWorkbenchRestored());
}

function writtenWorkspace(files: Readonly<Record<string, string>>) {
  const folder = temporaryFolder('stream-signer-workspace-');
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return folder;
}
