import type { Span } from './anchor';

/** What a stretch of a document becomes. */
export interface Replacement extends Span {
  readonly text: string;
}

interface Language {
  /** How the language reads a variable of the environment. */
  readonly read: (name: string) => string;
  /** How strings are joined. Absent where the reading stands inside the string. */
  readonly join?: string;
  /** A quote in which a reading can stand, and how it is marked there. */
  readonly template?: { readonly quote: string; readonly open: string; readonly close: string };
  /** Letters that may stand before a quote. */
  readonly prefix?: RegExp;
  /** Quotes within which nothing is read: they are closed around the reading. */
  readonly literalQuote?: string;
}

const javaScript: Language = {
  read: (name) => `process.env.${name}`,
  join: ' + ',
  template: { quote: '`', open: '${', close: '}' },
};
const shell: Language = { read: (name) => `\${${name}}`, literalQuote: "'" };
const jvm: Language = { read: (name) => `System.getenv("${name}")`, join: ' + ' };

/** By the identifiers that VS Code gives to languages. Whatever is not here gets `${NAME}`, which many tools replace. */
const LANGUAGES: Readonly<Record<string, Language>> = {
  javascript: javaScript,
  javascriptreact: javaScript,
  typescript: javaScript,
  typescriptreact: javaScript,
  vue: javaScript,
  svelte: javaScript,
  astro: javaScript,
  coffeescript: javaScript,
  python: { read: (name) => `os.environ["${name}"]`, join: ' + ', prefix: /(?<![\w])[rbfu]{1,2}$/i },
  ruby: { read: (name) => `ENV.fetch("${name}")`, join: ' + ', template: { quote: '"', open: '#{', close: '}' } },
  php: { read: (name) => `getenv('${name}')`, join: ' . ' },
  go: { read: (name) => `os.Getenv("${name}")`, join: ' + ' },
  java: jvm,
  kotlin: jvm,
  scala: jvm,
  groovy: jvm,
  csharp: {
    read: (name) => `Environment.GetEnvironmentVariable("${name}")`,
    join: ' + ',
    prefix: /[@$]{1,2}$/,
  },
  dart: { read: (name) => `Platform.environment['${name}']!`, join: ' + ' },
  elixir: { read: (name) => `System.fetch_env!("${name}")`, join: ' <> ' },
  lua: { read: (name) => `os.getenv("${name}")`, join: ' .. ' },
  perl: { read: (name) => `$ENV{${name}}`, join: ' . ' },
  rust: { read: (name) => `&std::env::var("${name}").unwrap()` },
  swift: { read: (name) => `ProcessInfo.processInfo.environment["${name}"]!`, join: ' + ' },
  powershell: { read: (name) => `$env:${name}`, literalQuote: "'" },
  bat: { read: (name) => `%${name}%` },
  makefile: { read: (name) => `$(${name})` },
  'github-actions-workflow': { read: (name) => `\${{ secrets.${name} }}` },
};
/** Where a reading is an expression of its own even though strings can't be joined with it. */
const EXPRESSIONS = new Set(['rust']);

/**
 * What puts a reading of the environment in place of a secret, in the way of the language: a string that is nothing but the
 * secret goes with its quotes, a longer one is taken apart or filled in.
 *
 * @param secret where it stands in the text, without quotes
 * @param languageId as VS Code names it
 */
export function environmentReference(text: string, secret: Span, name: string, languageId: string): Replacement {
  const language = LANGUAGES[languageId] ?? shell;
  const reading = language.read(name);
  const literal = literalAround(text, secret, language);
  if (literal === undefined) return { ...secret, text: reading };
  const { quote, start, end } = literal;
  const isWhole = literal.inner.start === secret.start && literal.inner.end === secret.end;
  const isExpression = language.join !== undefined || EXPRESSIONS.has(languageId);
  if (isExpression && MARKUP.has(languageId) && isAttribute(text.slice(0, start))) {
    return BRACED.has(languageId) && isWhole
      ? { start, end, text: `{${reading}}` }
      : { ...secret, text: shell.read(name) };
  }
  if (isExpression && isWhole) return { start, end, text: reading };
  if (language.literalQuote === quote) {
    return isWhole ? { start, end, text: `"${reading}"` } : { ...secret, text: `${quote}"${reading}"${quote}` };
  }
  const { template, join } = language;
  if (template?.quote === quote) return { ...secret, text: `${template.open}${reading}${template.close}` };
  if (join === undefined) return { ...secret, text: isExpression ? shell.read(name) : reading };
  const before = literal.inner.start < secret.start ? `${quote}${join}` : '';
  const after = secret.end < literal.inner.end ? `${join}${quote}` : '';
  return {
    start: before === '' ? start : secret.start,
    end: after === '' ? end : secret.end,
    text: `${before}${reading}${after}`,
  };
}

interface Literal extends Span {
  readonly quote: string;
  /** What is between the quotes. */
  readonly inner: Span;
}

/** The string around a stretch, when the quote before it opens on the same line and closes after it. */
function literalAround(text: string, { start, end }: Span, { prefix }: Language): Literal | undefined {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const open = openQuote(text, lineStart, start);
  if (open === undefined) return undefined;
  const quote = text.charAt(open);
  let close = end;
  while (close < text.length && text.charAt(close) !== quote) close += text.charAt(close) === '\\' ? 2 : 1;
  if (close >= text.length || (quote !== '`' && text.slice(end, close).includes('\n'))) return undefined;
  // Three quotes read as an empty string with a string after it.
  const tripled = text.slice(open - 2, open) === quote + quote && text.slice(close + 1, close + 3) === quote + quote;
  const extra = tripled ? 2 : 0;
  const marked = prefix?.exec(text.slice(lineStart, open - extra))?.[0].length ?? 0;
  return {
    quote,
    inner: { start: open + 1, end: close },
    start: open - extra - marked,
    end: close + 1 + extra,
  };
}

/** Where the quote stands that is still open at a place in a line. */
function openQuote(text: string, lineStart: number, at: number): number | undefined {
  let open: number | undefined;
  for (let index = lineStart; index < at; index++) {
    const character = text.charAt(index);
    if (character === '\\') index++;
    else if (open !== undefined && character === text.charAt(open)) open = undefined;
    else if (open === undefined && '"\'`'.includes(character)) open = index;
  }
  return open;
}

/** An element that is still open, up to the `=` of an attribute. */
const ATTRIBUTE = /<[A-Za-z][\w.:-]*\s(?:[^<>]|=>)*[\w:@.-]=$/;
/** The languages that have elements with attributes among their code. */
const MARKUP = new Set(['javascript', 'javascriptreact', 'typescriptreact', 'svelte', 'astro', 'vue']);
/** The ones of which the attributes take an expression in braces. */
const BRACED = new Set(['javascript', 'javascriptreact', 'typescriptreact', 'svelte', 'astro']);

function isAttribute(before: string): boolean {
  return ATTRIBUTE.test(before.slice(-2000));
}
