import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { registerAfterStart } from '../../../src/editor/afterStart';

const SOON = 500;

/** What comes of registering, in order. */
function started(register: (said: string[]) => void = () => {}) {
  const said: string[] = [];
  const afterStart = registerAfterStart(
    () => {
      said.push('registered');
      register(said);
      return { dispose: () => said.push('disposed') };
    },
    (error) => said.push(`failed: ${(error as Error).message}`),
  );
  return { afterStart, said };
}
const broken = () => {
  throw new Error('broken');
};

describe('what is registered after the start', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  for (const [name, register, act, expected] of [
    ['waits', undefined, () => mock.timers.tick(SOON - 1), []],
    ['is registered soon', undefined, () => mock.timers.tick(SOON), ['registered']],
    [
      'goes with the extension',
      undefined,
      (started) => [mock.timers.tick(SOON), started.dispose()],
      ['registered', 'disposed'],
    ],
    [
      'never comes when the extension goes first',
      undefined,
      (started) => [started.dispose(), mock.timers.tick(SOON)],
      [],
    ],
    ['hands on what it throws', broken, () => mock.timers.tick(SOON), ['registered', 'failed: broken']],
  ] satisfies [string, (() => never) | undefined, (started: { dispose(): void }) => unknown, string[]][])
    it(name, async () => {
      const { said, afterStart } = started(register);
      act(afterStart);
      assert.deepEqual(said, expected);
      afterStart.dispose();
      await afterStart.done;
    });
});
