/** Strings, and what opens, closes and separates; in valid JSON nothing else matters here. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;

/**
 * The names that stand more than once in one object of a JSON text, at any depth, each once. Readers of JSON silently
 * take the last of them, or the first. The text must be valid.
 */
export function duplicateKeys(json: string): readonly string[] {
  const duplicates = new Set<string>();
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
      if (names?.has(name)) duplicates.add(name);
      names?.add(name);
    }
    last = token;
  }
  return [...duplicates];
}
