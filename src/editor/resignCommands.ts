import { l10n, Range, Uri, window } from 'vscode';
import type { Engine } from '../engine';
import type { TokenPlace } from '../flows/documents/resign';
import type { SignRequest } from '../flows/signing/signVideo';
import type { Outcome } from '../stream/failure';
import type { CommandTable } from './commands';
import type { EditorFinder, FoundToken, Place } from './findInEditor';
import { follow } from './followSpans';
import type { IgnoredProblems } from './ignoredProblems';
import type { IdInDocument } from './output';

type ResignCommandId =
  | 'streamSigner.resignToken'
  | 'streamSigner.resignTokenWith'
  | 'streamSigner.resignExpiredTokens'
  | 'streamSigner.replaceTokenById'
  | 'streamSigner.ignoreTokenProblems'
  | 'streamSigner.showIgnoredTokenProblems';

export interface ResignCommandParts {
  readonly engine: () => Engine;
  readonly finder: EditorFinder;
  readonly ignored: IgnoredProblems;
  /** Opens the hub for what stands at a place in a document, which is remembered from before anything is asked. */
  readonly signAt: (place: IdInDocument, request: () => Promise<Outcome<SignRequest>>) => Promise<Outcome<void>>;
}

const done: Outcome<void> = { ok: true, value: undefined };

/** The commands of the quick fixes for tokens in documents. */
export function resignCommands(
  { engine, finder, ignored, signAt }: ResignCommandParts,
  placeOf: (argument: unknown) => Place | undefined,
): Pick<CommandTable, ResignCommandId> {
  const find = async (place: Place | undefined): Promise<FoundToken | undefined> => {
    const found = await (place === undefined ? finder.tokenAtCursor() : finder.tokenAt(place));
    if (found === 'left') return undefined;
    // While it was asked which of several it is, the document may have changed.
    if (found !== undefined && textOf(found) === found.token) return found;
    window.showInformationMessage(
      place === undefined
        ? l10n.t('Put the cursor on a line with a token.')
        : l10n.t('The token is not where it was in the document.'),
    );
    return undefined;
  };
  /** Follows the token through edits for as long as the work takes. */
  const atToken = async (place: Place | undefined, work: (token: TokenPlace) => Promise<Outcome<void>>) => {
    const found = await find(place);
    if (found === undefined) return done;
    const { span, document, token, around } = found;
    const following = follow(document, [span]);
    try {
      return await work({ token, around, replace: (text) => following.put(text) });
    } finally {
      following.dispose();
    }
  };
  return {
    'streamSigner.resignToken': {
      read: placeOf,
      run: (place) => atToken(place, (token) => engine().sourceTokens.resign(token)),
    },
    'streamSigner.resignTokenWith': {
      read: placeOf,
      async run(place) {
        const found = await find(place);
        if (found === undefined) return done;
        const { token } = found;
        return signAt({ ...found, kind: 'token' }, () => engine().inspector.signRequest({ token }));
      },
    },
    'streamSigner.resignExpiredTokens': {
      read: placeOf,
      async run(place) {
        const found = finder.tokensIn(place);
        const [first] = found;
        if (first === undefined) {
          window.showInformationMessage(l10n.t('Open a file with tokens of Stream in it.'));
          return done;
        }
        const following = follow(
          first.document,
          found.map(({ span }) => span),
        );
        try {
          const tokens = found.map(({ token }) => token);
          return await engine().sourceTokens.resignExpired({ tokens, replace: (texts) => following.putEach(texts) });
        } finally {
          following.dispose();
        }
      },
    },
    'streamSigner.replaceTokenById': {
      read: placeOf,
      run: (place) => atToken(place, (token) => engine().sourceTokens.replaceById(token)),
    },
    'streamSigner.ignoreTokenProblems': {
      read: placeOf,
      async run(place) {
        const uri = place === undefined ? window.activeTextEditor?.document.uri : Uri.parse(place.uri);
        if (uri === undefined) return done;
        await ignored.add(uri);
        const undo = l10n.t('Show Again');
        const sentence = l10n.t('Problems with tokens are no longer shown in this file.');
        window.showInformationMessage(sentence, undo).then((pressed) => {
          if (pressed === undo) void ignored.remove(uri);
        });
        return done;
      },
    },
    'streamSigner.showIgnoredTokenProblems': {
      read: () => undefined,
      async run() {
        const count = await ignored.clear();
        window.showInformationMessage(
          count === 0
            ? l10n.t('Problems with tokens are ignored in no file of this workspace.')
            : count === 1
              ? l10n.t('Problems with tokens are shown again in 1 file.')
              : l10n.t('Problems with tokens are shown again in {0} files.', count),
        );
        return done;
      },
    },
  };
}

/** What stands now where a token was found. */
function textOf({ document, span: { start, end } }: FoundToken): string {
  return document.isClosed ? '' : document.getText(new Range(document.positionAt(start), document.positionAt(end)));
}
