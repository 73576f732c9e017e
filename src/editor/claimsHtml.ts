import type { ClaimsReport } from '../flows/claimsReport';

/** The words of the page that are not about one token; translated by the caller. */
export interface PageWords {
  readonly claims: string;
  readonly claim: string;
  readonly value: string;
  readonly meaning: string;
  readonly rules: string;
  readonly oddities: string;
  readonly raw: string;
  readonly copyJson: string;
  readonly decodeAnother: string;
}

export interface PageFrame {
  readonly language: string;
  readonly cspSource: string;
  readonly styleUri: string;
  readonly words: PageWords;
}

/** Markup that is known to be safe. Everything else that enters a template is escaped. */
class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** The one way to make markup: values are escaped, markup inside markup and lists of it are not. */
function html(strings: TemplateStringsArray, ...values: readonly (string | Markup | readonly Markup[])[]): Markup {
  return new Markup(String.raw({ raw: strings }, ...values.map(toText)));
}

function toText(value: string | Markup | readonly Markup[]): string {
  if (typeof value === 'string') return value.replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? '');
  return value instanceof Markup ? value.text : value.map(({ text }) => text).join('');
}

/**
 * The claims page: no scripts at all, one stylesheet, command links from an allow-list only. What a token says is a
 * stranger's text, so every value is escaped.
 */
export function claimsHtml(report: ClaimsReport, { language, cspSource, styleUri, words }: PageFrame): string {
  const csp = `default-src 'none'; style-src ${cspSource}; base-uri 'none'; form-action 'none'; frame-src 'none'; connect-src 'none'`;
  const { status } = report;
  return html`<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${csp}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${styleUri}">
<title>${report.title}</title>
</head>
<body>
<main>
<header class="${status.tone}">
<h1>${status.headline}</h1>
<p>${status.detail}</p>
<p class="signature">${report.signature}</p>
</header>
${list(words.oddities, report.oddities, 'oddities', 'ul')}
<section>
<h2>${words.claims}</h2>
<div class="scroll" tabindex="0" role="region" aria-label="${words.claims}">
<table>
<thead><tr><th scope="col">${words.claim}</th><th scope="col">${words.value}</th><th scope="col">${words.meaning}</th></tr></thead>
<tbody>${report.claims.map(
    ({ name, value, meaning }) => html`
<tr><th scope="row">${name}</th><td><code>${value}</code></td><td>${meaning}</td></tr>`,
  )}
</tbody>
</table>
</div>
</section>
${list(words.rules, report.rules, 'rules', report.rules.length > 1 ? 'ol' : 'ul')}
<section>
<h2>${words.raw}</h2>
<pre tabindex="0">${report.json}</pre>
<p class="actions"><a href="command:streamSigner.copyClaims">${words.copyJson}</a> <a href="command:streamSigner.decodeToken">${words.decodeAnother}</a></p>
</section>
</main>
</body>
</html>`.text;
}

function list(heading: string, sentences: readonly string[], kind: string, tag: 'ol' | 'ul'): Markup {
  if (sentences.length === 0) return html``;
  const items = sentences.map((sentence) => html`<li>${sentence}</li>`);
  const body = tag === 'ol' ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`;
  return html`<section class="${kind}"><h2>${heading}</h2>${body}</section>`;
}
