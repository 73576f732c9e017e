import { tellLine } from './lineReporter';

/**
 * Runs what a mocha holds. Rejects when a test fails, when a suite can't be loaded and when there is no test; why is told as a
 * line of the report, since nobody else prints what an extension host's `run()` rejects with.
 */
export async function runSuites(mocha: Pick<Mocha, 'run'>): Promise<void> {
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    if (runner.total === 0) throw new Error('There is no test.');
  }).catch((error: Error) => {
    tellLine(`\n  ${error.stack ?? error.message}`);
    throw error;
  });
  if (failures > 0) throw new Error(`${failures} failed.`);
}
