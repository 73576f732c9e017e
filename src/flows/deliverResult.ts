import * as l10n from '@vscode/l10n';
import { cleanMessage } from '../source/cleanText';
import type { DeliveryHost } from '../stream/delivery/deliveryUrl';
import { RESULT_FORMS, type ResultForm, resultText, urlForms } from '../stream/delivery/resultForms';
import { readToken } from '../stream/token/claims';
import { formText } from './formText';
import type { Output } from './output';
import type { Prompter } from './prompter';
import { type Signing, videoText } from './signing';
import { instantText, type TimeStyle } from './times';

/** Where the URLs of an account point. */
export function hostOf({ account }: Signing, origin: string | undefined): DeliveryHost {
  return {
    ...(account.customerCode !== undefined && { customerCode: account.customerCode }),
    ...(origin !== undefined && { origin }),
  };
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
  const { destination } = signing;
  const host = hostOf(signing, parts.deliveryOrigin);
  const wanted = resultText(signing.form, token, host);
  // The hub offers no form that the account has no host for; should one come through, the token itself is never wrong.
  const [form, result]: [ResultForm, string] = wanted === undefined ? ['token', token] : [signing.form, wanted];
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
    case 'copy':
      await output.copy(result);
      return prompter.mention(l10n.t('Copied: {0}, {1}', formText(form), until));
    case 'show':
      return output.show(
        cleanMessage(signing.video?.name || l10n.t('Signed video'), 60),
        page(signing, token, host, until),
      );
  }
}

function untilText(token: string, times: TimeStyle): string {
  const read = readToken(token);
  const expiry = read.ok ? read.token.expiry : undefined;
  return expiry?.kind === 'seconds'
    ? l10n.t('valid until {0}', instantText(expiry.seconds, times))
    : l10n.t('without a readable expiry');
}

/** All forms at once, for reading and copying by hand. */
function page({ video }: Signing, token: string, host: DeliveryHost, until: string): string {
  const title = video === undefined ? '' : videoText(video);
  const urls = urlForms(token, host);
  const codes = RESULT_FORMS.filter((form) => !urls.some((url) => url.form === form)).map((form) => ({
    form,
    url: resultText(form, token, host) ?? l10n.t('(needs the customer code of the account)'),
  }));
  return [title, until, '', ...[...urls, ...codes].map(({ form, url }) => `${formText(form)}\n${url}\n`)].join('\n');
}
