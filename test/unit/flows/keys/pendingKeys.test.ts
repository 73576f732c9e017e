import assert from 'node:assert/strict';
import { createPendingKeys, type PendingKey, type PendingKeys } from '../../../../src/flows/keys/pendingKeys';
import { createFakeClock } from '../../support/fakeClock';
import { memoryPending, memoryVault } from '../../support/memory';

const HOUR = 3_600_000;
const before = { ids: ['k'], complete: true };

/** Two windows over one vault; the first is at a key. */
async function desk() {
  const clock = createFakeClock(0);
  const vault = memoryVault();
  const open = (name: string) => createPendingKeys({ ...clock, vault, randomId: () => name });
  const [one, two] = [open('p'), open('q')];
  const marked = await one.mark('a1', before);
  assert.ok(marked.ok);
  const names = async (pending: PendingKeys) => (await pending.abandoned('a1')).map(({ name }) => name);
  return { clock, vault, one, two, mark: marked.value, seen: async () => [await names(one), await names(two)] };
}

describe('the mark of a key that is being created', () => {
  type Desk = Awaited<ReturnType<typeof desk>>;
  const nothing = () => {};
  const leave = ({ one, mark }: Desk) => one.abandon(mark);
  const rows: readonly [string, (desk: Desk) => unknown, number, readonly string[], readonly string[]][] = [
    ['nobody’s business while a window is at it', nothing, 3 * HOUR, [], []],
    ['seen at once by the window that left it, and not yet by others', leave, 0, ['a1:p'], []],
    ['seen by others after a while', leave, 120_000, ['a1:p'], ['a1:p']],
    ['gone when it is cleared', ({ one, mark }) => one.clear(mark), HOUR, [], []],
    ['gone when another window cleared it', ({ two, mark }) => two.clear(mark), HOUR, [], []],
    ['gone with its account', ({ one }) => one.forgetAll('a1'), HOUR, [], []],
    [
      'gone when it is cleared and left',
      async ({ one, mark }) => {
        await one.clear(mark);
        one.abandon(mark);
      },
      HOUR,
      [],
      [],
    ],
  ];
  for (const [title, act, later, byItself, byAnother] of rows) {
    it(`is ${title}`, async () => {
      const table = await desk();
      await act(table);
      await table.clock.advance(later);
      assert.deepEqual(await table.seen(), [byItself, byAnother]);
      assert.equal(table.vault.secrets.size, title.startsWith('gone') ? 0 : 1);
    });
  }

  it('says since when, however long a window was at it', async () => {
    const { clock, one, two, mark } = await desk();
    await clock.advance(HOUR);
    one.abandon(mark);
    await clock.advance(HOUR);
    assert.deepEqual(await two.abandoned(), [mark] satisfies PendingKey[]);
  });

  it('is seen when the window closed', async () => {
    const vault = memoryVault();
    await memoryPending(vault, 0).mark('a1', before);
    assert.equal((await memoryPending(vault, 119_999, 'q').abandoned('a1')).length, 0);
    assert.equal((await memoryPending(vault, 120_000, 'q').abandoned('a1')).length, 1);
  });

  it('is not brought back by a window that was just saying that it is at it', async () => {
    const { clock, vault, one, mark } = await desk();
    const { write } = vault;
    const slow = Promise.withResolvers<void>();
    vault.write = async (key, text) => {
      await slow.promise;
      await write(key, text);
    };
    await clock.advance(60_000);
    const cleared = one.clear(mark);
    slow.resolve();
    await cleared;
    assert.deepEqual([...vault.secrets], []);
  });

  it('is said again after a time when secret storage failed', async () => {
    const { clock, vault, seen } = await desk();
    const { write } = vault;
    vault.write = async () => assert.fail('locked');
    await clock.advance(60_000);
    vault.write = write;
    await clock.advance(HOUR);
    assert.deepEqual(await seen(), [[], []]);
  });

  it('counts in any case', async () => {
    const { one, two, mark } = await desk();
    assert.deepEqual([await two.has('a1'), await two.has('a2')], [true, false]);
    await one.clear(mark);
    assert.equal(await two.has('a1'), false);
  });
});
