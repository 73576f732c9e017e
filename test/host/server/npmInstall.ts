import { spawn } from 'node:child_process';

const keptOutput = 2_000;

/**
 * `npm install --omit=dev --ignore-scripts [packages]` in a folder that has its own package.json.
 * Rejects with npm's last line of output when it fails.
 */
export function npmInstall(folder: string, packages: readonly string[] = []): Promise<void> {
  const args = [
    'install',
    '--omit=dev',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    ...packages,
  ];
  // Under `npm run`, npm says where it lives: starting that file needs neither a shell nor npm.cmd.
  const npm = process.env.npm_execpath;
  const child = npm?.endsWith('.js')
    ? spawn(process.execPath, [npm, ...args], { cwd: folder })
    : spawn('npm', args, { cwd: folder, shell: process.platform === 'win32' });
  let output = '';
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-keptOutput);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new Error(`npm can't be started (${error.message}).`)));
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(firstReason(output) ?? `npm ended with ${code}.`)),
    );
  });
}

/** npm's reason is its first "npm error" line that is not a code or errno line. */
function firstReason(output: string): string | undefined {
  const lines = output.split('\n').flatMap((line) => /^npm (?:error|ERR!) (.+)$/.exec(line)?.[1] ?? []);
  return lines.find((line) => !/^(?:code|errno|syscall|type)\b/.test(line)) ?? lines[0];
}
