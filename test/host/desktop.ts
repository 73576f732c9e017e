import { join } from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import type { Host, Session } from './host';
import { startTree } from './processTree';
import { cacheFolder, repositoryRoot } from './repository';
import { writeUserSettings } from './server/settings';
import { type TemporaryFolder, temporaryFolder } from './temporaryFolder';

/** How long the download server may be silent: where it can't be reached, that is to be known soon. */
const silenceMilliseconds = 5_000;

/**
 * The desktop VS Code (latest stable), downloaded into the repository's cache when it is not there yet. Fails with one sentence
 * when it can't be had here.
 */
export async function desktopHost(): Promise<Host> {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    throw new Error('Desktop VS Code needs a display, and there is none.');
  }
  const executable = await downloadAndUnzipVSCode({
    version: 'stable',
    cachePath: join(cacheFolder(), 'vscode-desktop'),
    timeout: silenceMilliseconds,
  }).catch((error) => {
    throw new Error(`Desktop VS Code can't be downloaded: ${error instanceof Error ? error.message : String(error)}`);
  });

  return {
    name: `VS Code ${/(\d+\.\d+\.\d+)/.exec(executable)?.[1] ?? 'stable'} desktop`,

    async runSuites({ testsPath, ...session }) {
      const profile = temporaryFolder('vsc-');
      try {
        const exitCode = await runTests({
          vscodeExecutablePath: executable,
          extensionDevelopmentPath: repositoryRoot(),
          extensionTestsPath: testsPath,
          extensionTestsEnv: session.env,
          launchArgs: profileArguments(profile, session),
        });
        return exitCode === 0;
      } catch (error) {
        console.error(error instanceof Error ? error.message : String(error));
        return false;
      } finally {
        profile.remove();
      }
    },

    async open(session) {
      const profile = temporaryFolder('vsc-');
      const args = [...profileArguments(profile, session), `--extensionDevelopmentPath=${repositoryRoot()}`];
      const tree = startTree(executable, args, { env: { ...process.env, ...session.env }, stdio: 'ignore' });
      const stop = async () => {
        await tree.stop();
        profile.remove();
      };
      return { ended: tree.ended, stop };
    },
  };
}

/** Arguments that open the session's folder in a profile of its own, so that nobody's settings and extensions take part. */
function profileArguments(profile: TemporaryFolder, { workspace, userSettings }: Session): string[] {
  const data = join(profile.path, 'data');
  writeUserSettings(join(data, 'User'), userSettings);
  const places = [`--user-data-dir=${data}`, `--extensions-dir=${join(profile.path, 'extensions')}`];
  const quiet = ['--skip-welcome', '--skip-release-notes', '--disable-updates', '--disable-telemetry', '--new-window'];
  return [workspace, ...places, ...quiet];
}
