import { env, l10n, window } from 'vscode';
import type { Engine } from '../engine';
import type { ClaimsReport } from '../flows/inspector/claimsReport';
import type { Comparison } from '../flows/inspector/compareTokens';
import type { Given } from '../flows/inspector/givenToken';
import type { SignRequest } from '../flows/signing/signVideo';
import { cleanLabel } from '../source/cleanText';
import { onlyToken } from '../source/onlyToken';
import type { Outcome } from '../stream/failure';
import type { ClaimsPanel } from './claimsPanel';
import { partOf } from './claimsParts';
import { claimsTitle } from './claimsWords';
import type { CommandTable } from './commands';
import type { EditorFinder, Place } from './findInEditor';
import type { ResultDocuments } from './resultDocuments';

type TokenCommandId =
  | 'streamSigner.decodeToken'
  | 'streamSigner.copyClaims'
  | 'streamSigner.copyTokenPart'
  | 'streamSigner.openClaims'
  | 'streamSigner.askTokenVideo'
  | 'streamSigner.copyTokenUrl'
  | 'streamSigner.testTokenViewer'
  | 'streamSigner.checkPlayback'
  | 'streamSigner.compareTokens'
  | 'streamSigner.signTokenAgain'
  | 'streamSigner.editToken';

export interface TokenCommandParts {
  readonly engine: () => Engine;
  readonly claims: ClaimsPanel;
  readonly documents: ResultDocuments;
  readonly finder: EditorFinder;
  /** Opens the hub. */
  readonly sign: (request: SignRequest) => Promise<Outcome<void>>;
}

const nothing = () => undefined;
const done: Outcome<void> = { ok: true, value: undefined };

/** The commands about the token on the claims page; without one they do nothing. */
export function tokenCommands(
  { engine, claims, documents, finder, sign }: TokenCommandParts,
  placeOf: (argument: unknown) => Place | undefined,
): Pick<CommandTable, TokenCommandId> {
  /** Shows what comes of it, unless another token has come onto the page meanwhile. */
  const thenShow = async (work: (given: Given) => Promise<Outcome<ClaimsReport>>): Promise<Outcome<void>> => {
    const before = claims.current();
    if (before === undefined) return done;
    const outcome = await work(before.given);
    if (!outcome.ok) return outcome;
    if (claims.current()?.given.token === before.given.token) claims.update(outcome.value);
    return done;
  };
  /** What is selected counts as one. */
  const tokenAt = async (place: Place | undefined) =>
    place === undefined ? (selectedText() ?? (await finder.tokenAtCursor())) : finder.tokenAt(place);
  const givenAt = async (place: Place | undefined): Promise<Given | undefined> => {
    const token = await tokenAt(place);
    return token === 'left' || token === undefined ? undefined : engine().inspector.given(token.around);
  };
  const showComparison = async (comparison: Comparison): Promise<Outcome<void>> => {
    await documents.compare(comparison);
    return done;
  };
  return {
    'streamSigner.decodeToken': {
      read: placeOf,
      async run(place) {
        const token = await tokenAt(place);
        if (token === 'left') return done;
        const showing = claims.begin();
        try {
          // A selected text may hold two tokens, or none.
          const only = token && onlyToken(token.around);
          if (only !== undefined) await showing.prepare(only.videoId);
          const decoded = await engine().inspector.inspect(token?.around);
          if (!decoded.ok) return decoded;
          if (decoded.value.kind === 'comparison') return showComparison(decoded.value.comparison);
          showing.show(decoded.value.report);
          await claims.judgeAgain();
          return done;
        } finally {
          showing.dispose();
        }
      },
    },
    'streamSigner.copyClaims': {
      read: nothing,
      run: () => copy(claims.current()?.json, l10n.t('the claims as JSON')),
    },
    'streamSigner.copyTokenPart': {
      read: (argument) => (typeof argument === 'string' ? argument : undefined),
      run(part) {
        const report = claims.current();
        const found = report && part !== undefined ? partOf(report, part) : undefined;
        return copy(found?.text, found?.name ?? l10n.t('the token'));
      },
    },
    'streamSigner.openClaims': {
      read: nothing,
      async run() {
        const report = claims.current();
        if (report !== undefined)
          await documents.preview('claims', `${claimsTitle(report.videoId)}.json`, `${report.json}\n`);
        return done;
      },
    },
    'streamSigner.askTokenVideo': {
      read: nothing,
      run: () => thenShow((given) => engine().inspector.askVideo(given)),
    },
    'streamSigner.copyTokenUrl': {
      read: placeOf,
      async run(place) {
        const given = await givenAt(place);
        return given === undefined ? done : engine().inspector.copyUrl(given);
      },
    },
    'streamSigner.testTokenViewer': {
      read: placeOf,
      async run(place) {
        const given = place === undefined ? claims.current()?.given : await givenAt(place);
        return given === undefined ? done : engine().inspector.testViewer(given);
      },
    },
    'streamSigner.checkPlayback': {
      read: nothing,
      run: () => thenShow((given) => engine().inspector.checkPlayback(given)),
    },
    'streamSigner.compareTokens': {
      read: nothing,
      async run() {
        const report = claims.inFront() ? claims.current() : undefined;
        const compared = await engine().inspector.compare(report?.given);
        return compared.ok ? showComparison(compared.value) : compared;
      },
    },
    'streamSigner.signTokenAgain': {
      read: nothing,
      run: () => thenShow((given) => engine().inspector.signAgain(given)),
    },
    'streamSigner.editToken': {
      read: nothing,
      async run() {
        const report = claims.current();
        if (report === undefined) return done;
        const request = await engine().inspector.signRequest(report.given);
        return request.ok ? sign(request.value) : request;
      },
    },
  };
}

async function copy(text: string | undefined, what: string): Promise<Outcome<void>> {
  if (text === undefined) return done;
  await env.clipboard.writeText(text);
  window.setStatusBarMessage(l10n.t('$(check) Copied: {0}', cleanLabel(what, 60)), 5000);
  return done;
}

/** What is selected in the editor in front. */
function selectedText(): { readonly around: string } | undefined {
  const editor = window.activeTextEditor;
  if (editor === undefined || editor.selection.isEmpty) return undefined;
  return { around: editor.document.getText(editor.selection) };
}
