import { benchActivation } from './activation/bench';
import { printRows } from './rows';

// Each row is a ratio against a rival that is measured in the same run: absolute times say little on a shared machine.
benchActivation().then(printRows, (error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
