/** Strings, and what opens, closes and separates; in valid JSON nothing else matters here. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;

/** Names that stand more than once in one object, each once: of the outermost object, and of those inside. */
export interface DuplicateKeys {
  readonly outer: readonly string[];
  readonly inner: readonly string[];
}

/** The duplicate names of a JSON text. Readers silently take the last of them, or the first. The text must be valid. */
export function duplicateKeys(json: string): DuplicateKeys {
  const outer = new Set<string>();
  const inner = new Set<string>();
  const open: (Set<string> | undefined)[] = [];
  let last = '';
  for (const [token] of json.matchAll(TOKENS)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (token === ':') {
      // Escapes are resolved: "\u0073ub" is "sub".
      const name = String(JSON.parse(last));
      const names = open.at(-1);
      if (names?.has(name)) (open.length === 1 ? outer : inner).add(name);
      names?.add(name);
    }
    last = token;
  }
  return { outer: [...outer], inner: [...inner] };
}
