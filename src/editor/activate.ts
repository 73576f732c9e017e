import { commands, type ExtensionContext, ExtensionMode, env, l10n, type Uri } from 'vscode';
import { type ClaimsPanel, createClaimsPanel } from './claimsPanel';
import { createClock } from './clock';
import { registerCommands } from './commands';
import { createEngineLoader } from './engineLoader';
import { registerLibrary } from './library';
import { createLog, type EditorLog } from './log';
import { originsOf } from './origins';
import { createOutput } from './output';
import type { Platform } from './platform';
import { createPrompter } from './prompter';
import { registerResultDocuments } from './resultDocuments';
import { createCache, createVault } from './storage';
import { createVideoShelf } from './videoShelf';

/** The parts that integration tests reach for; only handed out in test mode. */
export interface Seams {
  readonly engine: ReturnType<typeof createEngineLoader>;
  readonly vault: ReturnType<typeof createVault>;
  readonly createOutput: () => ReturnType<typeof createOutput>;
  readonly claims: ClaimsPanel;
  readonly log: EditorLog;
  readonly logUri: Uri;
}

/** Makes the parts, wires them, registers them. No I/O happens here, and no secret is read. */
export function activate(context: ExtensionContext, platform: Platform): Seams | undefined {
  const origins = originsOf(context.extensionMode === ExtensionMode.Production, platform.environment);
  const log = createLog();
  const vault = createVault(context.secrets);
  const claims = createClaimsPanel(context.extensionUri);
  const documents = registerResultDocuments();
  const shelf = createVideoShelf(context.globalStorageUri);
  const engine = createEngineLoader(platform, {
    vault,
    cache: createCache(context.globalState),
    workspaceCache: createCache(context.workspaceState),
    shelf,
    prompter: createPrompter(),
    log,
    showLog: () => log.show(),
    clock: createClock(),
    times: { locale: env.language },
    canCallApi: platform.canCallApi,
    environment: platform.environment,
    ...(origins.api !== undefined && { apiOrigin: origins.api }),
    ...(origins.delivery !== undefined && { deliveryOrigin: origins.delivery }),
    ...(l10n.bundle !== undefined && { translations: l10n.bundle }),
  });
  const library = registerLibrary(engine, context.secrets, log);
  const output = () => createOutput(documents);
  context.subscriptions.push(
    log,
    claims,
    documents,
    shelf,
    library,
    registerCommands({ engine, claims, documents, log, library, output, emulatedAccount: origins.emulatedAccount }),
  );
  void commands.executeCommand('setContext', 'streamSigner.apiUnavailable', !platform.canCallApi);
  void commands.executeCommand('setContext', 'streamSigner.emulated', origins.emulatedAccount !== undefined);
  return context.extensionMode === ExtensionMode.Test
    ? { engine, vault, createOutput: output, claims, log, logUri: context.logUri }
    : undefined;
}
