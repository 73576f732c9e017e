/** Blanks of other kinds than the plain one, as they come along from web pages and chats. */
const BLANK = /[^\S\r\n\t ]/g;
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\ufeff]+/gu;
const QUOTES_AROUND = /^[\s"'`]+|(?<![\s"'`,;])[\s"'`,;]+$/g;
/** `NAME=`, `export NAME=`, `$env:NAME = `, `"name": `, with a value behind it on the same line. */
const NAME =
  /(?:^|[\s;,])(?:export\s{1,4}|set\s{1,4}|\$env:)?["']?([A-Za-z_]\w{0,40})["']?[ \t]{0,8}[=:](?=[ \t]{0,8}[^=\s])/g;

/** A text as it was meant: nothing invisible in it, no quotes and blanks around it. */
export function cleanKeyText(text: string): string {
  return unquote(
    withoutNuls(text)
      .replace(UNSEEN, '')
      .replace(BLANK, ' ')
      .replace(/[“”„‟]/g, '"'),
  );
}

/** UTF-16, as PowerShell writes files, leaves a NUL beside each character when it is read as UTF-8. */
function withoutNuls(text: string): string {
  const start = text.replace(/^\ufffd{1,2}/, '');
  return /^(?:[^\0]\0)+$/.test(start) || /^(?:\0[^\0])+$/.test(start) ? start.replaceAll('\0', '') : text;
}

function unquote(text: string): string {
  return text.replace(QUOTES_AROUND, '');
}

/** A value in quotes, a block of YAML, and what may follow a value without quotes: a comment, a section, a list entry. */
const QUOTED = /^\s*(["'`])(.*?)\1/s;
const YAML_BLOCK = /^\s*[|>][+-]?(?=\s)/;
const END = /\s(?:[#[]|-(?=\s|$))/;
/** A box for one line drops the line breaks of what is pasted. `CLOUDFLARE_` in front is a part of the name. */
const LOST_BREAK = /(?<=[\w=-])(?=STREAM_KEY_(?:ID|JWK|PEM)["']?\s{0,8}[=:])(?<!(?:^|[\s;,:"'$])[A-Za-z]\w{0,40}_)/g;

export type NamedValue = readonly [name: string, value: string];

/**
 * The values in lines such as `STREAM_KEY_JWK=…`, by name. A value without quotes may go on over several lines. What
 * stands before the first name comes first, under the empty name: the whole text, when it names nothing.
 */
export function namedValues(text: string): readonly NamedValue[] {
  const lines = text.replace(LOST_BREAK, '\n');
  const names = [...lines.matchAll(NAME)];
  const values = names.map((name, at): NamedValue => {
    const value = lines.slice(name.index + name[0].length, names[at + 1]?.index).replace(YAML_BLOCK, '');
    return [name[1] ?? '', unquote(QUOTED.exec(value)?.[2] ?? value.split(END, 1)[0] ?? '')];
  });
  return [['', unquote(lines.slice(0, names[0]?.index))], ...values];
}
