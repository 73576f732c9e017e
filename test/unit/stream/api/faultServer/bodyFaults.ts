import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { answerBytes, type RawRequest } from './rawServer';
import type { Fault, Stage } from './stage';
import { envelope, resultOf } from './success';

type Answer = (request: RawRequest, socket: Socket, stage: Stage) => void;

function body(row: string, name: string, repeated: string, answer: Answer): Fault {
  return {
    row,
    name,
    repeated,
    server: (stage) => ({ asked: (request, socket) => answer(request, socket, stage) }),
  };
}

/** The same bytes for every request, and the end of the connection. */
function bytes(row: string, name: string, repeated: string, answer: string | Buffer): Fault {
  return body(row, name, repeated, (_request, socket) => socket.end(answer));
}

function pump(socket: Socket): void {
  const chunk = Buffer.alloc(65_536, 'x');
  const write = () => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on('drain', write);
  write();
}

/** An answer that begins and does not arrive as it should. */
export const BODY_FAULTS: readonly Fault[] = [
  body('F5', 'a byte per second', 'rr-', async (_request, socket, { clock, stuck }) => {
    socket.write(answerBytes('200 OK', '', { 'Content-Length': '100000' }));
    stuck();
    const closed = new AbortController();
    socket.on('close', () => closed.abort());
    while (!closed.signal.aborted) {
      await clock.wait(1000, closed.signal);
      if (!socket.destroyed) socket.write(' ');
    }
  }),
  body('F6', 'endless', '---', (_request, socket) => {
    socket.write(answerBytes('200 OK', '', { 'Transfer-Encoding': 'identity' }));
    pump(socket);
  }),
  body('F6', '2 GB', '---', (_request, socket) => {
    socket.write(answerBytes('200 OK', '', { 'Content-Length': '2000000000' }));
    pump(socket);
  }),
  body('F6', 'gzip bomb', '---', (_request, socket) => {
    socket.end(answerBytes('200 OK', gzipSync(Buffer.alloc(64_000_000)), { 'Content-Encoding': 'gzip' }));
  }),
  body('F8', 'reset in the middle', 'rr-', (_request, socket) => {
    socket.write(answerBytes('200 OK', '{"success":', { 'Content-Length': '100' }), () => socket.resetAndDestroy());
  }),
  bytes('F8', 'shorter than announced', 'rr-', answerBytes('200 OK', '{"success":', { 'Content-Length': '100' })),
  bytes('F10', 'bad chunk size', 'rr-', answerBytes('200 OK', 'zz\r\n{}\r\n', { 'Transfer-Encoding': 'chunked' })),
  bytes('F10', 'not HTTP', 'rr-', 'SSH-2.0-OpenSSH_9.6\r\n\r\n'),
  bytes('F10', 'two lengths', 'rr-', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}'),
  bytes(
    'F10',
    'length and chunks',
    'rr-',
    'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
  ),
  bytes('F11', '40 KB of headers', '---', answerBytes('200 OK', '{}', { 'X-Long': 'x'.repeat(40_000) })),
  bytes('F12', 'bad gzip', 'rr-', answerBytes('200 OK', 'no gzip', { 'Content-Encoding': 'gzip' })),
  bytes('F12', 'bad br', 'rr-', answerBytes('200 OK', 'no brotli', { 'Content-Encoding': 'br' })),
  bytes(
    'F12',
    'gzip cut off',
    'rr-',
    answerBytes('200 OK', gzipSync('{"success":true}').subarray(0, 20), { 'Content-Encoding': 'gzip' }),
  ),
  bytes('F31', 'status 999', '---', answerBytes('999 Whatever', '{}')),
  body('F31', '103, then 200', '---', (request, socket) => {
    socket.write('HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n');
    socket.end(answerBytes('200 OK', envelope(resultOf(request))));
  }),
  bytes('F31', '100 that nobody asked for', '---', 'HTTP/1.1 100 Continue\r\n\r\n'),
  body('F31', 'HTTP/1.0, closed at the end', '---', (request, socket) => {
    socket.end(`HTTP/1.0 200 OK\r\n\r\n${envelope(resultOf(request))}`);
  }),
  body('F31', 'garbage behind the end', '---', (request, socket) => {
    socket.end(Buffer.concat([answerBytes('200 OK', envelope(resultOf(request))), Buffer.from('garbage')]));
  }),
];
