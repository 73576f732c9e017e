// The emulator on its own: main.cjs [--api-port N] [--edge-port N]. The first line it prints is JSON, then one line per request.
import { parseArgs } from 'node:util';
import type { RecordedRequest } from './record';
import { startEmulator } from './server';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { 'api-port': { type: 'string', default: '0' }, 'edge-port': { type: 'string', default: '0' } },
  });
  const emulator = await startEmulator({
    apiPort: port(values['api-port']),
    edgePort: port(values['edge-port']),
    onRequest: (request) => console.log(line(request)),
  });
  console.log(JSON.stringify(emulator));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void emulator.close());
}

function port(text: string): number {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (number < 65_536) return number;
  throw new Error(`${text} is no port: 0 to 65535.`);
}

function line({ server, method, path, query, status }: RecordedRequest): string {
  const parameters = new URLSearchParams(query).toString();
  // A whole token would fill the screen.
  const shown = path.replace(/^\/(ey[\w-]{8})[\w.-]+/, '/$1…');
  return `${server} ${method} ${shown}${parameters && `?${parameters}`} ${status ?? 'no answer'}`;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
