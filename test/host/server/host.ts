import { launchBrowser } from '../browser';
import type { Host } from '../host';
import { reportMark } from '../reportMark';
import { repositoryRoot } from '../repository';
import { readLogs } from './logs';
import { serverName } from './obtain';
import { type Server, startServer } from './start';

/** The VS Code server, looked at with a Chromium. Runs without a display and on a closed network that has an npm registry. */
export const serverHost: Host = {
  name: serverName,

  async runSuites({ testsPath, ...session }) {
    const [server, browser] = await Promise.all([
      startServer({ ...session, extensionDevelopmentPath: repositoryRoot() }),
      launchBrowser(),
    ]);
    try {
      const page = await browser.newPage();
      // The workbench calls these two when the page has them: with all that is logged, and when the suites have ended.
      await page.exposeFunction('codeAutomationLog', (_kind: string, [line]: unknown[]) => {
        if (typeof line === 'string' && line.startsWith(reportMark)) console.log(line.slice(reportMark.length));
      });
      const exitCode = new Promise<number>((resolve, reject) => {
        page.once('crash', () => reject(new Error('The page with the workbench crashed.')));
        page.once('close', () => reject(new Error('The page with the workbench was closed.')));
        page.exposeFunction('codeAutomationExit', resolve).catch(reject);
      });
      await page.goto(server.url({ testsPath }));
      const succeeded = (await exitCode) === 0;
      if (!succeeded) tellErrors(server);
      return succeeded;
    } finally {
      await browser.close();
      await server.stop();
    }
  },

  async open({ port, ...session }) {
    const server = await startServer({
      ...session,
      ...(port === undefined ? {} : { port }),
      extensionDevelopmentPath: repositoryRoot(),
    });
    return { address: server.url(), ended: server.ended, stop: server.stop };
  },
};

/** What the extension host had to complain about: a suite that can't even be loaded says so only there. */
function tellErrors(server: Server): void {
  for (const { path, text } of readLogs(server.dataDir)) {
    if (!path.endsWith('remoteexthost.log')) continue;
    const errors = text.split(/\n(?=\d{4}-)/).filter((entry) => entry.includes(' [error] '));
    if (errors.length > 0) console.error(`\nThe extension host logged:\n${errors.join('\n')}`);
  }
}
