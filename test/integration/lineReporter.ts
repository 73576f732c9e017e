import { reportMark } from '../host/reportMark';

class LineReporter {
  constructor(runner: Mocha.Runner) {
    const failures: { test: Mocha.Runnable; error: Error }[] = [];
    const counts = { passed: 0, pending: 0 };
    let depth = 0;
    const item = (sign: string, text: string) => tellLine(`${'  '.repeat(depth + 1)}${sign}${text}`);

    runner.on('suite', (suite) => {
      if (suite.root) return;
      item('', suite.title);
      depth++;
    });
    runner.on('suite end', (suite) => {
      if (!suite.root) depth--;
    });
    runner.on('pass', (test) => {
      counts.passed++;
      item('✔ ', `${test.title} (${test.duration ?? 0} ms)`);
    });
    runner.on('pending', (test) => {
      counts.pending++;
      item('- ', test.title);
    });
    runner.on('fail', (test, error) => {
      failures.push({ test, error });
      item(`${failures.length}) `, test.title);
    });
    runner.once('end', () => {
      tellLine(`\n  ${counts.passed} passed, ${failures.length} failed, ${counts.pending} pending`);
      failures.forEach(({ test, error }, index) => {
        tellLine(
          `\n  ${index + 1}) ${test.fullTitle()}\n     ${(error.stack ?? error.message).replaceAll('\n', '\n     ')}`,
        );
      });
    });
  }
}

/**
 * A mocha reporter for places without a terminal, such as an extension host: each line is one `console.log` with the mark that
 * tells it from the rest of the log. Suites and tests as an indented list, then the counts, then each failure with its stack.
 */
// The types ask for a subclass of mocha's Base; mocha itself only constructs what it is given.
export const lineReporter = LineReporter as unknown as Mocha.ReporterConstructor;

/** One line (or several) of the report. */
export function tellLine(text: string): void {
  console.log(reportMark + text);
}
