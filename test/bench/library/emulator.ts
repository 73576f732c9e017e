import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { RecordedRequest } from '../../emulator/record';

/** An emulator in a process of its own, so that its work stops nobody who is measured. */
export interface EmulatorProcess {
  readonly api: string;
  /** A token that sees every account. */
  readonly token: string;
  /** Milliseconds that every answer is held back. */
  hold(milliseconds: number): Promise<void>;
  /** What was asked since the last time. */
  requests(): Promise<readonly RecordedRequest[]>;
  stop(): void;
}

interface Description {
  readonly api: string;
  readonly credentials: { readonly userToken: string };
}

/** Starts one whose big library has so many videos. */
export async function startEmulatorProcess(script: string, videos: number): Promise<EmulatorProcess> {
  const child = spawn(process.execPath, [script, '--library', String(videos)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const { api, credentials } = await new Promise<Description>((resolve, reject) => {
    lines.once('line', (line) => resolve(JSON.parse(line)));
    child.once('exit', () => reject(new Error('The emulator ended.')));
  });
  const turn = async (switches: object) => {
    await fetch(`${api}/emulator/switches`, { method: 'POST', body: JSON.stringify(switches) });
  };
  await turn({ rateLimit: { requests: 100_000, seconds: 300 } });
  return {
    api,
    token: credentials.userToken,
    hold: (latency) => turn({ latency }),
    async requests() {
      const asked: readonly RecordedRequest[] = JSON.parse(await (await fetch(`${api}/emulator/requests`)).text());
      await fetch(`${api}/emulator/requests`, { method: 'DELETE' });
      return asked;
    },
    stop: () => void child.kill(),
  };
}
