import { join } from 'node:path';
import { chooseHost } from './choose';
import { startEmulated } from './emulated';
import { repositoryRoot } from './repository';
import { sampleWorkspace } from './sampleWorkspace';
import { serverHost } from './server/host';

// Runs the mocha suites of test/integration inside a real VS Code; the exit code says whether all passed.
//   node dist-test/host/runIntegration.cjs          suites in the Node extension host
//   node dist-test/host/runIntegration.cjs --web    suites in the browser's extension host (a web worker; always on the server)

const deadlineMilliseconds = 180_000;

async function run(): Promise<boolean> {
  const web = process.argv.includes('--web');
  const host = web ? serverHost : await chooseHost();
  if (web) console.log(`Running in ${host.name}, browser extension host.`);
  const integration = join(repositoryRoot(), 'dist-test', 'integration');
  const workspace = sampleWorkspace();
  const { emulator, env } = await startEmulated();
  try {
    return await host.runSuites({
      testsPath: join(integration, ...(web ? ['web', 'index.js'] : ['index.cjs'])),
      workspace: workspace.path,
      // Of no use to a web worker: it has no environment.
      env,
      ...(web ? { userSettings: { 'remote.extensionKind': { 'stream-signer.stream-signer': ['web'] } } } : {}),
    });
  } finally {
    await emulator.close();
    workspace.remove();
  }
}

setTimeout(() => {
  console.error(`The suites have not ended within ${deadlineMilliseconds / 1000} s.`);
  process.exit(1);
}, deadlineMilliseconds).unref();

run().then(
  (succeeded) => process.exit(succeeded ? 0 : 1),
  (error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
