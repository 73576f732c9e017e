import { type DeliveryForm, type DeliveryHost, deliveryUrl, type UrlOptions } from './deliveryUrl';
import { elementCode, iframeCode, reactCode } from './embedCode';
import { parseDeliveryUrl, replaceSubject } from './parseDeliveryUrl';
import { optionsFor } from './urlOptions';

/** What a signing can end in: a URL with the token in place of the id, code around one, or the bare token. */
export type ResultForm =
  | 'hls'
  | 'llhls'
  | 'dvr'
  | 'dash'
  | 'whep'
  | 'iframe'
  | 'watch'
  | 'thumbnail'
  | 'animation'
  | 'mp4'
  | 'm4a'
  | 'iframeCode'
  | 'reactCode'
  | 'elementCode'
  | 'token';

export type FormGroup = 'playback' | 'player' | 'images' | 'downloads' | 'code';

/** In the order in which they are offered. */
export const FORM_GROUPS: readonly (readonly [FormGroup, readonly ResultForm[]])[] = [
  ['playback', ['hls', 'llhls', 'dvr', 'dash', 'whep']],
  ['player', ['iframe', 'watch']],
  ['images', ['thumbnail', 'animation']],
  ['downloads', ['mp4', 'm4a']],
  ['code', ['iframeCode', 'reactCode', 'elementCode', 'token']],
];

export const RESULT_FORMS: readonly ResultForm[] = FORM_GROUPS.flatMap(([, forms]) => forms);

/** What a person set for the URLs; see OPTIONS_OF_FORM for the names. */
export interface ResultOptions {
  readonly player?: UrlOptions;
  /** A place in the video, e.g. `1m5s`: its frame is the poster, at a URL of its own with the token in it. */
  readonly posterAt?: string;
  /** Of both images; the still one has no use for some. */
  readonly image?: UrlOptions;
  /** Under which a download is saved; see downloadName. */
  readonly fileName?: string;
  /** The video's name, for screen readers; empty when unknown. */
  readonly title?: string;
}

/**
 * What is inserted for a token (or for a public video's id). `undefined` when the form exists on the account's own host
 * only and the customer code is not known.
 */
export function resultText(
  form: ResultForm,
  idOrToken: string,
  host: DeliveryHost,
  options: ResultOptions = {},
): string | undefined {
  const url = (delivery: DeliveryForm, chosen?: UrlOptions) => deliveryUrl(delivery, idOrToken, host, chosen);
  switch (form) {
    case 'token':
      return idOrToken;
    case 'llhls':
      return url('hls', { protocol: 'llhls' });
    case 'dvr':
      return url('hls', { dvrEnabled: 'true' });
    case 'iframe':
      return url('iframe', playerOptions(idOrToken, host, options));
    case 'thumbnail':
    case 'animation':
      return url(form, optionsFor(form, options.image ?? {}));
    case 'mp4':
    case 'm4a':
      return url(form, options.fileName === undefined ? {} : { filename: options.fileName });
    case 'iframeCode': {
      const player = url('iframe', playerOptions(idOrToken, host, options));
      return player === undefined ? undefined : iframeCode(player, options.title ?? '');
    }
    case 'reactCode':
      return reactCode(idOrToken, host.customerCode, playerOptions(idOrToken, host, options));
    case 'elementCode':
      return elementCode(idOrToken, playerOptions(idOrToken, host, options));
    default:
      return url(form);
  }
}

/** Whether the account has a host for the form: some exist on its own host only, and for that its code must be known. */
export function isReachable(form: ResultForm, host: DeliveryHost): boolean {
  return resultText(form, '', host) !== undefined;
}

/** With the poster as the player needs it: of a private video every picture needs the token too. */
function playerOptions(idOrToken: string, host: DeliveryHost, { player = {}, posterAt }: ResultOptions): UrlOptions {
  const frame = posterAt === undefined ? undefined : deliveryUrl('thumbnail', idOrToken, host, { time: posterAt });
  return optionsFor('iframe', frame === undefined ? player : { ...player, poster: frame });
}

/** A poster's address for a token: where it is a picture of the same video by its id, the token takes the id's place. */
export function signedPoster(address: string, videoId: string, token: string): string {
  const parsed = parseDeliveryUrl(address);
  return parsed?.subject.text === videoId ? replaceSubject(address, parsed, token) : address;
}

/** A form with its URL. */
export interface UrlOfForm {
  readonly form: Exclude<ResultForm, 'token' | 'iframeCode' | 'reactCode' | 'elementCode'> | 'lifecycle';
  readonly url: string;
}

const URL_FORMS: readonly UrlOfForm['form'][] = [
  'hls',
  'llhls',
  'dvr',
  'dash',
  'whep',
  'iframe',
  'watch',
  'thumbnail',
  'animation',
  'mp4',
  'm4a',
  'lifecycle',
];

/** Every URL there is for an id or token on a host, without options. Forms that need the customer code are left out when it is not known. */
export function urlForms(idOrToken: string, host: DeliveryHost): readonly UrlOfForm[] {
  return URL_FORMS.flatMap((form) => {
    const url = form === 'lifecycle' ? deliveryUrl(form, idOrToken, host) : resultText(form, idOrToken, host);
    return url === undefined ? [] : [{ form, url }];
  });
}
