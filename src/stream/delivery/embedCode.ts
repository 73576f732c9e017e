import type { UrlOptions } from './deliveryUrl';

/**
 * The player as HTML, with the attributes of Cloudflare's own example
 * (https://developers.cloudflare.com/stream/viewing-videos/using-the-stream-player/) and, where the video has a name, a
 * title: screen readers say it. One line, because it is inserted at any indentation.
 */
export function iframeCode(url: string, title: string): string {
  const attributes = [
    ['src', url],
    ...(title === '' ? [] : [['title', title]]),
    ['style', 'border: none'],
    ['height', '720'],
    ['width', '1280'],
    ['allow', 'accelerometer; gyroscope; autoplay; encrypted-media; picture-in-picture;'],
    ['allowfullscreen', 'true'],
  ];
  return `<iframe ${attributes.map(([name = '', value = '']) => attribute(name, value)).join(' ')}></iframe>`;
}

/** What the React component calls the options of the player's URL. It has no property for DVR. */
const REACT_PROPERTIES: Readonly<Record<string, string>> = {
  autoplay: 'autoplay',
  muted: 'muted',
  loop: 'loop',
  preload: 'preload',
  startTime: 'startTime',
  defaultTextTrack: 'defaultTextTrack',
  primaryColor: 'primaryColor',
  letterboxColor: 'letterboxColor',
  poster: 'poster',
  'ad-url': 'adUrl',
};

/** The component of the npm package `@cloudflare/stream-react`. Its controls are hidden unless it says otherwise. */
export function reactCode(idOrToken: string, customerCode: string | undefined, options: UrlOptions): string {
  return `<Stream ${[
    ...(options.controls === 'false' ? [] : ['controls']),
    attribute('src', idOrToken),
    ...(customerCode === undefined ? [] : [attribute('customerCode', customerCode)]),
    ...attributes(options, REACT_PROPERTIES),
  ].join(' ')} />`;
}

/** The legacy element takes what a video element takes. */
const ELEMENT_ATTRIBUTES: Readonly<Record<string, string>> = {
  autoplay: 'autoplay',
  muted: 'muted',
  loop: 'loop',
  preload: 'preload',
  poster: 'poster',
  'ad-url': 'ad-url',
};

/** The older `<stream>` element with the script that brings it to life. Pages that have it go on working. */
export function elementCode(idOrToken: string, options: UrlOptions): string {
  const element = [
    attribute('src', idOrToken),
    ...(options.controls === 'false' ? [] : ['controls']),
    ...attributes(options, ELEMENT_ATTRIBUTES),
  ].join(' ');
  const script = attribute('src', `https://embed.cloudflarestream.com/embed/r4xu.fla9.latest.js?video=${idOrToken}`);
  return `<stream ${element}></stream><script data-cfasync="false" defer type="text/javascript" ${script}></script>`;
}

function attributes(options: UrlOptions, names: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(options).flatMap(([option, value]) => {
    const name = Object.hasOwn(names, option) ? names[option] : undefined;
    if (name === undefined) return [];
    return value === 'true' ? [name] : [attribute(name, value)];
  });
}

/** JSX and HTML both read these references in a quoted value. */
function attribute(name: string, value: string): string {
  const escaped = value
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('{', '&#123;');
  return `${name}="${escaped}"`;
}
