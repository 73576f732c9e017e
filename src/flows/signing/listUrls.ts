import type { DeliveryHost } from '../../stream/delivery/deliveryUrl';
import { subjectOf } from '../../stream/delivery/parseDeliveryUrl';
import { type UrlOfForm, urlForms } from '../../stream/delivery/resultForms';
import { formText } from './formText';

/** A delivery URL with the name of its form in the person's language. */
export interface NamedUrl extends UrlOfForm {
  readonly label: string;
}

/** Every delivery URL for an id or token, in the order in which forms are offered; none for anything else. */
export function listUrls(idOrToken: string, host: DeliveryHost): readonly NamedUrl[] {
  const subject = subjectOf(idOrToken);
  if (subject === undefined) return [];
  return urlForms(subject.text, host).map(({ form, url }) => ({ form, url, label: formText(form) }));
}
