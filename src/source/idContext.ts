import { addressUse } from './addressUse';
import { ID_LENGTH } from './findIds';
import { type Beside, nameBeside } from './nameBeside';
import { judgeName, listsVideos, namesVideos } from './videoName';

/** A document as lines; the first is 0. */
export interface Lines {
  readonly count: number;
  text(line: number): string;
}

/**
 * Why 32 hex digits are taken for the id of a video or live input:
 * - `delivery`: where a URL that plays a video has the id, e.g. `https://videodelivery.net/…/manifest/video.m3u8`.
 * - `element`: the source of the player component, e.g. `<Stream src="…" />`.
 * - `reference`: where another address names a video, e.g. `https://api.cloudflare.com/client/v4/accounts/…/stream/…`.
 * - `name`: beside a name that says so, e.g. `videoId: '…'`, or inside what such a name holds.
 */
export type IdContext = 'delivery' | 'element' | 'reference' | 'name';

/** How many lines above an id can matter to it. */
export const LOOK_BACK = 60;
/** In characters, those of tokens not counted. */
const MAX_LINE = 2000;
/** A file name or a part of one, and the user of an address. */
const PART_BEHIND = /^(?:\.[A-Za-z]\w{1,4}(?!\w)|-\w|@)/;
const PART_BEFORE = /[\w.]-$/;

/** What makes an id in a line (0-based, at a column in UTF-16 units) one of Stream; `undefined` when nothing does. */
export function idContext(lines: Lines, line: number, start: number, deliveryOrigin?: string): IdContext | undefined {
  const text = lines.text(line);
  if (isMadeByMachine(text)) return undefined;
  const address = addressUse(text, { start, end: start + ID_LENGTH }, deliveryOrigin);
  if (address === 'foreign') return undefined;
  if (address !== undefined) return address;
  const before = text.slice(0, start);
  if (PART_BEFORE.test(before) || PART_BEHIND.test(text.slice(start + ID_LENGTH))) return undefined;
  const beside = nameBeside(before);
  switch (beside.verdict) {
    case 'video':
      return contextOfName(beside);
    case 'other':
      return undefined;
    case 'bare': {
      const holder = beside.open ? videoHolder(lines, line, beside.name ?? '') : undefined;
      if (holder !== undefined) return contextOfName({ ...beside, ...holder });
      return beside.open && isInAnswer(lines, line, beside) ? 'name' : undefined;
    }
    case 'unknown':
      return isInColumnOfIds(lines, line, start) || (beside.open && isListed(lines, line, beside)) ? 'name' : undefined;
  }
}

/** Whether a line was made by a program, and what is in it too: minified code, data. */
export function isMadeByMachine(line: string): boolean {
  return line.length > MAX_LINE && line.replace(/eyJ[\w-]*\.eyJ[\w-]*\.[\w-]*/g, '').length > MAX_LINE;
}

function contextOfName({ element, name }: Pick<Beside, 'element' | 'name'>): IdContext {
  return element?.toLowerCase() === 'stream' && name === 'src' ? 'element' : 'name';
}

/** How many names may stand between a bare `id` and the `videos` that hold it: `videos: { tour: { id: '…' } }`. */
const MAX_LEVELS = 2;

/** The name or element above that holds a bare name, when it is one of videos. */
function videoHolder(lines: Lines, line: number, bare: string): Pick<Beside, 'element'> | undefined {
  const named = bare === 'value' ? NAMED_ABOVE.exec(lines.text(line - 1))?.[1] : undefined;
  if (named !== undefined) return judgeName(named) === 'video' ? {} : undefined;
  let levels = 0;
  for (const above of holders(lines, line)) {
    const element = OPEN_TAG.exec(above)?.[1];
    if (element !== undefined) return namesVideos(element) ? { element } : undefined;
    const { verdict, name } = nameBeside(above);
    if (verdict === 'video' || (name !== undefined && namesVideos(name))) return {};
    if (verdict === 'other') return undefined;
    if (name !== undefined && ++levels === MAX_LEVELS) return undefined;
  }
  return undefined;
}

/** `- name: VIDEO_ID` above `value: …`. */
const NAMED_ABOVE = /^\s*(?:- )?["']?name["']?:\s*["']?([\w.-]+)["']?,?\s*$/;
const OPEN_TAG = /^\s*<([A-Za-z][\w.:-]*)(?:\s(?:[^<>]|=>)*)?$/;

/** Whether a value without a name, or with a name that says nothing, stands in a list or map of videos. */
function isListed(lines: Lines, line: number, { name }: Beside): boolean {
  const [above] = holders(lines, line);
  if (above === undefined) return false;
  const holder = nameBeside(above);
  return holder.verdict === 'video' && (name === undefined || listsVideos(holder.name ?? ''));
}

/** `"uid"` behind a Stream URL in an answer of the API; its fields stand in alphabetical order. */
function isInAnswer(lines: Lines, line: number, { name }: Beside): boolean {
  if (name !== 'uid') return false;
  for (let above = line - 1; above >= Math.max(0, line - LOOK_BACK); above--)
    if (/\.(?:cloudflarestream\.com|videodelivery\.net)\//.test(lines.text(above))) return true;
  return false;
}

/** A cell of a Markdown table, in a column of ids of a table about videos. */
function isInColumnOfIds(lines: Lines, line: number, start: number): boolean {
  if (!/^\s*\|/.test(lines.text(line))) return false;
  let head = line;
  while (head > 0 && line - head < LOOK_BACK && /^\s*\|/.test(lines.text(head - 1))) head--;
  if (head === line) return false;
  const titles = cells(lines.text(head));
  const title = titles[cells(lines.text(line).slice(0, start)).length - 1] ?? '';
  const verdict = judgeName(title);
  return verdict === 'video' || (verdict === 'bare' && titles.some(namesVideos));
}

function cells(row: string): readonly string[] {
  return row.trim().replace(/^\|/, '').split('|');
}

/**
 * The lines that hold a line, from the inside out: each less indented than the one before; above a list's items also a
 * line as far in as they are (YAML), and the header of a section (TOML).
 */
function* holders(lines: Lines, line: number): Generator<string> {
  let inner = lines.text(line);
  for (let above = line - 1; above >= Math.max(0, line - LOOK_BACK); above--) {
    const text = lines.text(above).replace(COMMENT_BEHIND, '');
    if (text.trim() === '') continue;
    const difference = indentation(text) - indentation(inner);
    const section = SECTION.exec(text)?.[1];
    const headsList = difference === 0 && /^\s*- /.test(inner) && !/^\s*(?:- |#)/.test(text);
    const opensBelow = difference === 0 && /^\s*[[{(]+$/.test(inner);
    if (difference < 0 || headsList || opensBelow) {
      inner = text;
      if (section !== undefined) yield `${section} =`;
      else yield opensBelow ? `${text} {` : text;
    } else if (difference === 0 && section !== undefined) {
      yield `${section} =`;
      return;
    }
  }
}

const SECTION = /^\s*\[{1,2}([\w.-]+)\]{1,2}\s*$/;
const COMMENT_BEHIND = /\s+(?:\/\/|#|--)\s.*$|\s*\/\*.*\*\/\s*$/;

function indentation(text: string): number {
  return text.length - text.trimStart().length;
}
