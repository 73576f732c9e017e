import {
  CodeLens,
  type CodeLensProvider,
  type Command,
  Disposable,
  EventEmitter,
  l10n,
  languages,
  Range,
  type TextDocument,
  window,
  workspace,
} from 'vscode';
import type { Engine } from '../engine';
import { cleanLabel } from '../source/cleanText';
import type { DocumentIndex, Row } from '../source/documentIndex';
import { ID_LENGTH } from '../source/findIds';
import type { KnownVideo } from '../source/knownVideos';
import { playLength } from '../source/playLength';
import type { DocumentIndexes } from './documentIndexes';
import { endingOf, type Place } from './findInEditor';
import { hasLastSigning, onLastSigning } from './lastSigning';
import { SEARCHED } from './searchedDocuments';
import type { WatchedCache } from './storage';
import { streamIds } from './streamIds';
import type { KnownVideos } from './videoShelf';

const SECTION = 'streamSigner.codeLens';
const PRESETS = 'streamSigner.presets';
/** How often the time left of a token is told anew, in milliseconds. */
const TICK_MS = 30_000;

export interface CodeLensParts {
  readonly indexes: DocumentIndexes;
  readonly known: KnownVideos;
  readonly engine: () => Engine;
  /** Where the last signing is remembered. */
  readonly workspaceCache: WatchedCache;
  /** False in the browser, where the details of a video can't be asked for. */
  readonly canCallApi: boolean;
  /** Epoch seconds. */
  readonly now: () => number;
}

interface Shown {
  /** Where the ids begin that have a lens. */
  readonly ids: readonly number[];
  /** There is a signing to repeat. */
  readonly signAgain: boolean;
  /** There are presets to choose from. */
  readonly withPreset: boolean;
}

/** "Sign this video id" above ids, and what time says about tokens above those. One line of lenses for a line of source. */
export function registerCodeLenses(parts: CodeLensParts): Disposable {
  const { indexes, known, engine, workspaceCache, canCallApi, now } = parts;
  const changed = new EventEmitter<void>();
  const ticking = createTick(() => changed.fire());
  /** Lenses whose words are found when they come into sight. */
  const unresolved = new WeakMap<CodeLens, { readonly token: string; readonly place: Place }>();

  function lensesOf(document: TextDocument, index: DocumentIndex, row: Row, shown: Shown): CodeLens[] {
    const { ids, signAgain, withPreset } = shown;
    const text = document.lineAt(row.line).text;
    const tokens = row.tokens.flatMap((span, at) => {
      const token = index.tokens(row)[at];
      return token === undefined ? [] : [{ ...token, start: span.start }];
    });
    const first = Math.min(...ids, ...tokens.map(({ start }) => start));
    const range = new Range(row.line, first, row.line, first);
    const place = (column: number | undefined): Place => ({
      uri: document.uri.toString(),
      line: row.line,
      ...(column !== undefined && { column }),
    });
    const lenses: CodeLens[] = [];
    if (ids.length > 0) {
      const title = ids.length === 1 ? l10n.t('Sign this video id') : l10n.t('Sign a video id of this line…');
      const argument = { place: place(ids.length === 1 ? ids[0] : undefined) };
      for (const [words, command] of [
        [title, 'streamSigner.signVideo'],
        ...(signAgain ? [[l10n.t('Sign again'), 'streamSigner.signAgain'] as const] : []),
        ...(withPreset ? [[l10n.t('Sign with preset…'), 'streamSigner.signWithPreset'] as const] : []),
      ] as const)
        lenses.push(new CodeLens(range, { title: words, command, arguments: [argument] }));
    }
    const [id] = ids;
    const video = id === undefined || ids.length > 1 ? undefined : known.find(text.slice(id, id + ID_LENGTH));
    if (video !== undefined) lenses.push(new CodeLens(range, videoCommand(video, canCallApi)));
    const [token] = tokens;
    if (token !== undefined) {
      const at = {
        ...place(tokens.length === 1 ? token.start : undefined),
        ...(tokens.length === 1 && { ending: endingOf(token.text) }),
      };
      if (tokens.length === 1) {
        const age = new CodeLens(range);
        unresolved.set(age, { token: token.text, place: at });
        lenses.push(age);
      }
      const resign = tokens.length === 1 ? l10n.t('Re-sign') : l10n.t('Re-sign a token of this line…');
      const decode = tokens.length === 1 ? l10n.t('Decode') : l10n.t('Decode a token of this line…');
      for (const [title, command] of [
        [resign, 'streamSigner.resignToken'],
        [decode, 'streamSigner.decodeToken'],
      ] as const)
        lenses.push(new CodeLens(range, { title, command, arguments: [{ place: at }] }));
    }
    if (tokens.some(({ read }) => read?.expiry?.kind === 'seconds' && read.expiry.seconds > now())) ticking.start();
    return lenses;
  }

  const provider: CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses(document) {
      const detect = workspace.getConfiguration(SECTION, document).get('detect');
      const index = detect === 'off' ? undefined : indexes.of(document);
      if (index === undefined || index.generated) return [];
      const idsOf = streamIds(document, index, known);
      const signAgain = hasLastSigning(workspaceCache);
      const presets = workspace.getConfiguration().get<object>(PRESETS) ?? {};
      const withPreset = Object.keys(presets).length > 0;
      return index.rows.flatMap((row) => lensesOf(document, index, row, { ids: idsOf(row), signAgain, withPreset }));
    },
    resolveCodeLens(lens) {
      const found = unresolved.get(lens);
      if (found === undefined) return lens;
      const { token, place } = found;
      const command = { title: engine().tokenAge(token), command: 'streamSigner.decodeToken', arguments: [{ place }] };
      return Object.assign(lens, { command });
    },
  };
  return Disposable.from(
    languages.registerCodeLensProvider(SEARCHED, provider),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(SECTION) || event.affectsConfiguration(PRESETS)) changed.fire();
    }),
    known.onDidChange(() => changed.fire()),
    onLastSigning(workspaceCache, () => changed.fire()),
    ticking,
    changed,
  );
}

/** The video's name and length; its details open where they can be asked for. */
function videoCommand(
  { id, name, duration, accountKey }: KnownVideo & { readonly accountKey: string },
  canCallApi: boolean,
): Command {
  const title = [
    cleanLabel(name, 60) || l10n.t('Video without a name'),
    ...(duration === undefined ? [] : [playLength(duration)]),
  ].join(' · ');
  if (!canCallApi) return { title, command: '' };
  const subject = { accountKey, videoId: id, videoName: name };
  return { title, command: 'streamSigner.showVideo', tooltip: l10n.t('Show details'), arguments: [subject] };
}

/** Fires while an editor is in sight, from the first lens on that will be out of date, until it is stopped. */
function createTick(fire: () => void): Disposable & { start(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    start() {
      timer ??= setTimeout(() => {
        timer = undefined;
        // Whoever draws the lenses anew starts the next wait, if there is still something to wait for.
        if (window.state.focused) fire();
        else this.start();
      }, TICK_MS);
    },
    dispose: () => clearTimeout(timer),
  };
}

/** Turns lenses off, or on again as they were. Written where the setting in force stands. */
export async function toggleCodeLenses(): Promise<void> {
  const configuration = workspace.getConfiguration(SECTION);
  const { workspaceValue, globalValue } = configuration.inspect<string>('detect') ?? {};
  const off = configuration.get('detect') === 'off';
  const inWorkspace = workspaceValue !== undefined;
  const next = off
    ? inWorkspace && globalValue !== undefined && globalValue !== 'off'
      ? globalValue
      : 'context'
    : 'off';
  try {
    await configuration.update('detect', next, !inWorkspace);
  } catch {
    // VS Code writes into no settings.json that has errors or is not saved.
    window.showErrorMessage(
      l10n.t(
        'The setting "{0}" can’t be written. Mend or save your settings.json, then try again.',
        `${SECTION}.detect`,
      ),
    );
  }
}
