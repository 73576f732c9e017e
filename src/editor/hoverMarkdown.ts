import type { MarkdownString } from 'vscode';
import type { HoverAct, HoverCard } from '../flows/documents/hoverCard';
import { cleanText } from '../source/cleanText';

/** What is written into: the value of a hover. */
export type Markdown = Pick<MarkdownString, 'appendText' | 'appendMarkdown'>;

/** A line that is longer is cut. */
const MAX_CHARACTERS = 1200;

/**
 * Writes a card. What it says goes through `appendText` as one line each, so that it can end neither a paragraph nor a
 * list; links lead only where `linkOf` says, and nowhere that a token or a video names.
 */
export function writeHover(card: HoverCard, markdown: Markdown, linkOf: (act: HoverAct) => string | undefined): void {
  const { headline, sentences, lines, rules, notes, thumbnail, actions } = card;
  markdown.appendMarkdown('**');
  write(headline, markdown);
  markdown.appendMarkdown('**\n\n');
  paragraphs(sentences, markdown);
  if (thumbnail !== undefined) markdown.appendMarkdown(`![](${encodeURI(thumbnail).replace(/[()]/g, '')})\n\n`);
  // A hover shows some ten lines, and what can be done should be among them.
  const links = actions.flatMap(({ act, label }) => {
    const link = linkOf(act);
    return link === undefined ? [] : [{ label, link }];
  });
  links.forEach(({ label, link }, index) => {
    markdown.appendMarkdown(index === 0 ? '[' : ' | [');
    write(label, markdown);
    markdown.appendMarkdown(`](${link})`);
  });
  if (links.length > 0) markdown.appendMarkdown('\n\n');
  for (const { subject, text } of lines) {
    markdown.appendMarkdown('- **');
    write(subject, markdown);
    markdown.appendMarkdown('** · ');
    write(text, markdown);
    markdown.appendMarkdown('\n');
  }
  if (lines.length > 0) markdown.appendMarkdown('\n');
  rules.forEach((rule, index) => {
    markdown.appendMarkdown(`${index + 1}. `);
    write(rule, markdown);
    markdown.appendMarkdown('\n');
  });
  if (rules.length > 0) markdown.appendMarkdown('\n');
  paragraphs(notes, markdown);
}

function paragraphs(sentences: readonly string[], markdown: Markdown): void {
  for (const sentence of sentences) {
    write(sentence, markdown);
    markdown.appendMarkdown('\n\n');
  }
}

/** What would become an address, an e-mail address, an element, an entity, a list's number or a table in spite of `appendText`. */
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  ':': '&colon;',
  '.': '&period;',
  '@': '&commat;',
  '|': '&vert;',
  '=': '&equals;',
  $: '&dollar;',
  '^': '&Hat;',
};

/** Word by word, since `appendText` would make blanks at which no line can break. */
function write(text: string, markdown: Markdown): void {
  cleanText(text, MAX_CHARACTERS)
    .split(' ')
    .forEach((word, index) => {
      if (index > 0) markdown.appendMarkdown(' ');
      markdown.appendText(word.replace(/[&<:.@|=$^]/g, (character) => ENTITIES[character] ?? ''));
    });
}
