import { benchActivation } from './activation/bench';
import { benchInEditor } from './inEditor/bench';
import { benchLibrary } from './library/bench';
import { benchPanel } from './panel/bench';
import { printRows, type Row } from './rows';
import { benchScan } from './scan/bench';
import { benchSigning } from './signing/bench';

const BENCHES: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  activation: benchActivation,
  signing: benchSigning,
  scan: benchScan,
  library: benchLibrary,
  inEditor: benchInEditor,
  panel: benchPanel,
};

// All of them, or the ones that are named: node dist-test/bench/main.cjs signing
// Each row is a ratio against a rival that is measured in the same run: absolute times say little on a shared machine.
// Ends with 1 when a goal was missed.
async function run(names: readonly string[]): Promise<void> {
  for (const name of names.length > 0 ? names : Object.keys(BENCHES)) {
    const bench = BENCHES[name];
    if (bench === undefined)
      throw new Error(`There is no bench "${name}": choose of ${Object.keys(BENCHES).join(', ')}.`);
    const rows = await bench();
    printRows(rows);
    if (rows.some(({ goal }) => goal?.met === false)) process.exitCode = 1;
  }
}

run(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
