/** Why a text holds no customer code. Never carries the text itself. */
export type CustomerCodeProblem =
  | { readonly code: 'empty' }
  /** 32 hex digits: the id of an account, a video or a key. */
  | { readonly code: 'id' }
  /** A host that all accounts share, e.g. `videodelivery.net`. */
  | { readonly code: 'sharedHost' }
  | { readonly code: 'otherHost' }
  | { readonly code: 'characters' }
  | { readonly code: 'tooLong'; readonly characters: number };

export type CustomerCodeResult =
  | { readonly ok: true; readonly customerCode: string }
  | { readonly ok: false; readonly problem: CustomerCodeProblem };

const CUSTOMER_HOST = /^customer-([a-z0-9]+)\.cloudflarestream\.com$/;
const STREAM_HOST = /^(?:[a-z0-9-]+\.)*(?:cloudflarestream\.com|videodelivery\.net)$/;
const ID = /^[0-9a-f]{32}$/;

/** Every published code has 16 characters. What has twice as many is something else, and may be a credential. */
const MAX_CODE = 32;
/** Longest text that is looked at: a signed URL is far below. */
const MAX_TEXT = 16_384;

/** The customer code in a URL of the form `https://customer-CODE.cloudflarestream.com/…`. No field of the API has it. */
export function customerCodeOf(url: string): string | undefined {
  return customerCodeOfHost(URL.parse(url)?.hostname ?? '');
}

/** The customer code in a lower-case host name. */
export function customerCodeOfHost(host: string): string | undefined {
  return CUSTOMER_HOST.exec(host)?.[1];
}

/**
 * Reads the customer code out of what a person typed or pasted: the code alone or with `customer-` before it, the host
 * name, or any URL of that host. Host names know no upper case, so the code is lowered.
 *
 * It is not the account id, with which it is easily confused: `customer-<account id>` leads nowhere.
 */
export function parseCustomerCode(text: string): CustomerCodeResult {
  if (text.length > MAX_TEXT) return problem({ code: 'tooLong', characters: text.length });
  const trimmed = text.trim().replace(/^["'`]+|["'`,;]{1,5}$/g, '');
  if (trimmed === '') return problem({ code: 'empty' });
  if (/[./:]/.test(trimmed)) return codeOfHost(trimmed);
  const code = trimmed.toLowerCase().replace(/^customer-/, '');
  return checked(code);
}

function codeOfHost(text: string): CustomerCodeResult {
  const absolute = /^https?:\/\//i.test(text) ? text : `https://${text.replace(/^\/\//, '')}`;
  const host = URL.parse(absolute)?.hostname;
  // `a/b` and `a:b` are read as an address too, but nobody meant one.
  if (host === undefined || !host.includes('.')) return problem({ code: 'characters' });
  const code = customerCodeOfHost(host);
  if (code !== undefined) return checked(code);
  return problem({ code: STREAM_HOST.test(host) ? 'sharedHost' : 'otherHost' });
}

function checked(code: string): CustomerCodeResult {
  if (ID.test(code)) return problem({ code: 'id' });
  if (!/^[a-z0-9]+$/.test(code)) return problem({ code: 'characters' });
  if (code.length > MAX_CODE) return problem({ code: 'tooLong', characters: code.length });
  return { ok: true, customerCode: code };
}

function problem(value: CustomerCodeProblem): CustomerCodeResult {
  return { ok: false, problem: value };
}
