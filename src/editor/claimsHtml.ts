import type { PlaybackReport } from '../flows/inspector/checkPlayback';
import type { ClaimRow } from '../flows/inspector/claimRows';
import type { ClaimsReport } from '../flows/inspector/claimsReport';
import type { RuleReport } from '../flows/inspector/ruleReport';
import type { Tone, VerdictLine } from '../flows/inspector/verdictLines';
import style from './claims.css';
import type { ClaimsPart } from './claimsParts';
import type { PageWords } from './claimsWords';
import { html, Markup } from './html';

export interface PageFrame {
  readonly language: string;
  /** Nobody can guess it, and each page has its own: only the stylesheet that carries it counts. */
  readonly nonce: string;
  readonly words: PageWords;
}

/** The commands that links on the page may run; VS Code opens no other. */
export const PAGE_COMMANDS = [
  'streamSigner.copyTokenPart',
  'streamSigner.copyClaims',
  'streamSigner.openClaims',
  'streamSigner.decodeToken',
  'streamSigner.askTokenVideo',
  'streamSigner.testTokenViewer',
  'streamSigner.checkPlayback',
  'streamSigner.compareTokens',
  'streamSigner.signTokenAgain',
  'streamSigner.editToken',
] as const;
type PageCommand = (typeof PAGE_COMMANDS)[number];

/**
 * The claims page: no scripts at all, one stylesheet, command links from an allow-list only. What a token says is a
 * stranger's text, so every value is escaped, and no link carries any of it.
 */
export function claimsHtml(report: ClaimsReport, frame: PageFrame): string {
  const { words } = frame;
  return page(
    words.title(report.videoId),
    frame,
    html`<header class="${report.tone}">
<h1>${report.headline}</h1>
${report.advice.map((sentence) => html`<p>${sentence}</p>`)}
<p class="note">${report.judgedAt}</p>
</header>
<nav aria-label="${words.actions}"><ul class="actions">${actions(report, words)}
</ul></nav>
<section><h2>${words.details}</h2>
<dl class="lines">${report.lines.map((line) => verdictLine(line, words))}
</dl></section>
${playback(report.playback, words)}
${oddities(report.oddities, words)}
<section><h2>${words.rules}</h2>
${rules(report.rules)}</section>
${claimsTable(report.claims, words)}
${urlTable(report, words)}
<section><h2>${words.raw}</h2>
<pre tabindex="0" aria-label="${words.raw}">${report.json}</pre>
<ul class="actions"><li>${link(words.copyJson, 'streamSigner.copyClaims')}</li><li>${link(words.openJson, 'streamSigner.openClaims')}</li></ul>
</section>`,
  );
}

function actions({ videoId }: ClaimsReport, words: PageWords): readonly Markup[] {
  return [
    ...(videoId !== undefined
      ? [
          link(words.checkPlayback, 'streamSigner.checkPlayback'),
          link(words.signAgain, 'streamSigner.signTokenAgain'),
          link(words.edit, 'streamSigner.editToken'),
        ]
      : []),
    link(words.compare, 'streamSigner.compareTokens'),
    link(words.decodeAnother, 'streamSigner.decodeToken'),
  ].map(
    (action) => html`
<li>${action}</li>`,
  );
}

/** The page of a window that was restored: the token is gone with the window before. */
export function emptyHtml(frame: PageFrame): string {
  const { words } = frame;
  return page(
    words.nothing,
    frame,
    html`<header class="neutral"><h1>${words.nothing}</h1><p>${words.notKept}</p></header>
<ul class="actions"><li>${link(words.decode, 'streamSigner.decodeToken')}</li></ul>`,
  );
}

function page(title: string, { language, nonce }: PageFrame, body: Markup): string {
  const csp = `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-src 'none'; connect-src 'none'`;
  return html`<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${csp}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style nonce="${nonce}">${new Markup(style)}</style>
<title>${title}</title>
</head>
<body>
<main>
${body}
</main>
</body>
</html>`.text;
}

/** A link that runs a command; with a name of its own where many links on the page read the same. */
function link(label: string, command: PageCommand, argument?: ClaimsPart, name?: string): Markup {
  const query = argument === undefined ? '' : `?${encodeURIComponent(JSON.stringify([argument]))}`;
  const named = name === undefined ? html`` : html` aria-label="${name}" title="${name}"`;
  return html`<a href="command:${command}${query}"${named}>${label}</a>`;
}

const MARKS = { good: '✓', bad: '✗', unsure: '!', neutral: '·' } as const;

function verdictLine({ subject, tone, text, action }: VerdictLine, words: PageWords): Markup {
  const actions = {
    askVideo: () => link(words.askVideo, 'streamSigner.askTokenVideo'),
    testViewer: () => link(words.testViewer, 'streamSigner.testTokenViewer'),
  };
  return html`
<div class="line ${tone}"><dt>${subject}</dt><dd><span class="mark" aria-hidden="true">${MARKS[tone]}</span><span class="text"><span class="spoken">${words.tones[tone]}</span> ${text} ${action === undefined ? html`` : actions[action]()}</span></dd></div>`;
}

function playback(report: PlaybackReport | undefined, words: PageWords): Markup {
  if (report === undefined) return html``;
  const rows = report.rows.map(
    ({ what, by, answer, tone, meaning }) => html`
<tr role="row"><th role="rowheader" scope="row">${what}</th><td role="cell">${by}</td><td role="cell">${answer}</td><td role="cell" class="${tone}">${mark(tone, words)} ${meaning}</td></tr>`,
  );
  return html`<section><h2>${words.playback}</h2>
<p class="check ${report.tone}">${mark(report.tone, words)} <strong>${report.conclusion}</strong></p>
<p class="note">${report.asked}</p>
<table role="table" class="playback">
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">${words.resource}</th><th role="columnheader" scope="col">${words.by}</th><th role="columnheader" scope="col">${words.answer}</th><th role="columnheader" scope="col">${words.meaning}</th></tr></thead>
<tbody role="rowgroup">${rows}
</tbody>
</table></section>`;
}

function mark(tone: Tone, words: PageWords): Markup {
  return html`<span class="mark" aria-hidden="true">${MARKS[tone]}</span><span class="spoken">${words.tones[tone]}</span>`;
}

function oddities(sentences: readonly string[], words: PageWords): Markup {
  if (sentences.length === 0) return html``;
  return html`<section class="oddities"><h2>${words.oddities}</h2>${list(sentences)}</section>`;
}

function list(sentences: readonly string[]): Markup {
  return sentences.length === 0 ? html`` : html`<ul>${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>`;
}

function rules(report: RuleReport): Markup {
  const items = report.rules.map(
    ({ sentence, warnings }) =>
      html`<li>${sentence}${warnings.map((warning) => html`<p class="odd">${warning}</p>`)}</li>`,
  );
  return html`${report.warnings.map((warning) => html`<p class="odd">${warning}</p>`)}
${report.rules.length > 1 ? html`<ol class="rules">${items}</ol>` : html`<ul class="rules">${items}</ul>`}`;
}

function claimsTable(rows: readonly ClaimRow[], words: PageWords): Markup {
  return html`<section><h2>${words.claims}</h2>
<table role="table" class="claims">
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">${words.claim}</th><th role="columnheader" scope="col">${words.value}</th><th role="columnheader" scope="col">${words.meaning}</th></tr></thead>
<tbody role="rowgroup">${rows.map((row, index) => claimRow(row, index, words))}
</tbody>
</table></section>`;
}

function claimRow({ part, name, value, meaning, oddities: odd }: ClaimRow, index: number, words: PageWords): Markup {
  const shown = part === 'header' ? words.ofHeader(name) : name;
  return html`
<tr role="row"><th role="rowheader" scope="row">${shown}</th><td role="cell"><code>${value}</code> ${link(words.copy, 'streamSigner.copyTokenPart', `claims/${index}`, words.copyNamed(shown))}</td><td role="cell">${meaning}${odd.map((sentence) => html`<p class="odd">${sentence}</p>`)}</td></tr>`;
}

function urlTable({ given: { token }, urls }: ClaimsReport, words: PageWords): Markup {
  if (urls.length === 0) return html``;
  const rows = urls.map(
    ({ label, url }, index) => html`
<tr role="row"><th role="rowheader" scope="row">${label}</th><td role="cell"><code>${shortened(url, token)}</code> ${link(words.copy, 'streamSigner.copyTokenPart', `urls/${index}`, words.copyNamed(label))}</td></tr>`,
  );
  return html`<section><h2>${words.urls}</h2>
<table role="table" class="urls">
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">${words.form}</th><th role="columnheader" scope="col">${words.url}</th></tr></thead>
<tbody role="rowgroup">
<tr role="row"><th role="rowheader" scope="row">${words.token}</th><td role="cell">${link(words.copy, 'streamSigner.copyTokenPart', 'token', words.copyNamed(words.token))}</td></tr>${rows}
</tbody>
</table></section>`;
}

/** As many characters of a token as tell two of them apart: all begin alike. */
const TOKEN_ENDS = 4;

/** The URL with little of its token, so that it can be seen how the URLs differ: in what stands around it. */
function shortened(url: string, token: string): string {
  if (token.length <= 2 * TOKEN_ENDS) return url;
  return url.replaceAll(token, () => `${token.slice(0, TOKEN_ENDS)}…${token.slice(-TOKEN_ENDS)}`);
}
