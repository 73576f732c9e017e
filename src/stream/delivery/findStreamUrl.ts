import { type ParsedDeliveryUrl, parseDeliveryUrl, type Stretch } from './parseDeliveryUrl';

/** A delivery URL in a text. `subjectAt` counts from the beginning of the text. */
export interface FoundStreamUrl extends ParsedDeliveryUrl {
  /** The URL itself in the text. */
  readonly at: Stretch;
}

/**
 * Where a URL may stand. Without a scheme a host must begin where a name can: `notcloudflarestream.com` is somebody
 * else's. Brackets end a URL: no delivery URL has any, and Markdown, CSS and code put them around it.
 */
const CANDIDATE =
  /https?:\/\/(?:\[::1\])?[^\s"'`<>\\()[\]{}|^]+|(?<![\w.@-])(?:[a-z0-9-]+\.)*(?:cloudflarestream\.com|videodelivery\.net)\/[^\s"'`<>\\()[\]{}|^]+/gi;

/**
 * The first delivery URL in a text, as people paste it: inside code, Markdown, HTML or JSON (`https:\/\/`), or
 * percent-encoded as a parameter of something else.
 */
export function findStreamUrl(text: string): FoundStreamUrl | undefined {
  return (
    findIn({ text }) ??
    (text.includes('\\/') ? findIn(unescaped(text, /\\\//g, () => '/')) : undefined) ??
    (/%2f/i.test(text)
      ? findIn(unescaped(text, /%[2-7][0-9a-f]/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16))))
      : undefined)
  );
}

/** A text with its escapes resolved, and for every place in it the place in the text it was made of. */
interface View {
  readonly text: string;
  readonly places?: readonly number[];
}

function findIn({ text, places }: View): FoundStreamUrl | undefined {
  for (const { 0: candidate, index } of text.matchAll(CANDIDATE)) {
    // The end of a sentence is no part of the address in it.
    const url = candidate.replace(/[.,;:!?*]+$/, '');
    const parsed = parseDeliveryUrl(url);
    if (parsed === undefined) continue;
    const inText = ({ start, end }: Stretch): Stretch => {
      const [from, to] = [index + start, index + end];
      return { start: places?.[from] ?? from, end: places?.[to] ?? to };
    };
    return { ...parsed, at: inText({ start: 0, end: url.length }), subjectAt: inText(parsed.subjectAt) };
  }
  return undefined;
}

function unescaped(text: string, escapes: RegExp, resolve: (code: string) => string): View {
  let resolved = '';
  const places: number[] = [];
  let from = 0;
  const copyUntil = (end: number) => {
    for (; from < end; from++) {
      resolved += text[from];
      places.push(from);
    }
  };
  for (const { 0: code, index } of text.matchAll(escapes)) {
    copyUntil(index);
    resolved += resolve(code);
    places.push(index);
    from = index + code.length;
  }
  copyUntil(text.length);
  places.push(text.length);
  return { text: resolved, places };
}
