import { type Disposable, Hover, languages, MarkdownString, Range, type TextDocument, workspace } from 'vscode';
import type { Engine } from '../engine';
import type { HoverAct } from '../flows/documents/hoverCard';
import type { Row } from '../source/documentIndex';
import { ID_LENGTH } from '../source/findIds';
import { tokenInUrl } from '../source/tokenInUrl';
import { urlAround } from '../source/urlAround';
import { commandUri } from './commandUri';
import type { DocumentIndexes } from './documentIndexes';
import { endingOf, type Place } from './findInEditor';
import { writeHover } from './hoverMarkdown';
import { SEARCHED } from './searchedDocuments';
import { streamIds } from './streamIds';
import type { KnownVideos } from './videoShelf';

export interface HoverParts {
  readonly indexes: DocumentIndexes;
  readonly known: KnownVideos;
  readonly engine: () => Engine;
  /** Whether there is a signing to repeat. */
  readonly hasLastSigning: () => boolean;
}

const COMMANDS: Readonly<Record<HoverAct, string>> = {
  signVideo: 'streamSigner.signVideo',
  signAgain: 'streamSigner.signAgain',
  copyId: 'streamSigner.copyVideoId',
  copyUrl: 'streamSigner.copyVideoUrl',
  showVideo: 'streamSigner.showVideo',
  refreshVideo: 'streamSigner.refreshVideo',
  openClaims: 'streamSigner.decodeToken',
  resignToken: 'streamSigner.resignToken',
  copyTokenUrl: 'streamSigner.copyTokenUrl',
  testViewer: 'streamSigner.testTokenViewer',
};

/** What is known of an id, and what a token says, where the mouse rests. Links carry places and ids, never what a token says. */
export function registerHovers({ indexes, known, engine, hasLastSigning }: HoverParts): Disposable {
  async function overToken(document: TextDocument, row: Row, at: number): Promise<Hover | undefined> {
    const text = document.lineAt(row.line).text;
    const tokens = indexes.of(document)?.tokens(row) ?? [];
    const wholes = row.tokens.map((span, index) => (tokens[index]?.inUrl ? urlAround(text, span) : undefined) ?? span);
    const touched = wholes.findIndex(
      ({ start, end }, index) => tokens[index] !== undefined && start <= at && at <= end,
    );
    const [span, whole, token] = [row.tokens[touched], wholes[touched], tokens[touched]];
    if (span === undefined || whole === undefined || token === undefined) return undefined;
    const url = tokenInUrl(text, span);
    const card = await engine().hovers.token({ token: token.text, ...(url !== token.text && { url }) });
    const place = { ...placeIn(document, row, span.start), ending: endingOf(token.text) };
    return toHover(card, (act) => link(act, { place }), rangeOf(row, whole.start, whole.end));
  }

  async function overId(document: TextDocument, row: Row, at: number): Promise<Hover | undefined> {
    const index = indexes.of(document);
    const start = row.ids.find((candidate) => candidate <= at && at <= candidate + ID_LENGTH);
    if (index === undefined || index.generated || start === undefined) return undefined;
    const inContext = streamIds(document, index, known)(row).includes(start);
    const videoId = document.lineAt(row.line).text.slice(start, start + ID_LENGTH);
    const thumbnail = workspace.getConfiguration('streamSigner.hover').get('thumbnail') === true;
    const { card, accountKey } = await engine().hovers.video(videoId, { thumbnail, inContext });
    const place = placeIn(document, row, start);
    const video = { videoId, ...(accountKey !== undefined && { accountKey }) };
    const argumentOf = (act: HoverAct) => {
      if (act === 'signVideo' || act === 'signAgain') return { place };
      return act === 'copyId' ? { accountKey: '', videoId } : video;
    };
    const linkOf = (act: HoverAct) =>
      act === 'signAgain' && !hasLastSigning() ? undefined : link(act, argumentOf(act));
    return toHover(card, linkOf, rangeOf(row, start, start + ID_LENGTH));
  }

  return languages.registerHoverProvider(SEARCHED, {
    async provideHover(document, { line, character }) {
      const row = indexes.of(document)?.row(line);
      if (row === undefined) return undefined;
      return (await overId(document, row, character)) ?? overToken(document, row, character);
    },
  });
}

function link(act: HoverAct, argument: unknown): string {
  return commandUri(COMMANDS[act], argument).toString();
}

function placeIn(document: TextDocument, { line }: Row, column: number): Place {
  return { uri: document.uri.toString(), line, column };
}

function rangeOf({ line }: Row, start: number, end: number): Range {
  return new Range(line, start, line, end);
}

function toHover(
  card: Parameters<typeof writeHover>[0],
  linkOf: (act: HoverAct) => string | undefined,
  range: Range,
): Hover {
  const markdown = new MarkdownString();
  markdown.isTrusted = { enabledCommands: Object.values(COMMANDS) };
  writeHover(card, markdown, linkOf);
  return new Hover(markdown, range);
}
