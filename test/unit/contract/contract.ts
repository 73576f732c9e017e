import { readPublishedContract } from './document';
import { type Body, type Check, type CompiledContract, compileContract, type Operation } from './operations';

/** A request as it was sent. */
export interface SentRequest {
  readonly method: string;
  /** Absolute, or a path; with or without `/client/v4`. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The text that was sent, or what it means as JSON. Nothing, or an empty text, is no body. */
  readonly body?: unknown;
}

/** The answer to it; the body again as text or as what it means. */
export interface GivenAnswer {
  readonly status: number;
  readonly body?: unknown;
}

let compiled: CompiledContract | undefined;

/** The published contract, compiled once; `undefined` where there is no copy. Throws when it does not compile. */
export function loadContract(): CompiledContract | undefined {
  const published = compiled === undefined ? readPublishedContract() : undefined;
  if (published !== undefined) compiled = compileContract(published);
  return compiled;
}

/**
 * What is wrong with a request and its answer by the published contract, one line each; empty when nothing is. Call it
 * only where `loadContract()` gives a contract.
 */
export function checkExchange(request: SentRequest, answer: GivenAnswer): string[] {
  return [...checkRequest(request), ...checkAnswer(request, answer)];
}

/** The request alone: is there such an operation, are path, query, credential and body as published? */
export function checkRequest(request: SentRequest): string[] {
  const found = findOperation(request);
  if (found === undefined) return [`${request.method} ${request.url}: no such operation`];
  const { operation, query, variables } = found;
  return [
    ...complaints(`${operation.name}: path`, operation.pathCheck, variables),
    ...complaints(`${operation.name}: query`, operation.queryCheck, query),
    ...credentialComplaints(operation, request.headers),
    ...bodyComplaints(operation, request),
  ];
}

/** The answer alone, so that the answer to a request that is wrong on purpose can be checked. */
export function checkAnswer(request: SentRequest, { status, body }: GivenAnswer): string[] {
  const found = findOperation(request);
  if (found === undefined) return [`${request.method} ${request.url}: no such operation`];
  const { name, answers } = found.operation;
  const published = answers.get(String(status)) ?? answers.get(`${Math.floor(status / 100)}XX`);
  const where = `${name}: answer ${status}`;
  if (published === undefined) return [`${where}: no such status`];
  const { check } = published;
  if (check === undefined) return [`${where}: the contract has no schema`];
  const read = readBody(published, body);
  return 'problem' in read ? [`${where}: ${read.problem}`] : complaints(where, check, read.value);
}

function findOperation({ method, url }: SentRequest) {
  const { pathname, searchParams } = new URL(url, 'https://api.cloudflare.com');
  const path = pathname.replace(/^\/client\/v4(?=\/)/, '');
  // The path with the fewest variables wins: /stream/keys is no video called "keys".
  const [operation] = (loadContract()?.operations ?? [])
    .filter((candidate) => candidate.method === method.toUpperCase() && candidate.path.test(path))
    .sort((a, b) => a.variables.length - b.variables.length);
  if (operation === undefined) return undefined;
  const values = operation.path.exec(path)?.slice(1) ?? [];
  return {
    operation,
    query: Object.fromEntries(searchParams),
    variables: Object.fromEntries(operation.variables.map((name, index) => [name, values[index]])),
  };
}

const SCHEMES: Readonly<Record<string, (headers: Headers) => boolean>> = {
  api_token: (headers) => /^Bearer \S+$/.test(headers.get('authorization') ?? ''),
  api_email: (headers) => headers.has('x-auth-email'),
  api_key: (headers) => headers.has('x-auth-key'),
};

function credentialComplaints({ name, security }: Operation, sent: SentRequest['headers']): string[] {
  const headers = new Headers(sent);
  const enough = security.some((alternative) => alternative.every((scheme) => SCHEMES[scheme]?.(headers) === true));
  return enough ? [] : [`${name}: none of the credentials ${security.map((all) => all.join(' + ')).join(', ')}`];
}

function bodyComplaints({ name, requestBody }: Operation, { headers, body }: SentRequest): string[] {
  const where = `${name}: body`;
  if (body === undefined || body === '') return requestBody?.required ? [`${where}: is missing`] : [];
  if (requestBody?.check === undefined) return [`${where}: the contract has none`];
  const type = new Headers(headers).get('content-type') ?? '';
  if (type.split(';')[0] !== requestBody.mediaType) return [`${where}: sent as "${type}"`];
  const read = readBody(requestBody, body);
  return 'problem' in read ? [`${where}: ${read.problem}`] : complaints(where, requestBody.check, read.value);
}

function readBody({ mediaType }: Body, body: unknown): { readonly value: unknown } | { readonly problem: string } {
  if (typeof body !== 'string' || mediaType !== 'application/json') return { value: body };
  try {
    return { value: JSON.parse(body) };
  } catch {
    return { problem: 'is not JSON' };
  }
}

function complaints(where: string, check: Check, value: unknown): string[] {
  if (check(value)) return [];
  return (check.errors ?? []).map(
    ({ instancePath, message, params }) => `${where}${instancePath}: ${message} ${JSON.stringify(params)}`,
  );
}
