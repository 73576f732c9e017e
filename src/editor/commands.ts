import { commands, Disposable, l10n, window } from 'vscode';
import type { Engine } from '../engine';
import type { LibrarySubject } from '../flows/libraryNodes';
import type { Output } from '../flows/output';
import type { NamedKey } from '../flows/pickKey';
import type { SignRequest } from '../flows/signVideo';
import type { NamedVideo } from '../flows/videoAccount';
import type { Outcome } from '../stream/failure';
import type { ClaimsPanel } from './claimsPanel';
import { toggleCodeLenses } from './codeLenses';
import { captureExcerpt } from './excerpt';
import type { EditorFinder, FoundId, Place } from './findInEditor';
import { keyCommands } from './keyCommands';
import type { Library } from './library';
import { libraryCommands } from './libraryCommands';
import type { EditorLog } from './log';
import { report, reportBug } from './report';
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
  'streamSigner.signWithPreset': SignRequest;
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
  'streamSigner.importKey': string | undefined;
  'streamSigner.deleteKey': NamedKey;
  'streamSigner.forgetKey': NamedKey;
  'streamSigner.copyKeyAsEnvironment': NamedKey;
  'streamSigner.settleKeys': string | undefined;
  'streamSigner.refreshKeys': string | undefined;
  'streamSigner.decodeToken': Place | undefined;
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
/** A request, and where in a document it was made. */
type SignFrom = SignRequest & { readonly place?: Place };
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
  readonly output: (id?: FoundId) => Output;
  readonly finder: EditorFinder;
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
  const sign = async (request: SignRequest, id?: FoundId) => {
    const target = output(id);
    try {
      return await thenRefresh(engine().signVideo(request, target));
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
  const signId = async (found: Promise<FoundId | undefined>, how?: 'again') => {
    const id = await found;
    if (id === undefined) return done;
    const { id: videoId, name: videoName } = id;
    return sign({ videoId, ...(videoName !== undefined && { videoName }), ...(how && { how }) }, id);
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
    'streamSigner.signWithPreset': { read: signRequest, run: (request) => sign({ ...request, how: 'preset' }) },
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
]);

/** The key of the account that a line of the sidebar stands for or belongs to. */
function accountKey(argument: unknown): string | undefined {
  return textOf(subjectOf(argument), 'accountKey');
}

function librarySubject(argument: unknown): LibrarySubject | undefined {
  const { accountKey, ...named } = signRequest(argument);
  return accountKey === undefined ? undefined : { accountKey, ...named };
}

/** Which of the recent signings a line stands for. */
function signingId(argument: unknown): string | undefined {
  return textOf(subjectOf(argument), 'signing');
}

function namedKey(argument: unknown): NamedKey {
  const subject = subjectOf(argument);
  const [key, kid] = ['accountKey', 'kid'].map((name) => textOf(subject, name));
  return { ...(key !== undefined && { accountKey: key }), ...(kid !== undefined && { kid }) };
}

function signRequest(argument: unknown): SignRequest {
  const subject = subjectOf(argument);
  const [key, videoId, videoName] = ['accountKey', 'videoId', 'videoName'].map((name) => textOf(subject, name));
  return {
    ...(key !== undefined && { accountKey: key }),
    ...(videoId !== undefined && { videoId }),
    ...(videoName !== undefined && { videoName }),
  };
}

function signFrom(argument: unknown): SignFrom {
  const place = placeOf(argument);
  return { ...signRequest(argument), ...(place !== undefined && { place }) };
}

/** The place that a lens stands above. */
function placeOf(argument: unknown): Place | undefined {
  const place = typeof argument === 'object' && argument !== null && 'place' in argument ? argument.place : undefined;
  if (typeof place !== 'object' || place === null) return undefined;
  const [uri, line, column] = ['uri', 'line', 'column'].map((name): unknown => Reflect.get(place, name));
  if (typeof uri !== 'string' || !isCount(line)) return undefined;
  return { uri, line, ...(isCount(column) && { column }) };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

/** What a command is about: the subject of a line of the sidebar, or the argument itself. */
function subjectOf(argument: unknown): unknown {
  return typeof argument === 'object' && argument !== null && 'subject' in argument ? argument.subject : argument;
}

function textOf(subject: unknown, name: string): string | undefined {
  const value: unknown = typeof subject === 'object' && subject !== null ? Reflect.get(subject, name) : undefined;
  return typeof value === 'string' ? value : undefined;
}
