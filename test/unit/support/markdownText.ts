import type { Markdown } from '../../../src/editor/hoverMarkdown';

/** A MarkdownString of VS Code 1.105, as far as it is written to. */
export function markdownText(): Markdown & { value: string } {
  const markdown = {
    value: '',
    appendText(text: string) {
      markdown.value += text
        .replace(/[\\`*_{}[\]()#+\-!~]/g, '\\$&')
        .replace(/[ \t]+/g, (blanks) => '&nbsp;'.repeat(blanks.length))
        .replace(/>/g, '\\>')
        .replace(/\n/g, '\n\n');
      return markdown as never;
    },
    appendMarkdown(text: string) {
      markdown.value += text;
      return markdown as never;
    },
  };
  return markdown;
}
