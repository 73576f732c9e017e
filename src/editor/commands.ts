import { commands, Disposable, env, l10n, window } from 'vscode';
import type { Engine } from '../engine';
import type { LibrarySubject } from '../flows/libraryNodes';
import type { Output } from '../flows/output';
import type { NamedKey } from '../flows/pickKey';
import type { SignRequest } from '../flows/signVideo';
import { tokenAt } from '../source/tokenAt';
import type { Outcome } from '../stream/failure';
import type { ClaimsPanel } from './claimsPanel';
import { captureExcerpt } from './excerpt';
import { keyCommands } from './keyCommands';
import { LIBRARY_VIEW, type Library } from './library';
import type { EditorLog } from './log';
import { report, reportBug } from './report';
import type { ResultDocuments } from './resultDocuments';

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
  'streamSigner.signVideo': SignRequest;
  'streamSigner.compareWithApi': SignRequest;
  'streamSigner.showVideo': LibrarySubject | undefined;
  'streamSigner.copyVideoId': LibrarySubject | undefined;
  'streamSigner.loadMoreVideos': string | undefined;
  'streamSigner.refreshVideos': string | undefined;
  'streamSigner.refreshLibrary': undefined;
  'streamSigner.createKey': string | undefined;
  'streamSigner.importKey': string | undefined;
  'streamSigner.deleteKey': NamedKey;
  'streamSigner.forgetKey': NamedKey;
  'streamSigner.copyKeyAsEnvironment': NamedKey;
  'streamSigner.settleKeys': string | undefined;
  'streamSigner.refreshKeys': string | undefined;
  'streamSigner.decodeToken': undefined;
  'streamSigner.copyClaims': undefined;
  'streamSigner.showLog': undefined;
}
type CommandId = keyof CommandArguments;

/** Reads what any caller may pass (a tree node, a key binding's arguments, junk) as the argument the command takes. */
type Reader<Id extends CommandId> = (argument: unknown) => CommandArguments[Id];
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
  readonly output: () => Output;
  readonly emulatedAccount: string | undefined;
}

const nothing = () => undefined;
const done: Outcome<void> = { ok: true, value: undefined };

function commandTable(parts: CommandParts): CommandTable {
  const { engine, claims, documents, library, log, output, emulatedAccount } = parts;
  const thenRefresh = async (outcome: Promise<Outcome<void>>) => {
    const settled = await outcome;
    if (settled.ok) library.refresh();
    return settled;
  };
  const sign = async (request: SignRequest) => {
    const target = output();
    try {
      return await thenRefresh(engine().signVideo(request, target));
    } finally {
      target.dispose();
    }
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
    'streamSigner.signVideo': { read: signRequest, run: sign },
    'streamSigner.compareWithApi': {
      read: signRequest,
      run: (request) => sign({ ...request, purpose: 'compare' }),
    },
    'streamSigner.showVideo': {
      read: librarySubject,
      async run(subject) {
        if (subject === undefined) return done;
        const shown = await inLibrary(() => engine().showVideo(subject));
        if (!shown.ok) return shown;
        await documents.preview(subject.videoId ?? '', `${shown.value.title}.json`, shown.value.json);
        return done;
      },
    },
    'streamSigner.copyVideoId': {
      read: librarySubject,
      async run(subject) {
        if (subject?.videoId === undefined) return done;
        await env.clipboard.writeText(subject.videoId);
        window.setStatusBarMessage(l10n.t('$(check) Copied: the video id'), 5000);
        return done;
      },
    },
    'streamSigner.loadMoreVideos': {
      read: accountKey,
      run: async (key) => {
        if (key !== undefined) await inLibrary(() => engine().videos.more(key));
        return done;
      },
    },
    'streamSigner.refreshVideos': {
      read: accountKey,
      run: async (key) => {
        if (key !== undefined) await inLibrary(() => engine().videos.refresh(key));
        return done;
      },
    },
    'streamSigner.refreshLibrary': {
      read: nothing,
      async run() {
        await inLibrary(() => engine().videos.refreshAll());
        library.refresh();
        return done;
      },
    },
    ...keyCommands(parts, { accountKey, namedKey }),
    'streamSigner.decodeToken': {
      read: nothing,
      async run() {
        const decoded = await engine().decodeToken(textAtCursor());
        if (!decoded.ok) return decoded;
        claims.show(decoded.value);
        return done;
      },
    },
    'streamSigner.copyClaims': {
      read: nothing,
      async run() {
        const json = claims.current()?.json;
        if (json === undefined) return done;
        await env.clipboard.writeText(json);
        window.setStatusBarMessage(l10n.t('$(check) Copied: the claims as JSON'), 5000);
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
    commands.registerCommand(id, async (argument: unknown) => {
      try {
        const outcome = await run(read(argument));
        if (!outcome.ok) report(outcome.failure, parts);
      } catch (error) {
        reportBug(error, id, parts);
      }
    });
  return Disposable.from(
    ...(Object.keys(table) as CommandId[]).map((id) => register(id, table[id] as Command<typeof id>)),
  );
}

/** The key of the account that a line of the sidebar stands for or belongs to. */
function accountKey(argument: unknown): string | undefined {
  return textOf(subjectOf(argument), 'accountKey');
}

function librarySubject(argument: unknown): LibrarySubject | undefined {
  const { accountKey, videoId } = signRequest(argument);
  return accountKey === undefined ? undefined : { accountKey, ...(videoId !== undefined && { videoId }) };
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

/** What a command is about: the subject of a line of the sidebar, or the argument itself. */
function subjectOf(argument: unknown): unknown {
  return typeof argument === 'object' && argument !== null && 'subject' in argument ? argument.subject : argument;
}

function textOf(subject: unknown, name: string): string | undefined {
  const value: unknown = typeof subject === 'object' && subject !== null ? Reflect.get(subject, name) : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** Shows the sidebar busy while something is on its way for it. */
function inLibrary<T>(work: () => Promise<T>): Thenable<T> {
  return window.withProgress({ location: { viewId: LIBRARY_VIEW } }, work);
}

/** The selection, or the token the cursor stands on. */
function textAtCursor(): string | undefined {
  const editor = window.activeTextEditor;
  if (editor === undefined) return undefined;
  const { document, selection } = editor;
  if (!selection.isEmpty) return document.getText(selection);
  return tokenAt(document.lineAt(selection.active.line).text, selection.active.character);
}
