import * as l10n from '@vscode/l10n';
import { cleanMessage, cleanText } from '../../source/cleanText';
import { type DeliveryHost, deliveryUrl } from '../../stream/delivery/deliveryUrl';
import { downloadName } from '../../stream/delivery/downloadName';
import {
  isReachable,
  RESULT_FORMS,
  type ResultOptions,
  resultText,
  signedPoster,
} from '../../stream/delivery/resultForms';
import { readToken } from '../../stream/token/claims';
import type { Prompter } from '../prompter';
import { instantText, type TimeStyle } from '../times';
import { formText, needsCodeNote } from './formText';
import type { IdPlace, Output } from './output';
import { type Signing, videoText } from './signing';

/** Where the URLs of an account point. */
export function hostOf({ account }: Signing, origin: string | undefined): DeliveryHost {
  return {
    ...(account.customerCode !== undefined && { customerCode: account.customerCode }),
    ...(origin !== undefined && { origin }),
  };
}

/** What the hub shows and delivers: HLS in place of a form that the account has no host for. It plays everywhere. */
export function withReachableForm(signing: Signing, origin: string | undefined): Signing {
  return isReachable(signing.form, hostOf(signing, origin)) ? signing : { ...signing, form: 'hls' };
}

export interface DeliverParts {
  readonly output: Output;
  readonly prompter: Prompter;
  readonly times: TimeStyle;
  readonly deliveryOrigin?: string;
}

/** Turns a token into what was asked for and puts it where it was asked for. */
export async function deliverResult(signing: Signing, token: string, parts: DeliverParts): Promise<void> {
  const { output, prompter, times } = parts;
  const { form, destination } = withReachableForm(signing, parts.deliveryOrigin);
  const host = hostOf(signing, parts.deliveryOrigin);
  const options = optionsOf(signing, token);
  const result = resultText(form, token, host, options) ?? token;
  const until = untilText(token, times);
  switch (destination) {
    case 'insert':
      if (await output.insert(result)) return prompter.mention(l10n.t('Inserted: {0}, {1}', formText(form), until));
      await output.copy(result);
      return prompter.tell(
        l10n.t(
          'The result was not inserted, because the document is read-only or changed at the place for it. It is on the clipboard: {0}, {1}.',
          formText(form),
          until,
        ),
      );
    case 'replace':
      if (await output.replace(result)) return prompter.mention(replacedText(output.idPlace, formText(form), until));
      await output.copy(result);
      return prompter.tell(notReplacedText(output.idPlace, formText(form), until));
    case 'copy':
      await output.copy(result);
      return prompter.mention(l10n.t('Copied: {0}, {1}', formText(form), until));
    case 'show':
      return output.show(
        cleanMessage(signing.video?.name || l10n.t('Signed video'), 60),
        page(signing, token, host, options, until),
      );
  }
}

function replacedText(place: IdPlace | undefined, form: string, until: string): string {
  return place?.kind === 'token'
    ? l10n.t('In place of the token: {0}, {1}', form, until)
    : l10n.t('In place of the id: {0}, {1}', form, until);
}

function notReplacedText(place: IdPlace | undefined, form: string, until: string): string {
  return place?.kind === 'token'
    ? l10n.t(
        'The token was not replaced, because the document is read-only or changed at that place. The result is on the clipboard: {0}, {1}.',
        form,
        until,
      )
    : l10n.t(
        'The id was not replaced, because the document is read-only or changed at that place. The result is on the clipboard: {0}, {1}.',
        form,
        until,
      );
}

/** Until when a token is good, or that it can’t be read. */
export function untilText(token: string, times: TimeStyle): string {
  const read = readToken(token);
  const expiry = read.ok ? read.token.expiry : undefined;
  return expiry?.kind === 'seconds'
    ? l10n.t('valid until {0}', instantText(expiry.seconds, times))
    : l10n.t('without a readable expiry');
}

/** All forms at once, for reading and copying by hand. */
function page({ video }: Signing, token: string, host: DeliveryHost, options: ResultOptions, until: string): string {
  const title = video === undefined ? '' : videoText(video);
  const forms = RESULT_FORMS.map((form) => [form, resultText(form, token, host, options)] as const);
  const all = [...forms, ['lifecycle', deliveryUrl('lifecycle', token, host)] as const];
  return [
    title,
    until,
    '',
    ...all.map(([form, text]) => `${formText(form)}\n${text ?? `(${needsCodeNote()})`}\n`),
  ].join('\n');
}

/** What was set for the URLs, with what the video itself adds. */
function optionsOf({ video, urls = {} }: Signing, token: string): ResultOptions {
  if (video === undefined) return urls;
  const { player } = urls;
  const fileName = downloadName(video.name);
  return {
    ...urls,
    ...(player?.poster !== undefined && {
      player: { ...player, poster: signedPoster(player.poster, video.id, token) },
    }),
    ...(fileName !== undefined && { fileName }),
    title: cleanText(video.name, 100),
  };
}
