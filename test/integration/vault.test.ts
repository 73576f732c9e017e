import assert from 'node:assert/strict';
import { seams } from './support/extension';

describe('vault', () => {
  it('keeps, lists and removes secrets', async () => {
    const { vault } = await seams();
    const key = 'account:integration-test';
    await vault.write(key, 'one');
    await vault.write(key, 'two');
    assert.equal(await vault.read(key), 'two');
    assert.ok((await vault.keys()).includes(key));
    await vault.remove(key);
    assert.equal(await vault.read(key), undefined);
    assert.ok(!(await vault.keys()).includes(key));
  });
});
