import { commands, Disposable, type ExtensionContext, ExtensionMode, env, l10n, type Uri } from 'vscode';
import { registerAfterStart } from './afterStart';
import { type ClaimsPanel, createClaimsPanel } from './claimsPanel';
import { createClaimsPanelHost } from './claimsPanelHost';
import { createClock } from './clock';
import { registerCodeLenses } from './codeLenses';
import { registerCommands } from './commands';
import { createDocumentIndexes, type DocumentIndexes } from './documentIndexes';
import { registerDocumentLinks } from './documentLinks';
import { keepEditorContext } from './editorContext';
import { createEngineLoader } from './engineLoader';
import { createEditorFinder } from './findInEditor';
import { registerHovers } from './hovers';
import { registerIdActions } from './idActions';
import { createIgnoredProblems } from './ignoredProblems';
import { hasLastSigning } from './lastSigning';
import { registerLibrary } from './library';
import { createLog, type EditorLog } from './log';
import { originsOf } from './origins';
import { createOutput, type IdInDocument } from './output';
import type { Platform } from './platform';
import { createPrompter } from './prompter';
import { reportBug } from './report';
import { registerResultDocuments } from './resultDocuments';
import { createSignSettings, forgetRecentWhenOff } from './signSettings';
import { createCache, createVault } from './storage';
import { registerTokenActions } from './tokenActions';
import { registerTokenDiagnostics } from './tokenDiagnostics';
import { createVideoShelf } from './videoShelf';

/** The parts that integration tests reach for; only handed out in test mode. */
export interface Seams {
  readonly engine: ReturnType<typeof createEngineLoader>;
  readonly vault: ReturnType<typeof createVault>;
  readonly createOutput: (id?: IdInDocument) => ReturnType<typeof createOutput>;
  readonly claims: ClaimsPanel;
  readonly indexes: DocumentIndexes;
  /** What looks at documents is registered. */
  readonly inDocuments: Promise<void>;
  readonly log: EditorLog;
  readonly logUri: Uri;
}

/** Makes the parts, wires them, registers them. No I/O happens here, and no secret is read. */
export function activate(context: ExtensionContext, platform: Platform): Seams | undefined {
  const origins = originsOf(context.extensionMode === ExtensionMode.Production, platform.environment);
  const log = createLog();
  const vault = createVault(context.secrets);
  const documents = registerResultDocuments();
  const shelf = createVideoShelf(context.globalStorageUri);
  const prompter = createPrompter();
  const clock = createClock();
  const cache = createCache(context.globalState);
  const workspaceCache = createCache(context.workspaceState);
  const ignored = createIgnoredProblems(context.workspaceState);
  const engine = createEngineLoader(platform, {
    vault,
    cache,
    workspaceCache,
    shelf,
    prompter,
    log,
    showLog: () => log.show(),
    clock,
    times: { locale: env.language },
    canCallApi: platform.canCallApi,
    environment: platform.environment,
    settings: createSignSettings(),
    ...(origins.api !== undefined && { apiOrigin: origins.api }),
    ...(origins.delivery !== undefined && { deliveryOrigin: origins.delivery }),
    ...(l10n.bundle !== undefined && { translations: l10n.bundle }),
  });
  const now = () => clock.now() / 1000;
  const claims = createClaimsPanel({
    host: createClaimsPanelHost(context.extensionUri),
    async judge(given) {
      const report = await engine().inspector.again(given);
      return report.ok ? report.value : undefined;
    },
    cache,
    now,
  });
  const library = registerLibrary(engine, context.secrets, log);
  const output = (id?: IdInDocument) => createOutput(documents, id);
  const indexes = createDocumentIndexes(log, origins.delivery);
  const finder = createEditorFinder({ indexes, known: shelf, prompter });
  const inDocuments = registerAfterStart(
    () =>
      Disposable.from(
        keepEditorContext(indexes),
        registerTokenDiagnostics({ indexes, engine, ignored, cache, now }),
        registerTokenActions({ indexes, engine, now }),
        registerIdActions(indexes),
        registerCodeLenses({ indexes, known: shelf, engine, workspaceCache, canCallApi: platform.canCallApi, now }),
        registerHovers({ indexes, known: shelf, engine, hasLastSigning: () => hasLastSigning(workspaceCache) }),
        registerDocumentLinks({ indexes, known: shelf }),
      ),
    (error) => reportBug(error, 'activate', { log }),
  );
  context.subscriptions.push(
    log,
    claims,
    documents,
    shelf,
    library,
    indexes,
    cache,
    workspaceCache,
    ignored,
    inDocuments,
    forgetRecentWhenOff(() => engine().recent.clear(), library),
    registerCommands({
      engine,
      claims,
      documents,
      log,
      library,
      output,
      finder,
      ignored,
      emulatedAccount: origins.emulatedAccount,
    }),
  );
  void commands.executeCommand('setContext', 'streamSigner.apiUnavailable', !platform.canCallApi);
  void commands.executeCommand('setContext', 'streamSigner.emulated', origins.emulatedAccount !== undefined);
  return context.extensionMode === ExtensionMode.Test
    ? {
        engine,
        vault,
        createOutput: output,
        claims,
        indexes,
        inDocuments: inDocuments.done,
        log,
        logUri: context.logUri,
      }
    : undefined;
}
