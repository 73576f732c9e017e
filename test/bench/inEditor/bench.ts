import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from '../../host/browser';
import { repositoryRoot } from '../../host/repository';
import { startServer } from '../../host/server/start';
import { RESULT_VARIABLE, resultFile, runInHost } from '../inHost';
import { median, type Row } from '../rows';
import type { Measured } from './probe';

const PATIENCE_MILLISECONDS = 180_000;

/** What ids cost while a person works, measured in the extension host of a real VS Code. */
export async function benchInEditor(): Promise<readonly Row[]> {
  const measured = await measure();
  const row = (what: string, times: readonly number[], rival: Row['rival']): Row => ({
    what,
    median: median(times),
    least: Math.min(...times),
    rival,
  });
  const ready = { what: '1,000 ready lenses', median: median(measured.readyLenses) };
  const lenses = row('lenses above 1,000 ids, round trip', measured.ourLenses, ready);
  const whole = { what: 'getText() and the expression', median: median(measured.wholeText) };
  const edit = row('one character typed into 10 MB', measured.update, whole);
  const scan = row('index of an opened document of 10 MB', measured.build, whole);
  return [
    row('1,000 ready lenses, round trip', measured.readyLenses, ready),
    { ...lenses, goal: { text: '<= 1.4x', met: lenses.median <= 1.4 * ready.median } },
    row('getText() and the expression after an edit', measured.wholeText, whole),
    { ...edit, goal: { text: '>= 1,000x cheaper', met: whole.median >= 1000 * edit.median } },
    scan,
  ];
}

async function measure(): Promise<Measured> {
  const workspace = mkdtempSync(join(tmpdir(), 'in-editor-'));
  const server = await startServer({ workspace, env: { [RESULT_VARIABLE]: resultFile(workspace) } });
  const browser = await launchBrowser();
  try {
    const found = await runInHost(browser, server, {
      workspace,
      extension: repositoryRoot(),
      probe: join(repositoryRoot(), 'dist-test', 'bench', 'inEditor', 'probe.cjs'),
      milliseconds: PATIENCE_MILLISECONDS,
    });
    return found as Measured;
  } finally {
    await browser.close();
    await server.stop();
    rmSync(workspace, { recursive: true, force: true });
  }
}
