import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A request as it came over the wire, whole. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
}

export interface RawServer {
  readonly port: number;
  /** Every request that arrived whole, in order. */
  readonly requests: readonly RawRequest[];
  connections(): number;
  openSockets(): number;
  close(): Promise<void>;
}

/** What a server does with its connections: something at once, or something with every request. */
export interface RawHandlers {
  readonly connected?: (socket: Socket) => void;
  readonly asked?: (request: RawRequest, socket: Socket) => void;
}

/** A TCP server on loopback that knows just enough HTTP to see where a request ends, and answers with whatever bytes it is told. */
export async function startRawServer({ connected, asked }: RawHandlers): Promise<RawServer> {
  const requests: RawRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    let received = '';
    socket.on('data', (bytes) => {
      received += bytes.toString('latin1');
      for (let end = endOfRequest(received); end !== undefined; end = endOfRequest(received)) {
        const [method = '', path = ''] = received.split(' ', 2);
        received = received.slice(end);
        const request = { method, path };
        requests.push(request);
        asked?.(request, socket);
      }
    });
    connected?.(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    connections: () => connections,
    openSockets: () => sockets.size,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function endOfRequest(received: string): number | undefined {
  const head = received.indexOf('\r\n\r\n');
  if (head < 0) return undefined;
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(received.slice(0, head))?.[1] ?? 0);
  const end = head + 4 + length;
  return received.length >= end ? end : undefined;
}

/** The bytes of an answer; `Content-Length` fits the body unless the headers say otherwise. */
export function answerBytes(
  status: string,
  body: string | Buffer = '',
  headers: Readonly<Record<string, string>> = {},
): Buffer {
  const content = Buffer.from(body);
  const lengthKnown = Object.keys(headers).some((name) => /^(?:content-length|transfer-encoding)$/i.test(name));
  const all = lengthKnown ? headers : { 'Content-Length': String(content.length), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\n${lines.join('')}\r\n`), content]);
}
