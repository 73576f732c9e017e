import { commands, Disposable, l10n, window } from 'vscode';
import type { Engine } from '../engine';
import type { NamedKey } from '../flows/keys/pickKey';
import type { LibrarySubject } from '../flows/library/libraryNodes';
import type { NamedVideo } from '../flows/library/videoAccount';
import type { Output } from '../flows/signing/output';
import type { SignRequest } from '../flows/signing/signVideo';
import type { Outcome } from '../stream/failure';
import type { ClaimsPanel } from './claimsPanel';
import { toggleCodeLenses } from './codeLenses';
import {
  accountKey,
  librarySubject,
  namedKey,
  placeOf,
  type SignFrom,
  signFrom,
  signingId,
  signRequest,
} from './commandArguments';
import { captureExcerpt } from './excerpt';
import type { EditorFinder, FoundId, Place } from './findInEditor';
import type { IgnoredProblems } from './ignoredProblems';
import { keyCommands } from './keyCommands';
import type { Library } from './library';
import { libraryCommands } from './libraryCommands';
import type { EditorLog } from './log';
import type { IdInDocument } from './output';
import { report, reportBug } from './report';
import { resignCommands } from './resignCommands';
import type { ResultDocuments } from './resultDocuments';
import { tokenCommands } from './tokenCommands';

/** Every command and what it may be called with; package.json says where each is shown. */
interface CommandArguments {
  'streamSigner.addAccount': undefined;
  'streamSigner.addEmulatedAccount': undefined;
  'streamSigner.replaceCredential': string | undefined;
  'streamSigner.renameAccount': string | undefined;
  'streamSigner.setCustomerCode': string | undefined;
  'streamSigner.setDefaultAccount': string | undefined;
  'streamSigner.storeSelection': undefined;
  'streamSigner.removeAccount': string | undefined;
  'streamSigner.signVideo': SignFrom;
  'streamSigner.signVideoAtCursor': undefined;
  'streamSigner.compareWithApi': SignRequest;
  'streamSigner.signAgain': SignFrom;
  'streamSigner.signWithPreset': SignFrom;
  'streamSigner.signRecent': string | undefined;
  'streamSigner.openRecent': string | undefined;
  'streamSigner.clearRecent': undefined;
  'streamSigner.showVideo': NamedVideo;
  'streamSigner.refreshVideo': NamedVideo;
  'streamSigner.copyVideoId': readonly LibrarySubject[];
  'streamSigner.copyVideoUrl': LibrarySubject | undefined;
  'streamSigner.copyDownloadUrl': LibrarySubject | undefined;
  'streamSigner.openWatchPage': LibrarySubject | undefined;
  'streamSigner.requireSignedUrls': readonly LibrarySubject[];
  'streamSigner.stopRequiringSignedUrls': readonly LibrarySubject[];
  'streamSigner.editAllowedOrigins': LibrarySubject | undefined;
  'streamSigner.renameVideo': LibrarySubject | undefined;
  'streamSigner.createDownload': LibrarySubject | undefined;
  'streamSigner.filterVideos': string | undefined;
  'streamSigner.clearVideoFilter': string | undefined;
  'streamSigner.goToVideo': string | undefined;
  'streamSigner.listAllVideos': string | undefined;
  'streamSigner.loadMoreVideos': string | undefined;
  'streamSigner.refreshVideos': string | undefined;
  'streamSigner.refreshLiveInputs': string | undefined;
  'streamSigner.refreshLibrary': undefined;
  'streamSigner.createKey': string | undefined;
  'streamSigner.importKey': NamedKey;
  'streamSigner.deleteKey': NamedKey;
  'streamSigner.forgetKey': NamedKey;
  'streamSigner.copyKeyAsEnvironment': NamedKey;
  'streamSigner.copyKeyId': NamedKey;
  'streamSigner.settleKeys': string | undefined;
  'streamSigner.refreshKeys': string | undefined;
  'streamSigner.decodeToken': Place | undefined;
  'streamSigner.resignToken': Place | undefined;
  'streamSigner.resignTokenWith': Place | undefined;
  'streamSigner.resignExpiredTokens': Place | undefined;
  'streamSigner.replaceTokenById': Place | undefined;
  'streamSigner.ignoreTokenProblems': Place | undefined;
  'streamSigner.showIgnoredTokenProblems': undefined;
  'streamSigner.toggleCodeLenses': undefined;
  'streamSigner.copyClaims': undefined;
  'streamSigner.copyTokenPart': string | undefined;
  'streamSigner.openClaims': undefined;
  'streamSigner.askTokenVideo': undefined;
  'streamSigner.checkPlayback': undefined;
  'streamSigner.copyTokenUrl': Place | undefined;
  'streamSigner.testTokenViewer': Place | undefined;
  'streamSigner.compareTokens': undefined;
  'streamSigner.signTokenAgain': undefined;
  'streamSigner.editToken': undefined;
  'streamSigner.showLog': undefined;
}
type CommandId = keyof CommandArguments;

/** Reads what any caller may pass (a tree node, all that are selected, a key binding's arguments, junk) as the argument the command takes. */
type Reader<Id extends CommandId> = (argument: unknown, selection?: unknown) => CommandArguments[Id];
interface Command<Id extends CommandId> {
  readonly read: Reader<Id>;
  readonly run: (argument: CommandArguments[Id]) => Promise<Outcome<void>>;
}
export type CommandTable = { readonly [Id in CommandId]: Command<Id> };

export interface CommandParts {
  readonly engine: () => Engine;
  readonly claims: ClaimsPanel;
  readonly documents: ResultDocuments;
  readonly log: EditorLog;
  readonly library: Library;
  /** Captures the active editor: called before anything is asked. */
  readonly output: (place?: IdInDocument) => Output;
  readonly finder: EditorFinder;
  readonly ignored: IgnoredProblems;
  readonly emulatedAccount: string | undefined;
}

const nothing = () => undefined;
const done: Outcome<void> = { ok: true, value: undefined };

function commandTable(parts: CommandParts): CommandTable {
  const { engine, library, log, output, finder, emulatedAccount } = parts;
  const thenRefresh = async (outcome: Promise<Outcome<void>>) => {
    const settled = await outcome;
    if (settled.ok) library.refresh();
    return settled;
  };
  const signAt = async (place: IdInDocument | undefined, request: () => Promise<Outcome<SignRequest>>) => {
    const target = output(place);
    try {
      const asked = await request();
      return asked.ok ? await thenRefresh(engine().signVideo(asked.value, target)) : asked;
    } finally {
      target.dispose();
    }
  };
  const signRecent = async (id: string | undefined, change: boolean) => {
    const target = output();
    try {
      return await thenRefresh(engine().signRecent(id, change, target));
    } finally {
      target.dispose();
    }
  };
  const sign = (value: SignRequest, id?: FoundId) => signAt(id, async () => ({ ok: true, value }));
  const signId = async (found: Promise<FoundId | undefined>, how?: SignRequest['how']) => {
    const id = await found;
    if (id === undefined) return done;
    const named = { ...(id.name !== undefined && { videoName: id.name }), ...(how !== undefined && { how }) };
    return sign({ videoId: id.id, ...named }, id);
  };
  return {
    'streamSigner.addAccount': { read: nothing, run: () => thenRefresh(engine().addAccount()) },
    'streamSigner.addEmulatedAccount': {
      read: nothing,
      run: () => thenRefresh(engine().addEmulatedAccount(JSON.parse(emulatedAccount ?? 'null'))),
    },
    'streamSigner.replaceCredential': { read: accountKey, run: (key) => thenRefresh(engine().replaceCredential(key)) },
    'streamSigner.renameAccount': { read: accountKey, run: (key) => thenRefresh(engine().renameAccount(key)) },
    'streamSigner.setCustomerCode': { read: accountKey, run: (key) => thenRefresh(engine().setCustomerCode(key)) },
    'streamSigner.setDefaultAccount': { read: accountKey, run: (key) => thenRefresh(engine().setDefaultAccount(key)) },
    'streamSigner.storeSelection': {
      read: nothing,
      async run() {
        const excerpt = captureExcerpt();
        if (excerpt === undefined) {
          window.showInformationMessage(
            l10n.t('Open a file and select an API token, a Global API Key or a signing key.'),
          );
          return done;
        }
        try {
          return await thenRefresh(engine().storeSelection(excerpt));
        } finally {
          excerpt.dispose();
        }
      },
    },
    'streamSigner.removeAccount': { read: accountKey, run: (key) => thenRefresh(engine().removeAccount(key)) },
    'streamSigner.signVideo': {
      read: signFrom,
      run: ({ place, ...request }) => (place === undefined ? sign(request) : signId(finder.idAt(place))),
    },
    'streamSigner.signVideoAtCursor': { read: nothing, run: () => signId(finder.idAtCursor()) },
    'streamSigner.compareWithApi': {
      read: signRequest,
      run: (request) => sign({ ...request, purpose: 'compare' }),
    },
    'streamSigner.signAgain': {
      read: signFrom,
      run: ({ place, ...request }) =>
        place === undefined ? sign({ ...request, how: 'again' }) : signId(finder.idAt(place), 'again'),
    },
    'streamSigner.signWithPreset': {
      read: signFrom,
      run: ({ place, ...request }) =>
        place === undefined ? sign({ ...request, how: 'preset' }) : signId(finder.idAt(place), 'preset'),
    },
    'streamSigner.signRecent': { read: signingId, run: (id) => signRecent(id, false) },
    'streamSigner.openRecent': { read: signingId, run: (id) => signRecent(id, true) },
    'streamSigner.clearRecent': {
      read: nothing,
      async run() {
        await engine().recent.clear();
        return done;
      },
    },
    ...libraryCommands(parts, { accountKey, subject: librarySubject, video: signRequest }),
    ...keyCommands(parts, { accountKey, namedKey }),
    ...tokenCommands({ ...parts, sign }, placeOf),
    ...resignCommands({ ...parts, signAt }, placeOf),
    'streamSigner.toggleCodeLenses': {
      read: nothing,
      async run() {
        await toggleCodeLenses();
        return done;
      },
    },
    'streamSigner.showLog': {
      read: nothing,
      async run() {
        log.show();
        return done;
      },
    },
  };
}

/** Registers all commands behind one error boundary. They return nothing: a task file could read what they return. */
export function registerCommands(parts: CommandParts): Disposable {
  const table = commandTable(parts);
  const register = <Id extends CommandId>(id: Id, { read, run }: Command<Id>) =>
    commands.registerCommand(id, async (...given: readonly unknown[]) => {
      try {
        const selected = parts.library.selection();
        const [argument, selection] = given.length === 0 && ON_SELECTION.has(id) ? [selected[0], selected] : given;
        const outcome = await run(read(argument, selection));
        if (!outcome.ok) report(outcome.failure, parts);
      } catch (error) {
        reportBug(error, id, parts);
      }
    });
  return Disposable.from(
    ...(Object.keys(table) as CommandId[]).map((id) => register(id, table[id] as Command<typeof id>)),
  );
}

/** What the palette, or a key that a person bound, does with the lines that are selected in the sidebar. */
const ON_SELECTION: ReadonlySet<CommandId> = new Set<CommandId>([
  'streamSigner.showVideo',
  'streamSigner.refreshVideo',
  'streamSigner.copyVideoId',
  'streamSigner.copyVideoUrl',
  'streamSigner.copyDownloadUrl',
  'streamSigner.openWatchPage',
  'streamSigner.requireSignedUrls',
  'streamSigner.stopRequiringSignedUrls',
  'streamSigner.editAllowedOrigins',
  'streamSigner.renameVideo',
  'streamSigner.createDownload',
  'streamSigner.clearVideoFilter',
  'streamSigner.refreshVideos',
  'streamSigner.refreshLiveInputs',
  'streamSigner.copyKeyId',
]);
