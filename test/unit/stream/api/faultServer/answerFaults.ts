import type { TokenRequestWithKey } from '../../../../../src/stream/token/options';
import { answerBytes, type RawRequest, type RawServer, startRawServer } from './rawServer';
import type { Fault } from './stage';
import { envelope, resultOf, success, tokenWith } from './success';

const JSON_TYPE = { 'Content-Type': 'application/json' };
const HTML_TYPE = { 'Content-Type': 'text/html' };
const RAY = { 'CF-RAY': '8f1b2c3d4e5f6789-VIE' };

/** The same answer for every request. */
function answer(row: string, name: string, repeated: string, bytes: Buffer | ((request: RawRequest) => Buffer)): Fault {
  const server: Fault['server'] = () => ({
    asked: (request, socket) => void socket.write(typeof bytes === 'function' ? bytes(request) : bytes),
  });
  return { row, name, repeated, server };
}

function json(row: string, name: string, repeated: string, body: string | Buffer, status = '200 OK'): Fault {
  return answer(row, name, repeated, answerBytes(status, body, { ...JSON_TYPE, ...RAY }));
}

function page(row: string, status: string, repeated: string, name = status): Fault {
  return answer(
    row,
    `${name}, a page`,
    repeated,
    answerBytes(status, '<html><h1>Error</h1>', { ...HTML_TYPE, ...RAY }),
  );
}

function refused(row: string, status: string, repeated: string, ...errors: object[]): Fault {
  return json(row, status, repeated, JSON.stringify({ success: false, errors, messages: [], result: null }), status);
}

/** A success with this in place of the token. */
function token(name: string, text: unknown, request?: TokenRequestWithKey): Fault {
  return { ...(request && { token: request }), ...json('F17', `token ${name}`, '.-.', envelope({ token: text })) };
}

function limit(name: string, repeated: string, headers: Readonly<Record<string, string>>): Fault {
  const body = JSON.stringify({ success: false, errors: [{ code: 971, message: 'Please wait' }], result: null });
  return answer(
    'F25',
    `429, ${name}`,
    repeated,
    answerBytes('429 Too Many Requests', body, { ...JSON_TYPE, ...headers }),
  );
}

/** A redirect; where it leads is another server, which must never hear of it. */
function redirect(status: string, name: string, location: (own: number, other: number) => string | undefined): Fault {
  let other: RawServer | undefined;
  return {
    row: 'F28',
    name: `${status} ${name}`,
    repeated: '---',
    server: () => ({
      asked(_request, socket) {
        const target = location(socket.localPort ?? 0, other?.port ?? 0);
        socket.write(answerBytes(status, 'moved', target === undefined ? {} : { Location: target }));
      },
    }),
    async reach(port) {
      const listening = await startRawServer({});
      other = listening;
      return {
        origin: `http://127.0.0.1:${port}`,
        async close() {
          const heard = listening.connections();
          await listening.close();
          if (heard > 0) throw new Error(`The other host was called ${heard} times.`);
        },
      };
    },
  };
}

const TROUBLE = ['500 Internal Server Error', '502 Bad Gateway', '503 Service Unavailable', '504 Gateway Timeout'];
const EDGE = [520, 521, 522, 523, 524, 525, 526, 527, 530].map((status) => `${status} Edge`);
const utf16 = (text: string) => Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(text, 'utf16le')]);

/** Answers that arrive whole and are not what was hoped for. */
export const ANSWER_FAULTS: readonly Fault[] = [
  json('F13', '200 and nothing', '---', ''),
  answer('F13', '204', '---', Buffer.from('HTTP/1.1 204 No Content\r\n\r\n')),
  page('F14', '200 OK', '---'),
  answer('F14', 'page that calls itself JSON', '---', answerBytes('200 OK', '<html>Log in</html>', JSON_TYPE)),
  json('F15', 'JSON cut off', 'rr-', '{"success":true,"errors":[],"resu'),
  json('F16', 'null', '---', 'null'),
  json('F16', 'list', '---', '[]'),
  json(
    'F16',
    'success: false',
    '---',
    '{"success":false,"errors":[{"code":10005,"message":"Bad\\u202e Request"}],"result":null}',
  ),
  json('F16', 'result: null', '---', envelope(null)),
  json('F16', 'wrong types', '---', envelope({ token: 1, id: 2 }, { errors: 'none', messages: 7 })),
  answer('F16', 'more fields than known', '---', (request) =>
    answerBytes('200 OK', envelope(resultOf(request), { result_info: { page: 1 }, new_in_2030: [] }), JSON_TYPE),
  ),
  answer('F16', 'success twice, the last one true', '---', (request) =>
    answerBytes('200 OK', envelope(resultOf(request)).replace('{', '{"success":false,'), JSON_TYPE),
  ),
  answer('F16', 'BOM', '---', (request) => answerBytes('200 OK', `\ufeff${envelope(resultOf(request))}`, JSON_TYPE)),
  json('F16', 'UTF-16', '---', utf16(envelope([]))),
  answer('F16', 'invalid UTF-8 in a message', '---', (request) =>
    answerBytes(
      '200 OK',
      Buffer.concat([
        Buffer.from('{"success":true,"messages":["'),
        Buffer.of(0xc3, 0x28),
        Buffer.from(`"],"result":${JSON.stringify(resultOf(request))}}`),
      ]),
      JSON_TYPE,
    ),
  ),
  token('that is none', 'not a token'),
  token('that is absent', undefined),
  token('of 1 MB', `${'a'.repeat(1_000_000)}.b.c`),
  token('of another video', tokenWith({ sub: 'f'.repeat(32), exp: 1_800_010_000 })),
  token('of another key than the one that was named', tokenWith({ exp: 1_800_010_000 }), {
    id: 'f'.repeat(32),
    pem: 'cGVt',
  }),
  token('that has expired', tokenWith({ exp: 1_799_990_000 })),
  refused('F19', '400 Bad Request', '---', {
    code: 10005,
    message: '[Click](command:evil) me',
    error_chain: [{ code: 6111, message: 'inner' }],
  }),
  refused('F20', '401 Unauthorized', '---', { code: 10000, message: 'Authentication error' }),
  refused('F20', '403 Forbidden', '---', { code: 9109, message: 'Unauthorized to access requested resource' }),
  page('F21', '403 Forbidden', '---'),
  refused('F22', '404 Not Found', '---', { code: 10003, message: 'Not Found' }),
  page('F23', '407 Proxy Authentication Required', '---'),
  refused('F24', '409 Conflict', '---', { code: 10409, message: 'Conflict' }),
  limit('1 s', 'rrr', { 'Retry-After': '1' }),
  limit('300 s', '---', { 'Retry-After': '300' }),
  limit('a date in five seconds', 'rrr', {
    Date: 'Fri, 15 Jan 2027 08:00:00 GMT',
    'Retry-After': 'Fri, 15 Jan 2027 08:00:05 GMT',
  }),
  limit('-5', '---', { 'Retry-After': '-5' }),
  limit('abc', '---', { 'Retry-After': 'abc' }),
  limit('a billion', '---', { 'Retry-After': '1000000000' }),
  limit('no time', '---', {}),
  limit('no time, 5 s in Ratelimit', 'rrr', { Ratelimit: '"default";r=0;t=5' }),
  ...TROUBLE.flatMap((status) => [refused('F26', status, 'rr-'), page('F26', status, 'rr-')]),
  ...EDGE.map((status) => page('F27', status, 'rr-')),
  redirect('301 Moved', 'to another host', (_own, other) => `http://127.0.0.1:${other}/`),
  redirect('302 Found', 'to another host', (_own, other) => `http://127.0.0.1:${other}/`),
  redirect('303 See Other', 'to another host', (_own, other) => `//127.0.0.1:${other}/client/v4/accounts`),
  redirect('307 Temporary Redirect', 'to another host', (_own, other) => `http://127.0.0.1:${other}/`),
  redirect('308 Permanent Redirect', 'to itself', (own) => `http://127.0.0.1:${own}/`),
  redirect('302 Found', 'to nowhere', () => undefined),
  answer('F36', 'clock a day ahead', '---', (request) => success(request, { Date: 'Thu, 14 Jan 2027 08:00:00 GMT' })),
  answer('F36', 'clock a day behind', '---', (request) => success(request, { Date: 'Sat, 16 Jan 2027 08:00:00 GMT' })),
];
