// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what is replaced is code.
import assert from 'node:assert/strict';
import type { NewAccount } from '../../../../src/flows/accounts/accounts';
import { storeSelection } from '../../../../src/flows/accounts/storeSelection';
import type { Excerpt } from '../../../../src/flows/excerpt';
import { base64, KEY_ID, testKey } from '../../stream/keys/testKeys';
import { type ApiScript, fakeApi } from '../../support/fakeApi';
import { memoryAccounts } from '../../support/memory';
import { ID, library, OTHER, studio, TOKEN } from '../../support/playAddAccount';
import { type Act, scriptedPrompter } from '../../support/scriptedPrompter';

const KEY = '0123456789abcdef0123456789abcdef01234';
const PEM = base64(testKey().pkcs1);
const acme: NewAccount = {
  label: 'Acme',
  accountId: OTHER,
  credential: { kind: 'apiToken', token: 'cfut_old_old_old_old_old' },
};
const works: ApiScript = { verify: 'active', accounts: [studio, library], videos: [] };

/** An excerpt of a file in memory; what is between « and » is selected, else | is the cursor. */
function excerptOf(marked: string, languageId: string, editable = true) {
  const text = marked.replace(/[«»|]/g, '');
  const selected = marked.includes('«');
  const at = marked.indexOf(selected ? '«' : '|');
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const lineEnd = text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at);
  const file = { text };
  const excerpt: Excerpt = {
    languageId,
    text,
    selected,
    selection: selected ? { start: at, end: marked.indexOf('»') - 1 } : { start: lineStart, end: lineEnd },
    async replace({ start, end }, replacement) {
      if (editable) file.text = text.slice(0, start) + replacement + text.slice(end);
      return editable;
    },
    dispose: () => {},
  };
  return { excerpt, file };
}

interface Start {
  readonly language?: string;
  readonly script?: ApiScript;
  readonly accounts?: readonly NewAccount[];
  readonly editable?: boolean;
  readonly canCallApi?: boolean;
}

async function play(marked: string, acts: readonly Act[], start: Start = {}) {
  const { excerpt, file } = excerptOf(marked, start.language ?? 'typescript', start.editable);
  const prompter = scriptedPrompter(acts);
  const accounts = await memoryAccounts(...(start.accounts ?? [acme]));
  const api = fakeApi(start.script ?? works);
  const storedKeys: string[] = [];
  const outcome = await storeSelection(excerpt, {
    prompter,
    accounts,
    openApi: () => api,
    log: accounts.log,
    times: { locale: 'en', timeZone: 'UTC' },
    draft: { read: () => undefined, keep: () => {} },
    environment: {},
    canCallApi: start.canCallApi ?? true,
    async storeKey({ key, label }, jwk) {
      storedKeys.push(`${key} ${label} ${jwk.kid}`);
      return { ok: true, value: undefined };
    },
  });
  prompter.finish();
  const credentialOf = async (key: string) => {
    const opened = await accounts.open(key);
    return opened.ok ? opened.value.credential : undefined;
  };
  return { outcome, accounts, credentialOf, storedKeys, text: file.text, calls: api.calls, ...prompter };
}

const replace: Act = { pick: 'Replace it in the file' };

describe('store the selection as a credential', () => {
  it('proves a token in the account that is picked, stores it, and replaces it after a yes', async () => {
    const { outcome, credentialOf, text, lists, told, calls } = await play(`const token = '«${TOKEN}»';`, [
      { pick: 'Acme' },
      replace,
    ]);
    assert.ok(outcome.ok);
    assert.deepEqual(await credentialOf('a1'), { kind: 'apiToken', token: TOKEN });
    assert.deepEqual(calls, ['verify', 'accounts', 'videos']);
    assert.equal(text, 'const token = process.env.CLOUDFLARE_API_TOKEN;');
    assert.equal(lists[0]?.[0], `Acme | ${OTHER} | Takes the place of the credential that is stored for it.`);
    assert.match(
      lists[1]?.[0] ?? '',
      /process\.env\.CLOUDFLARE_API_TOKEN \| Set CLOUDFLARE_API_TOKEN where the file runs/,
    );
    assert.match(
      told.join(),
      /now reads CLOUDFLARE_API_TOKEN\. If the file was ever shared or committed, make a new one/,
    );
    assert.doesNotMatch(JSON.stringify([lists, told]), /cfut_abc/);
  });

  it('leaves the file alone without a yes', async () => {
    for (const act of [{ pick: 'Leave the file' }, 'esc'] as const) {
      const { outcome, credentialOf, text } = await play(`token=«${TOKEN}»`, [{ pick: 'Acme' }, act]);
      assert.ok(outcome.ok);
      assert.deepEqual(await credentialOf('a1'), { kind: 'apiToken', token: TOKEN });
      assert.equal(text, `token=${TOKEN}`);
    }
  });

  const found: readonly [title: string, marked: string, language: string, after: string][] = [
    ['on the line of the cursor', `x = 1\nCF_TOKEN=|${TOKEN}\n`, 'dotenv', 'x = 1\nCF_TOKEN=${CF_TOKEN}\n'],
    [
      'in a longer selection',
      `«curl -H "Authorization: Bearer ${TOKEN}"»`,
      'shellscript',
      'curl -H "Authorization: Bearer ${CLOUDFLARE_API_TOKEN}"',
    ],
    [
      'of which a part is selected',
      `TOKEN = "${TOKEN.slice(0, 9)}«${TOKEN.slice(9, 12)}»${TOKEN.slice(12)}"`,
      'python',
      'TOKEN = os.environ["TOKEN"]',
    ],
  ];
  for (const [title, marked, language, after] of found) {
    it(`finds a token ${title}`, async () => {
      const { outcome, text } = await play(marked, [{ pick: 'Acme' }, replace], { language });
      assert.ok(outcome.ok);
      assert.equal(text, after);
    });
  }

  it('takes a selection at its word when nothing around it says what it is', async () => {
    const old = 'Zq3_-9fK2mX7pL0aB4cD8eF6gH1iJ5kN7oQ2rS3t';
    const { credentialOf, text } = await play(`a("«${old}»")`, [{ pick: 'Acme' }, replace]);
    assert.deepEqual(await credentialOf('a1'), { kind: 'apiToken', token: old });
    assert.equal(text, 'a(process.env.CLOUDFLARE_API_TOKEN)');
  });

  it('asks which of several', async () => {
    const other = TOKEN.replace('abc', 'xyz');
    const { credentialOf, lists } = await play(`«A_TOKEN=${TOKEN}\nB_TOKEN=${other}»`, [
      { pick: 'API token' },
      { pick: 'Acme' },
      'esc',
    ]);
    assert.deepEqual(lists[0], [
      'API token | A_TOKEN: cfut_…, 41 characters',
      'API token | B_TOKEN: cfut_…, 41 characters',
    ]);
    assert.deepEqual(await credentialOf('a1'), { kind: 'apiToken', token: TOKEN });
  });

  it('asks for the e-mail address of a Global API Key, unless it stands near', async () => {
    const credential = { kind: 'globalKey', email: 'dev@example.com', key: KEY } as const;
    const alone = await play(`X-Auth-Key: «${KEY}»`, [{ type: 'dev@example.com' }, { pick: 'Acme' }, 'esc']);
    assert.deepEqual(await alone.credentialOf('a1'), credential);
    const near = await play(
      `CLOUDFLARE_EMAIL=dev@example.com\nCLOUDFLARE_API_KEY=«${KEY}»`,
      [{ type: '' }, { pick: 'Acme' }, replace],
      { language: 'dotenv' },
    );
    assert.deepEqual(await near.credentialOf('a1'), credential);
    assert.equal(near.text, 'CLOUDFLARE_EMAIL=dev@example.com\nCLOUDFLARE_API_KEY=${CLOUDFLARE_API_KEY}');
  });

  it('makes a new account of it', async () => {
    const { accounts, asked } = await play(`«${TOKEN}»`, [
      { pick: 'A new account…' },
      { type: 'Beta' },
      { pick: 'Studio' },
      'esc',
    ]);
    const opened = await accounts.open('a2');
    assert.ok(opened.ok && opened.value.label === 'Beta' && opened.value.accountId === ID);
    assert.match(asked[0] ?? '', /^Store Selection as Credential 1\/\d$/);
  });

  it('asks an account without a credential which one it is', async () => {
    const keysOnly = { label: 'Keys' };
    const { accounts } = await play(`«${TOKEN}»`, [{ pick: 'Keys' }, { pick: 'Library' }, 'esc'], {
      accounts: [keysOnly],
    });
    const opened = await accounts.open('a1');
    assert.ok(opened.ok && opened.value.accountId === OTHER);
  });

  it('gives a signing key to an account, with the id that stands near', async () => {
    const text = `STREAM_KEY_ID=${KEY_ID}\nSTREAM_KEY_PEM=«${PEM}»`;
    const { text: after, storedKeys, calls } = await play(text, [{ pick: 'Acme' }, replace], { language: 'dotenv' });
    assert.equal(after, `STREAM_KEY_ID=${KEY_ID}\nSTREAM_KEY_PEM=\${STREAM_KEY_PEM}`);
    assert.deepEqual(storedKeys, [`a1 Acme ${KEY_ID}`]);
    assert.deepEqual(calls, []);
  });

  it('takes a plain PEM on many lines, and a JWK that says its id', async () => {
    const { pkcs8, jwk } = testKey();
    for (const key of [pkcs8.trim(), pkcs8.replaceAll('\n', '\\n'), JSON.stringify(jwk), base64(JSON.stringify(jwk))]) {
      const { storedKeys, outcome } = await play(`KEY_ID = '${KEY_ID}'\nKEY = \`«${key}»\``, [{ pick: 'Acme' }, 'esc']);
      assert.ok(outcome.ok);
      assert.deepEqual(storedKeys, [`a1 Acme ${KEY_ID}`]);
    }
  });

  it('asks for the id of a signing key that has none, and makes a new account of it, also in the browser', async () => {
    const acts: readonly Act[] = [
      { pick: 'A new account…' },
      { type: KEY_ID },
      { type: 'Keys' },
      { type: 'abc123' },
      replace,
    ];
    const made = await play(`const pem = "«${PEM}»"`, acts, { canCallApi: false });
    assert.ok(made.outcome.ok);
    assert.equal((await made.accounts.list()).find(({ label }) => label === 'Keys')?.credential, 'none');
    assert.deepEqual(made.storedKeys, [`a2 Keys ${KEY_ID}`]);
    assert.equal(made.text, 'const pem = process.env.STREAM_KEY_PEM');
  });

  it('says what is wrong with a signing key', async () => {
    const short = base64(testKey('b', 1024).pkcs1);
    const { asked, storedKeys } = await play(`«${short}»`, [{ pick: 'Acme' }, 'esc']);
    assert.match(asked.at(-1) ?? '', /1024/);
    assert.deepEqual(storedKeys, []);
  });

  it('changes neither account nor file when Cloudflare says no', async () => {
    const script: ApiScript = {
      verify: 'active',
      accounts: [studio],
      videos: { code: 'forbidden', status: 403, errors: [] },
    };
    const { asked, credentialOf, text } = await play(`«${TOKEN}»`, [{ pick: 'Acme' }, 'esc'], { script });
    assert.match(asked.at(-1) ?? '', /does not let this API token use Stream in this account/);
    assert.deepEqual(await credentialOf('a1'), acme.credential);
    assert.equal(text, TOKEN);
  });

  it('says when the file could not be changed', async () => {
    const { told } = await play(`«${TOKEN}»`, [{ pick: 'Acme' }, replace], { editable: false });
    assert.match(told.join(), /The file was not changed/);
  });

  it('says why a token can’t be taken in the browser', async () => {
    const { asked } = await play(`«${TOKEN}»`, [{ pick: 'Acme' }, 'esc'], { canCallApi: false });
    assert.match(asked.at(-1) ?? '', /In the browser/);
  });

  for (const [marked, sentence] of [
    ['const x = «"hello world"»;', 'The selection holds no API token, Global API Key or signing key.'],
    [
      `const x |= 1;\nconst token = "${TOKEN}"`,
      'There is no API token, Global API Key or signing key on this line. Select it and try again.',
    ],
  ] as const) {
    it(`asks nothing about ${JSON.stringify(marked.slice(0, 20))}`, async () => {
      const { told, asked, outcome } = await play(marked, []);
      assert.deepEqual([told, asked, outcome.ok], [[sentence], [], false]);
    });
  }
});
