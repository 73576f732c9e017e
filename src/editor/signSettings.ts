import { ConfigurationTarget, type Disposable, workspace } from 'vscode';
import type { SignSettings } from '../flows/signing/presets';

const SECTION = 'streamSigner';
const RECENT = 'recent.enabled';
const DEFAULTS = ['expiry', 'notBefore', 'downloadable', 'accessRules', 'original'] as const;

/** Presets and defaults in VS Code's settings. A workspace can offer presets once it is trusted, and nothing else. */
export function createSignSettings(): SignSettings {
  return {
    presets() {
      const inspected = workspace.getConfiguration(SECTION).inspect('presets');
      return {
        user: inspected?.globalValue,
        workspace: workspace.isTrusted ? inspected?.workspaceValue : undefined,
      };
    },
    defaults() {
      const configuration = workspace.getConfiguration(SECTION);
      const own = DEFAULTS.map((name) => [name, configuration.inspect(`defaults.${name}`)?.globalValue] as const);
      return Object.fromEntries(own.filter(([, value]) => value !== undefined));
    },
    remembersRecent,
    async writePresets(presets) {
      await workspace.getConfiguration(SECTION).update('presets', presets, ConfigurationTarget.Global);
    },
  };
}

function remembersRecent(): boolean {
  return workspace.getConfiguration(SECTION).inspect(RECENT)?.globalValue !== false;
}

/** Whoever switches off that the last signings are remembered wants those gone that are. */
export function forgetRecentWhenOff(clear: () => Promise<void>, library: { refresh(): void }): Disposable {
  return workspace.onDidChangeConfiguration(async (change) => {
    if (!change.affectsConfiguration(`${SECTION}.${RECENT}`)) return;
    if (!remembersRecent()) await clear();
    library.refresh();
  });
}
