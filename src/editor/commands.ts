import { commands, Disposable, env, l10n, window } from 'vscode';
import type { Engine } from '../engine';
import type { Output } from '../flows/output';
import { tokenAt } from '../source/tokenAt';
import type { Outcome } from '../stream/failure';
import type { ClaimsPanel } from './claimsPanel';
import type { Library } from './library';
import type { EditorLog } from './log';
import { report, reportBug } from './report';

/** Every command and what it may be called with; package.json says where each is shown. */
interface CommandArguments {
  'streamSigner.addAccount': undefined;
  'streamSigner.addEmulatedAccount': undefined;
  'streamSigner.replaceCredential': string | undefined;
  'streamSigner.removeAccount': string | undefined;
  'streamSigner.signVideo': { readonly accountKey?: string };
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
type CommandTable = { readonly [Id in CommandId]: Command<Id> };

export interface CommandParts {
  readonly engine: () => Engine;
  readonly claims: ClaimsPanel;
  readonly log: EditorLog;
  readonly library: Library;
  /** Captures the active editor: called before anything is asked. */
  readonly output: () => Output;
  readonly emulatedAccount: string | undefined;
}

const nothing = () => undefined;
const done: Outcome<void> = { ok: true, value: undefined };

function commandTable({ engine, claims, log, library, output, emulatedAccount }: CommandParts): CommandTable {
  const thenRefresh = async (outcome: Promise<Outcome<void>>) => {
    const settled = await outcome;
    if (settled.ok) library.refresh();
    return settled;
  };
  return {
    'streamSigner.addAccount': { read: nothing, run: () => thenRefresh(engine().addAccount()) },
    'streamSigner.addEmulatedAccount': {
      read: nothing,
      run: () => thenRefresh(engine().addEmulatedAccount(JSON.parse(emulatedAccount ?? 'null'))),
    },
    'streamSigner.replaceCredential': { read: accountKey, run: (key) => thenRefresh(engine().replaceCredential(key)) },
    'streamSigner.removeAccount': { read: accountKey, run: (key) => thenRefresh(engine().removeAccount(key)) },
    'streamSigner.signVideo': {
      read(argument) {
        const key = accountKey(argument);
        return key === undefined ? {} : { accountKey: key };
      },
      async run(request) {
        const target = output();
        try {
          return await thenRefresh(engine().signVideo(request, target));
        } finally {
          target.dispose();
        }
      },
    },
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

/** The key of the account that a tree row stands for. */
function accountKey(argument: unknown): string | undefined {
  if (typeof argument !== 'object' || argument === null || !('key' in argument)) return undefined;
  return typeof argument.key === 'string' ? argument.key : undefined;
}

/** The selection, or the token the cursor stands on. */
function textAtCursor(): string | undefined {
  const editor = window.activeTextEditor;
  if (editor === undefined) return undefined;
  const { document, selection } = editor;
  if (!selection.isEmpty) return document.getText(selection);
  return tokenAt(document.lineAt(selection.active.line).text, selection.active.character);
}
