import { judgeName, listsVideos, type NameVerdict, namesVideos } from './videoName';

/** What the text before a value on its line says about it. */
export interface Beside {
  readonly verdict: NameVerdict;
  /** The name that was judged, as far as there is one. */
  readonly name?: string;
  /** The element whose attribute the name is, e.g. `Stream`. */
  readonly element?: string;
  /** Nothing on this line tells whom the value belongs to: the lines above may. */
  readonly open: boolean;
}

/** How far back a line is looked at, in UTF-16 units. */
const MAX_BEFORE = 400;
const MAX_STEPS = 30;

/** Between brackets and at the beginning of a line nothing is said. */
const SAYS_NOTHING = /^\s*(?:[-*+>|#]|\/\/+|\/\*+|<!--|\d+\.)*$/;
const LIST_ELEMENT = /(?:"([^"]*)"|'([^']*)'|`([^`]*)`|\b[0-9a-f]{32})\s*,\s*$/;
const CALL_CHAIN = String.raw`[\w$@]+(?:(?:\?\.|\.|->|::)[\w$]+)*!?`;
const BRACKET = new RegExp(String.raw`(${CALL_CHAIN})?\s*(?:<[^<>]*>)?\s*[([{]$`);
/** `new Set(`, `&[`, `[]string{`, `map[string]string{`, `%w[`. */
const BEFORE_BRACKET = /(?:\bnew|[&*%]|(?:\bnew\s*|\bmap)?\[[\w.*]*\])\s*$/;
/** `expect(player.videoId).toBe('…'`. */
const RECEIVER = /\(([\w$@.>-]+)\)\.(?:\w+\.)*$/;
const OPERATOR = /(?:=>|->|:=|[=!]==?|\?\?=?|\|\|=?|=|(?<!:):|(?<!\|)\|)$/;
/** Cloudflare's SDKs: `client.stream.token.create('…'`. */
const STREAM_CALL =
  /\bstream(?:\.|->|::)(?:get|edit|delete|del|retrieve|(?:token|downloads|captions|clip|audio_?tracks)\.\w+)$/i;
/** `The video 1b6f…`, `--video 1b6f…`. */
const PROSE =
  /(?:^|[^\w-]|--)(?:videos?|live inputs?)(?:(?:['’]s)?\s+(?:u?id|identifier)s?)?(?:\s+(?:is|was|with(?: the)? u?id|named|number))?\s*[#(:=–—-]*$/i;
const FLAG = /(?:^|\s)--?([\w-]+)$/;
/** What a whole line assigns to, when what it assigns is a choice: `const videoId = preview ? '…' : '…'`. */
const STATEMENT =
  /^\s*(?:(?:export|const|let|var|val|final|static|public|private|readonly|local|my)\s+)*([\w$@.[\]'"-]+)(?:\s*:\s*[\w<>|[\] ]+)?\s*(?::?=(?!=|>)|:(?!:))([^;,]*)$/;
const CHOICE = /[?|]|\b(?:or|if|else|unless)\b/;

/** Judges the text that stands before a value on its line. */
export function nameBeside(before: string): Beside {
  let text = withoutQuotes(before.slice(-MAX_BEFORE));
  let listed = false;
  for (let step = 0; step < MAX_STEPS; step++) {
    if (SAYS_NOTHING.test(text)) return { verdict: 'unknown', open: true };
    const element = LIST_ELEMENT.exec(text);
    if (element !== null) {
      // `setItem("videoId", "…")` names its value; the second value of a list has no name from the first.
      const name = element[1] ?? element[2] ?? element[3] ?? '';
      const verdict = listed ? 'unknown' : judgeName(name);
      if (verdict === 'video' || verdict === 'other') return { verdict, name, open: false };
      text = withoutQuotes(text.slice(0, element.index));
      listed = true;
      continue;
    }
    const bracket = BRACKET.exec(text);
    if (bracket === null) return nameAtEnd(text);
    const callee = bracket[1] ?? '';
    if (STREAM_CALL.test(callee)) return { verdict: 'video', name: callee, open: false };
    const receiver = RECEIVER.exec(text.slice(0, bracket.index))?.[1] ?? '';
    for (const name of [callee, receiver]) {
      const verdict = judgeName(name);
      if (verdict === 'video' || verdict === 'other') return { verdict, name, open: false };
    }
    text = withoutQuotes(text.slice(0, bracket.index).replace(BEFORE_BRACKET, ''));
  }
  return { verdict: 'unknown', open: false };
}

function nameAtEnd(text: string): Beside {
  const operator = OPERATOR.exec(text)?.[0];
  const found = operator === undefined ? undefined : nameBefore(text.slice(0, -operator.length).trimEnd(), operator);
  if (found !== undefined && found.verdict !== 'unknown') return found;
  if (PROSE.test(text) || judgeName(FLAG.exec(text)?.[1] ?? '') === 'video') return { verdict: 'video', open: false };
  const statement = STATEMENT.exec(text);
  if (statement !== null && CHOICE.test(statement[2] ?? '')) {
    const name = statement[1] ?? '';
    const verdict = judgeName(name);
    return { verdict, name, open: verdict === 'unknown' };
  }
  return found ?? { verdict: 'unknown', open: false };
}

const BRACKET_KEY = /\[\s*:?["'`]?([\w-]+)["'`]?\s*\]$/;
const QUOTED = /\\?["'`]([\w.\- ]+?)\\?["'`]$/;
const TYPED = /([\w$-]+)\??\s*:\s*&?\s*(?:'\w+\s+)?[\w$<>[\]|., ]+$/;
const ACCESSORS = /(\w+)\s*\{\s*get;[^{}]*\}$/;
const GO_TYPED = /\b(?:var|const)\s+(\w+)\s+[\w.*[\]]+$/;
const READ_BY_NAME = /\(\s*["'`]([\w.-]+)["'`]\s*\)$/;
const CHAIN = /[\w$@:-]+(?:(?:\?\.|\.|->)[\w$-]+)*$/;
const TWO_WORDS = /[A-Za-z]+(?:['’]s)?[ \t]+[A-Za-z]+$/;
const OPEN_TAG = /<([A-Za-z][\w.:-]*)\s(?:[^<>]|=>)*$/;

/** The name left of an operator. */
function nameBefore(left: string, operator: string): Beside | undefined {
  const plain = withoutQuotes(left);
  const names = [
    BRACKET_KEY.exec(left)?.[1],
    QUOTED.exec(left)?.[1],
    ...(operator === '='
      ? [TYPED, GO_TYPED, ACCESSORS].map((pattern) => pattern.exec(left)?.[1])
      : [READ_BY_NAME.exec(left)?.[1]]),
    CHAIN.exec(plain)?.[0],
  ];
  const judged = names.filter((name) => name !== undefined).map((name) => ({ name, verdict: judgeName(name) }));
  const best = judged.find(({ verdict }) => verdict !== 'unknown') ?? judged[0];
  if (best === undefined) return undefined;
  const element = OPEN_TAG.exec(left)?.[1];
  if (best.verdict === 'unknown')
    return isInHolderOfIds(left, best.name) ? { ...best, verdict: 'video', open: false } : { ...best, open: true };
  if (best.verdict !== 'bare') return { ...best, open: false, ...(element !== undefined && { element }) };
  if (element !== undefined)
    return { ...best, verdict: namesVideos(element) ? 'video' : 'unknown', element, open: false };
  const words = TWO_WORDS.exec(plain)?.[0] ?? '';
  const verdict = judgeName(words);
  if (verdict === 'video' || verdict === 'other') return { verdict, name: words, open: false };
  return holderOf(left, best.name);
}

/** Who holds a bare name: the bracket around it, when that was opened on the same line (`video: { id: '…'`). */
function holderOf(left: string, name: string): Beside {
  const before = left.slice(0, left.lastIndexOf(name));
  const opening = innermostOpening(before);
  if (opening === undefined) return { verdict: 'bare', name, open: true };
  // `create(:video, uid: '…'`, `{ "name": "VIDEO_ID", "value": "…"`.
  const sibling = SIBLING.exec(before.slice(opening + 1))?.[1] ?? '';
  if (namesVideos(sibling)) return { verdict: 'video', name, open: false };
  const holder = nameBeside(before.slice(0, opening + 1));
  const decided = holder.verdict === 'video' || holder.verdict === 'other';
  if (decided) return { verdict: holder.verdict, name, open: false };
  if (holder.name !== undefined && namesVideos(holder.name)) return { verdict: 'video', name, open: false };
  return { verdict: 'bare', name, open: holder.open };
}

const SIBLING = /^\s*(?:["']?name["']?\s*:\s*)?[:"'](\w+)["']?\s*,\s*["']?$/;

/** `VIDEO_IDS = { tour: '…'` on one line. */
function isInHolderOfIds(left: string, name: string): boolean {
  const before = left.slice(0, left.lastIndexOf(name));
  const opening = innermostOpening(before);
  if (opening === undefined) return false;
  const holder = nameBeside(before.slice(0, opening + 1));
  return holder.verdict === 'video' && listsVideos(holder.name ?? '');
}

/** Where the bracket stands that is still open at the end of a text. */
function innermostOpening(text: string): number | undefined {
  let closed = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    const character = text.charAt(at);
    if (')]}'.includes(character)) closed++;
    else if ('([{'.includes(character) && closed-- === 0) return at;
  }
  return undefined;
}

/** Without the quotes, blanks and string prefixes (`f"`, `@"`) that a value begins with, and without Markdown's stars. */
function withoutQuotes(text: string): string {
  const bare = text.replace(/[\s"'`*\\]+$/, '');
  return bare === text ? text : bare.replace(/(?:(?<!\w)[rbfu]{1,2}|[@$#]+)$/i, '').trimEnd();
}
