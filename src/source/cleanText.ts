/** C0 and C1 controls, what reorders text, and characters without width, except the ones that emoji and scripts join with. */
const INVISIBLE =
  /[[\p{Cc}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]--[\u200c\u200d\ufe00-\ufe0f\u{e0100}-\u{e01ef}]]+/gv;
/** Something besides blanks and those joiners. */
const VISIBLE = /[^\s\p{Default_Ignorable_Code_Point}]/u;

/**
 * Makes text from outside (a video's name, a message of the API, a claim) fit for one line of the interface: no line
 * breaks, no characters that reorder or hide others, no longer than `limit` characters. Empty when nothing can be seen.
 */
export function cleanText(text: string, limit = 200): string {
  const line = text
    .slice(0, limit * 4)
    .toWellFormed()
    .replace(INVISIBLE, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (!VISIBLE.test(line)) return '';
  const characters = [...line];
  return characters.length <= limit ? line : `${characters.slice(0, limit - 1).join('')}…`;
}

/** Like {@link cleanText}, for a label: there `$(name)` would become an icon. */
export function cleanLabel(text: string, limit = 100): string {
  return cleanText(text, limit).replaceAll('$(', '$\u200a(');
}

/**
 * Like {@link cleanText}, for a notification: VS Code turns `[x](command:…)` and bare addresses in any message into
 * links that it opens.
 */
export function cleanMessage(text: string, limit = 300): string {
  return cleanText(text, limit).replaceAll('](', ']\u200a(').replaceAll('://', ':/\u200a/');
}

/** JSON with what can't be seen, or reorders what can, written as `\uXXXX`: the same value, and honest to look at. */
export function escapeInvisible(json: string): string {
  const escapeUnits = (text: string) =>
    Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');
  return json.replace(INVISIBLE, (text) => (text === '\n' ? text : text.split('\n').map(escapeUnits).join('\n')));
}
