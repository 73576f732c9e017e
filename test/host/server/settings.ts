import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** VS Code user settings by their dotted names. */
export type Settings = Readonly<Record<string, unknown>>;

/** What keeps a fresh VS Code quiet: nothing pops up, nothing phones home, nothing moves while a test looks. */
const quiet: Settings = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'workbench.enableExperiments': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.reduceMotion': 'on',
  'window.autoDetectColorScheme': false,
  'workbench.colorTheme': 'Dark Modern',
  'security.workspace.trust.enabled': false,
  'chat.disableAIFeatures': true,
  'files.autoSave': 'off',
  'git.enabled': false,
  'npm.fetchOnlinePackageInfo': false,
  'typescript.disableAutomaticTypeAcquisition': true,
  'editor.cursorBlinking': 'solid',
  'files.simpleDialog.enable': true,
  'window.confirmBeforeClose': 'never',
};

/** The text of a settings.json: the quiet defaults with `changes` over them. */
export function userSettingsText(changes: Settings = {}): string {
  return JSON.stringify({ ...quiet, ...changes }, undefined, 2);
}

/** Writes the user settings of a profile before VS Code starts. The server's windows don't look at this file again. */
export function writeUserSettings(userFolder: string, changes?: Settings): void {
  mkdirSync(userFolder, { recursive: true });
  writeFileSync(join(userFolder, 'settings.json'), userSettingsText(changes));
}
