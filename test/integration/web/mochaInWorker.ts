import 'mocha/mocha.js';
import { lineReporter } from '../lineReporter';
import { runSuites } from '../runSuites';

const timeoutMilliseconds = 20_000;

// Mocha's browser build leaves a global `mocha`; importing this file defines describe() and it(): the suites must be imported after it.
mocha.setup({ ui: 'bdd', reporter: lineReporter, timeout: timeoutMilliseconds });

/** Runs the suites that were imported. */
export async function runImported(): Promise<void> {
  await runSuites(mocha);
}
