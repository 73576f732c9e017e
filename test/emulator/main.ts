// The emulator on its own. The first line it prints is JSON, then one line per request.
//   main.cjs [--api-port N] [--edge-port N] [--library N videos] [--latency N milliseconds]
import { parseArgs } from 'node:util';
import type { RecordedRequest } from './record';
import { startEmulator } from './server';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      'api-port': { type: 'string', default: '0' },
      'edge-port': { type: 'string', default: '0' },
      library: { type: 'string', default: '2500' },
      latency: { type: 'string', default: '0' },
    },
  });
  const emulator = await startEmulator({
    apiPort: number(values['api-port'], 65_535),
    edgePort: number(values['edge-port'], 65_535),
    librarySize: number(values.library, 200_000),
    onRequest: (request) => console.log(line(request)),
  });
  emulator.latency = number(values.latency, 60_000);
  console.log(JSON.stringify(emulator));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void emulator.close());
}

function number(text: string, most: number): number {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (value <= most) return value;
  throw new Error(`"${text}" is not a number from 0 to ${most}.`);
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
