import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer, EmulatedRequest } from './exchange';

/** What is sent: an answer, nothing for ever, or the end of the connection. */
export type Sent = 'hang' | 'reset' | Answer;

const MOST_BYTES = 1024 * 1024;

/** A server on 127.0.0.1 whose answers come from one function; port 0 takes any that is free. */
export async function listen(
  port: number,
  answer: (request: EmulatedRequest) => Promise<Sent>,
): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const server = createServer((incoming, outgoing) => {
    readRequest(incoming).then(
      async (request) => send(outgoing, await answer(request), request.method),
      () => incoming.socket.destroy(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${address.port}`, close: () => close(server) };
}

async function readRequest(incoming: IncomingMessage): Promise<EmulatedRequest> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Error('The body is too large.');
    chunks.push(chunk);
  }
  const [path = '/', ...query] = (incoming.url ?? '/').split('?');
  return {
    method: incoming.method ?? 'GET',
    path,
    query: new URLSearchParams(query.join('?')),
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString('utf8'),
    remoteAddress: incoming.socket.remoteAddress ?? '127.0.0.1',
  };
}

function send(outgoing: ServerResponse, sent: Sent, method: string): void {
  if (sent === 'hang') return;
  if (sent === 'reset') {
    outgoing.socket?.resetAndDestroy();
    return;
  }
  const { status, headers, body }: Answer = sent;
  const length = status === 204 ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  outgoing.writeHead(status, { ...length, ...headers });
  outgoing.end(method === 'HEAD' ? undefined : body);
}

/** Requests that hang are cut, else the server would never close. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
