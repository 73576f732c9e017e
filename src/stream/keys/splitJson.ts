/** Where an object of JSON begins, and not a block of source code. */
const BEGIN = /\{\s*["}]/g;

export interface SplitText {
  readonly objects: readonly object[];
  /** The text without them, with an empty value in the place of each. */
  readonly rest: string;
}

/** Finds the objects of JSON that stand anywhere in a text, also when it is the inside of a string literal. */
export function splitJson(text: string): SplitText {
  const objects: object[] = [];
  const around: string[] = [];
  let from = 0;
  for (const { index } of text.matchAll(BEGIN)) {
    if (index < from) continue;
    const end = endOfObject(text, index);
    // What is inside of a damaged object is as doubtful as the whole, and to look at each would take too long.
    if (end === undefined) break;
    const json = parseJson(text.slice(index, end));
    if (typeof json === 'object' && json !== null) objects.push(json);
    around.push(text.slice(from, json === undefined ? end : index));
    from = end;
  }
  if (objects.length === 0) return splitLiteral(text);
  return { objects, rest: [...around, text.slice(from)].join('""') };
}

function endOfObject(text: string, begin: number): number | undefined {
  let depth = 0;
  let inString = false;
  for (let at = begin; at < text.length; at++) {
    const character = text[at];
    if (character === '"') inString = !inString;
    else if (inString) at += character === '\\' ? 1 : 0;
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return at + 1;
  }
  return undefined;
}

function splitLiteral(text: string): SplitText {
  const begin = text.indexOf('{');
  const end = text.lastIndexOf('}') + 1;
  const inner = text.slice(begin, end);
  const literal = /^\{\s*\\/.test(inner) ? parseJson(`"${inner}"`) : undefined;
  if (typeof literal !== 'string') return { objects: [], rest: text };
  return splitJson(text.slice(0, begin) + literal + text.slice(end));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The message of the error would quote the text.
    return undefined;
  }
}
