import * as l10n from '@vscode/l10n';
import { cleanMessage } from '../source/cleanText';
import { deliveryUrl, RESULT_FORMS } from '../stream/deliveryUrl';
import { readToken } from '../stream/token/claims';
import type { Output } from './output';
import type { Prompter } from './prompter';
import { formText, type Signing, videoText } from './signing';
import { instantText, type TimeStyle } from './times';

export interface DeliverParts {
  readonly output: Output;
  readonly prompter: Prompter;
  readonly times: TimeStyle;
  readonly deliveryOrigin?: string;
}

/** Turns a token into what was asked for and puts it where it was asked for. */
export async function deliverResult(signing: Signing, token: string, parts: DeliverParts): Promise<void> {
  const { output, prompter, times } = parts;
  const { account, form, destination } = signing;
  const host = {
    ...(account.customerCode !== undefined && { customerCode: account.customerCode }),
    ...(parts.deliveryOrigin !== undefined && { origin: parts.deliveryOrigin }),
  };
  const result = deliveryUrl(form, token, host);
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
function page(
  { video }: Signing,
  token: string,
  host: { customerCode?: string; origin?: string },
  until: string,
): string {
  const title = video === undefined ? '' : videoText(video);
  const forms = RESULT_FORMS.map((form) => `${formText(form)}\n${deliveryUrl(form, token, host)}\n`);
  return [title, until, '', ...forms].join('\n');
}
