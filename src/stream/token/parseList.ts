/** A list as it was typed, entry by entry. */
export interface ListReading<Note, Problem> {
  /** Without doubles. */
  readonly values: readonly string[];
  /** What was changed: the entry as typed and the value it became. */
  readonly notes: readonly { readonly entry: string; readonly value: string; readonly note: Note | 'duplicate' }[];
  readonly problems: readonly { readonly entry: string; readonly problem: Problem }[];
}

type EntryResult<Note, Problem> =
  | { readonly ok: true; readonly value: string; readonly notes: readonly Note[] }
  | { readonly ok: false; readonly problem: Problem };

/** Reads entries with commas, semicolons, blanks or line breaks between them. Nothing but those is an empty list. */
export function parseList<Note, Problem>(
  text: string,
  parseEntry: (entry: string) => EntryResult<Note, Problem>,
): ListReading<Note, Problem> {
  const values = new Set<string>();
  const notes: ListReading<Note, Problem>['notes'][number][] = [];
  const problems: ListReading<Note, Problem>['problems'][number][] = [];
  for (const entry of text.split(/[\s,;\u00a0]+/).filter((part) => part !== '')) {
    const result = parseEntry(entry);
    if (!result.ok) {
      problems.push({ entry, problem: result.problem });
      continue;
    }
    const { value } = result;
    if (values.has(value)) notes.push({ entry, value, note: 'duplicate' });
    else notes.push(...result.notes.map((note) => ({ entry, value, note })));
    values.add(value);
  }
  return { values: [...values], notes, problems };
}
