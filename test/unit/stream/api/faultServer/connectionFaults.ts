import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { Agent, type Dispatcher, ProxyAgent, fetch as undiciFetch } from 'undici';
import { type Certificate, makeCertificate } from './certificate';
import { answerBytes, startRawServer } from './rawServer';
import type { Fault, Reached } from './stage';
import { success } from './success';

const DAY_MS = 86_400_000;

/** Through a fetch of its own: the names, certificates and proxies of these faults are nobody else's. */
function through(origin: string, dispatcher: Dispatcher, close?: () => Promise<void>): Reached {
  const fetch = (input: unknown, init: object) => undiciFetch(input as string, { ...init, dispatcher } as never);
  return {
    origin,
    fetch: fetch as unknown as typeof globalThis.fetch,
    async close() {
      await dispatcher.destroy();
      await close?.();
    },
  };
}

function systemError(code: string, syscall: string): Error {
  return Object.assign(new Error(`${syscall} ${code}`), { code, syscall });
}

/** The name can't be looked up. */
function unknownName(code: string) {
  const lookup = (_host: string, _options: object, done: (error: Error) => void) =>
    done(systemError(code, 'getaddrinfo'));
  return async () => through('https://api.example', new Agent({ connect: { lookup: lookup as never } }));
}

/** No connection comes about. */
function unconnected(error: Error) {
  return async () => through('https://api.example', new Agent({ connect: (_options, done) => done(error, null) }));
}

async function closedPort(): Promise<Reached> {
  const server = await startRawServer({});
  await server.close();
  return { origin: `http://127.0.0.1:${server.port}` };
}

/** A server with a certificate, for whoever trusts this authority. */
function withTls(make: () => { readonly own: Certificate; readonly trusted?: Certificate; readonly tls?: TlsOptions }) {
  return async (): Promise<Reached> => {
    const { own, trusted, tls } = make();
    const server = createTlsServer({ ...own, ...tls }, (socket) => socket.end(answerBytes('200 OK', '{}')));
    server.on('tlsClientError', () => {});
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const agent = new Agent({ connect: trusted === undefined ? {} : { ca: trusted.cert } });
    return through(`https://127.0.0.1:${port}`, agent, async () => {
      server.close();
    });
  };
}

const future = Date.now() + 365 * DAY_MS;
const authority = () => makeCertificate({ host: 'Test Authority', notAfter: future, authority: true });
function issued(host: string, notAfter: number) {
  return () => {
    const trusted = authority();
    return { own: makeCertificate({ host, notAfter, issuer: trusted }), trusted };
  };
}

/** A proxy that answers CONNECT like this. */
function behindProxy(answer: string | 'silent' | 'reset') {
  return {
    ...(answer === 'silent' && ({ silent: true } as const)),
    server: () => ({
      asked: (_request: unknown, socket: Socket) => {
        if (answer === 'silent') return;
        if (answer === 'reset') socket.resetAndDestroy();
        else socket.end(answerBytes(answer));
      },
    }),
    reach: async (port: number) => through('https://api.example', new ProxyAgent({ uri: `http://127.0.0.1:${port}` })),
  };
}

/** Nothing, or not enough, of a connection. */
export const CONNECTION_FAULTS: readonly Fault[] = [
  { row: 'F1', name: 'no such name', repeated: 'rrr', reach: unknownName('ENOTFOUND') },
  { row: 'F1', name: 'no name server', repeated: 'rrr', reach: unknownName('EAI_AGAIN') },
  { row: 'F2', name: 'refused', repeated: 'rrr', reach: closedPort },
  { row: 'F2', name: 'no route', repeated: 'rrr', reach: unconnected(systemError('EHOSTUNREACH', 'connect')) },
  {
    row: 'F2',
    name: 'every address refused',
    repeated: 'rrr',
    reach: unconnected(
      Object.assign(
        new AggregateError([systemError('ENETUNREACH', 'connect'), systemError('ECONNREFUSED', 'connect')]),
        { code: 'ENETUNREACH' },
      ),
    ),
  },
  { row: 'F3', name: 'accepted, then silence', repeated: 'rr-', server: ({ stuck }) => ({ connected: stuck }) },
  { row: 'F4', name: 'headers never', repeated: 'rr-', server: ({ stuck }) => ({ asked: stuck }) },
  {
    row: 'F7',
    name: 'reset before the headers',
    repeated: 'rr-',
    server: () => ({ asked: (_request, socket) => socket.resetAndDestroy() }),
  },
  {
    row: 'F7',
    name: 'closed before the headers',
    repeated: 'rr-',
    server: () => ({ asked: (_request, socket) => socket.end() }),
  },
  {
    row: 'F9',
    name: 'done, then reset',
    repeated: 'rr-',
    server: () => ({ asked: (_request, socket) => socket.resetAndDestroy() }),
  },
  {
    row: 'F29',
    name: 'TLS: self-signed',
    repeated: '---',
    reach: withTls(() => ({ own: makeCertificate({ host: '127.0.0.1', notAfter: future }) })),
  },
  { row: 'F29', name: 'TLS: expired', repeated: '---', reach: withTls(issued('127.0.0.1', Date.now() - DAY_MS)) },
  { row: 'F29', name: 'TLS: another host', repeated: '---', reach: withTls(issued('api.example', future)) },
  {
    row: 'F29',
    name: 'TLS: unknown authority',
    repeated: '---',
    reach: withTls(() => ({ own: makeCertificate({ host: '127.0.0.1', notAfter: future, issuer: authority() }) })),
  },
  {
    row: 'F29',
    name: 'TLS: old protocol',
    repeated: '---',
    reach: withTls(() => ({
      ...issued('127.0.0.1', future)(),
      tls: { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
    })),
  },
  {
    row: 'F29',
    name: 'TLS: none at all',
    repeated: '---',
    server: () => ({ connected: (socket) => socket.end(answerBytes('400 Bad Request')) }),
    reach: async (port) => through(`https://127.0.0.1:${port}`, new Agent()),
  },
  { row: 'F30', name: 'proxy refuses', repeated: 'rrr', ...behindProxy('403 Forbidden') },
  { row: 'F30', name: 'proxy finds nothing', repeated: 'rrr', ...behindProxy('502 Bad Gateway') },
  { row: 'F30', name: 'proxy resets', repeated: 'rr-', ...behindProxy('reset') },
  { row: 'F30', name: 'proxy is silent', repeated: 'rr-', ...behindProxy('silent') },
  { row: 'F23', name: 'proxy wants a login', repeated: '---', ...behindProxy('407 Proxy Authentication Required') },
  {
    row: 'F32',
    name: 'kept connection that is dead when it is used again',
    repeated: 'rr-',
    warm: true,
    server: () => {
      const served = new WeakSet();
      return {
        asked(request, socket) {
          if (served.has(socket)) socket.resetAndDestroy();
          else socket.write(success(request));
          served.add(socket);
        },
      };
    },
  },
  {
    row: 'F33',
    name: 'asleep for half a minute, then another network',
    repeated: 'rr-',
    server: ({ clock }) => {
      let asked = 0;
      return {
        async asked(request, socket) {
          if (asked++ > 0) {
            socket.write(success(request));
            return;
          }
          clock.jump(7_200_000);
          await clock.sleep(30_000);
        },
      };
    },
  },
];
