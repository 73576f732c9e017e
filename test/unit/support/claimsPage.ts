import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import type { PageFrame } from '../../../src/editor/claimsHtml';
import type { PageWords } from '../../../src/editor/claimsWords';

const words: PageWords = {
  title: (videoId) => (videoId === undefined ? 'Token' : `Token for ${videoId}`),
  actions: 'Actions',
  details: 'Will it play?',
  tones: { good: 'Fine.', bad: 'Wrong.', unsure: 'Doubtful.', neutral: 'Note.' },
  claims: 'Claims',
  claim: 'Claim',
  value: 'Value',
  meaning: 'Meaning',
  ofHeader: (name) => `${name} (header)`,
  rules: 'Who may watch',
  oddities: 'Worth a look',
  urls: 'URLs with this token',
  form: 'Form',
  url: 'URL',
  token: 'Token',
  raw: 'As JSON',
  copy: 'Copy',
  copyNamed: (name) => `Copy: ${name}`,
  copyJson: 'Copy as JSON',
  openJson: 'Open as JSON',
  askVideo: 'Ask Cloudflare…',
  testViewer: 'Test a viewer…',
  checkPlayback: 'Check playback…',
  playback: 'Playback check',
  resource: 'Asked for',
  by: 'With',
  answer: 'Answer',
  signAgain: 'Sign again and copy',
  edit: 'Edit and sign…',
  compare: 'Compare with another token…',
  decode: 'Decode a token…',
  decodeAnother: 'Decode another token…',
  nothing: 'No token here',
  notKept: 'Paste the token again.',
};

/** A webview for the claims page. */
export const FRAME: PageFrame = {
  language: 'en',
  nonce: 'n0nce',
  words,
};

export interface Seen {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Every element of a page as an HTML parser sees it, in order, with the text right inside it. */
export function elements(page: string): readonly Seen[] {
  const found: Seen[] = [];
  const walk = (node: DefaultTreeAdapterTypes.Node) => {
    if (!('childNodes' in node)) return;
    if ('tagName' in node) {
      const texts = node.childNodes.map((child) => ('value' in child ? child.value : ''));
      const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
      found.push({ name: node.tagName, attributes, text: texts.join('') });
    }
    for (const child of node.childNodes) walk(child);
  };
  walk(parse(page));
  return found;
}

/** What a page is made of: the kinds of its elements with their attributes, in order. */
export const shape = (seen: readonly Seen[]) =>
  seen.map(({ name, attributes }) => `${name} ${Object.keys(attributes).join()}`);
