import assert from 'node:assert/strict';
import { mock } from 'node:test';
import {
  type ClaimsPanel,
  createClaimsPanel,
  type Panel,
  type PanelHost,
  type Showing,
} from '../../../src/editor/claimsPanel';
import type { ClaimsReport } from '../../../src/flows/inspector/claimsReport';
import { elements, FRAME } from '../support/claimsPage';

const START = 1_800_000_000;

/** A tab of VS Code; what a person does with it tells whoever listens. */
class Tab implements Panel {
  title: string;
  visible = true;
  active = true;
  closed = false;
  readonly pages: string[] = [];
  readonly webview: Panel['webview'];
  readonly #closing: (() => void)[] = [];
  readonly #changing: (() => void)[] = [];
  constructor(title: string) {
    this.title = title;
    const { pages } = this;
    this.webview = {
      get html() {
        return pages.at(-1) ?? '';
      },
      set html(page) {
        pages.push(page);
      },
    };
  }
  readonly onDidDispose = (listener: () => void) => this.#listen(this.#closing, listener);
  readonly onDidChangeViewState = (listener: () => void) => this.#listen(this.#changing, listener);
  #listen(listeners: (() => void)[], listener: () => void) {
    listeners.push(listener);
    return { dispose() {} };
  }
  reveal() {
    this.become({ visible: true, active: true });
  }
  become(state: { readonly visible?: boolean; readonly active?: boolean }) {
    Object.assign(this, state);
    for (const changed of this.#changing) changed();
  }
  dispose() {
    if (this.closed) return;
    this.closed = true;
    for (const closed of this.#closing) closed();
  }
  get headline() {
    return elements(this.webview.html).find(({ name }) => name === 'h1')?.text;
  }
}

function report(token: string, headline: string, changesAt?: number): ClaimsReport {
  return {
    given: { token },
    videoId: token,
    tone: 'good',
    headline,
    advice: [],
    lines: [],
    judgedAt: '',
    ...(changesAt !== undefined && { changesAt }),
    oddities: [],
    claims: [],
    rules: { rules: [], warnings: [] },
    urls: [],
    json: '',
  };
}

/** The panel in a window where a token, judged anew, says what `verdict` says. */
function openPanel(verdict: (token: string, now: number) => ClaimsReport | undefined = () => undefined) {
  const tabs: Tab[] = [];
  const answers: (() => void)[] = [];
  let asked = 0;
  let looked = 0;
  let held = false;
  let restore: (panel: Panel) => void = () => {};
  let written: (key: string) => void = () => {};
  const host: PanelHost = {
    create(title) {
      const tab = new Tab(title);
      tabs.push(tab);
      return tab;
    },
    onRestored(take) {
      restore = take;
      return { dispose() {} };
    },
    frame: () => FRAME,
  };
  const now = () => {
    looked++;
    return Date.now() / 1000;
  };
  const claims = createClaimsPanel({
    host,
    async judge({ token }) {
      asked++;
      const judged = verdict(token, now());
      if (held) await new Promise<void>((resolve) => answers.push(resolve));
      return judged;
    },
    cache: {
      onDidWrite(listener) {
        written = listener;
        return { dispose() {} };
      },
    },
    now,
  });
  return {
    claims,
    tabs,
    /** How many judgements were asked for so far. */
    asked: () => asked,
    /** How often it looked at the clock so far. */
    looked: () => looked,
    /** From now on judgements come when they are let go. */
    hold: () => {
      held = true;
      return answers;
    },
    restore: (tab: Tab) => restore(tab),
    write: (key: string) => written(key),
    open: () => tabs.filter(({ closed }) => !closed),
  };
}
const show = (claims: ClaimsPanel, shown: ClaimsReport) => {
  const showing = claims.begin();
  showing.show(shown);
  showing.dispose();
};
const settled = () => new Promise((resolve) => setImmediate(resolve));
const pass = async (seconds: number) => {
  mock.timers.tick(seconds * 1000);
  await settled();
};

describe('claims panel', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'], now: START * 1000 }));
  afterEach(() => mock.timers.reset());

  it('says that the token is gone where it was restored, until there is another', () => {
    const { claims, tabs, restore } = openPanel();
    const tab = new Tab('Token for a');
    restore(tab);
    assert.deepEqual([tab.title, tab.headline], ['Token', 'No token here']);
    show(claims, report('b', 'plays'));
    assert.deepEqual([tab.title, tab.headline, tabs.length], ['Token for b', 'plays', 0]);
  });

  it('keeps the token just decoded when the tab of the window before is looked at', () => {
    const { claims, open, restore } = openPanel();
    show(claims, report('a', 'plays'));
    open()[0]?.become({ visible: false, active: false });
    const old = new Tab('Token for b');
    restore(old);
    assert.ok(old.closed);
    assert.deepEqual(
      open().map(({ headline, active }) => [headline, active]),
      [['plays', true]],
    );
  });

  const STORIES: readonly (readonly [story: string, happens: string, open: string])[] = [
    ['is open at once', 'begin a, prepare a', 'Token for a'],
    ['shows the report when it comes', 'begin a, prepare a, show a, end a', 'Token for a'],
    ['is opened for a token that was asked for', 'begin a, show a, end a', 'Token for a'],
    ['closes again when there is no report', 'begin a, prepare a, end a', ''],
    ['stays closed when the person closed it meanwhile', 'begin a, prepare a, close, show a, end a', ''],
    ['shows the one that was begun last', 'begin a, begin b, show a, show b', 'Token for b'],
    ['… also when it comes first', 'begin a, begin b, show b, show a', 'Token for b'],
    ['… unless nothing comes of it', 'begin a, prepare a, begin b, prepare b, end b, show a, end a', 'Token for a'],
    ['waits for the other report', 'begin a, prepare a, begin b, prepare b, end a, show b, end b', 'Token for b'],
    ['closes when neither comes', 'begin a, prepare a, begin b, end a, end b', ''],
    ['goes with the extension', 'begin a, show a, go', ''],
    ['does not come after that', 'begin a, begin b, prepare a, go, prepare b, show a, show b, restore', ''],
    ['keeps the page of a restored one when there is no report', 'restore, begin a, prepare a, end a', 'Token'],
    ['is not written upon when it is closed', 'begin a, show a, close, update a', ''],
  ];
  for (const [story, happens, expected] of STORIES)
    it(story, () => {
      const { claims, open, restore } = openPanel();
      const showings = new Map<string, Showing>();
      const restored: Tab[] = [];
      const acts: Readonly<Record<string, (name: string) => unknown>> = {
        begin: (name) => showings.set(name, claims.begin()),
        prepare: (name) => showings.get(name)?.prepare(name),
        show: (name) => showings.get(name)?.show(report(name, 'plays')),
        end: (name) => showings.get(name)?.dispose(),
        update: (name) => claims.update(report(name, 'plays')),
        close: () => open()[0]?.dispose(),
        go: () => claims.dispose(),
        restore: () => restore(restored[restored.push(new Tab('')) - 1] as Tab),
      };
      for (const [act = '', name = ''] of happens.split(', ').map((step) => step.split(' '))) acts[act]?.(name);
      const titles = [...restored.filter(({ closed }) => !closed), ...open()].map(({ title }) => title);
      assert.equal(titles.join(), expected);
    });

  /** A token that counts down and dies at the end, seen by the clock of the test. */
  const dying = (end: number) => (token: string, now: number) =>
    now >= end ? report(token, 'expired') : report(token, `plays ${Math.round(end - now)} s more`, end);

  const WAITS: readonly (readonly [
    says: string,
    lives: number,
    state: { readonly visible?: boolean; readonly active?: boolean },
    waits: number,
    headline: string,
    judged: number,
  ])[] = [
    ['counts nothing before its time', 12, {}, 11, 'plays 12 s more', 0],
    ['dies in sight at the second of its end', 12, {}, 12, 'expired', 1],
    ['dies in sight after hours', 7200, {}, 7200, 'expired', 1],
    ['is not disturbed for less while somebody works on it', 7200, {}, 600, 'plays 7200 s more', 0],
    ['counts on by the minute beside an editor', 7200, { active: false }, 600, 'plays 6600 s more', 10],
    ['is left alone out of sight', 12, { visible: false, active: false }, 600, 'plays 12 s more', 0],
  ];
  for (const [says, lives, state, waits, headline, judged] of WAITS)
    it(says, async () => {
      const verdict = dying(START + lives);
      const { claims, open, asked } = openPanel(verdict);
      show(claims, verdict('a', START));
      const [tab] = open();
      tab?.become(state);
      for (let second = 0; second < waits; second++) await pass(1);
      assert.deepEqual([tab?.headline, asked()], [headline, judged]);
    });

  it('is judged anew when it comes into sight', async () => {
    const verdict = dying(START + 12);
    const { claims, open } = openPanel(verdict);
    show(claims, verdict('a', START));
    const [tab] = open();
    tab?.become({ visible: false, active: false });
    await pass(60);
    tab?.become({ visible: true });
    await settled();
    assert.equal(tab?.headline, 'expired');
  });

  it('asks once a minute where it cannot be judged, and leaves what it says', async () => {
    const { claims, open, asked } = openPanel(() => undefined);
    show(claims, report('a', 'plays', START + 12));
    for (let second = 0; second < 140; second++) await pass(1);
    assert.deepEqual([open()[0]?.headline, asked()], ['plays', 3]);
  });

  it('is not written anew when it would say the same', async () => {
    const { claims, open } = openPanel((token) => ({ ...report(token, 'plays'), judgedAt: 'later' }));
    show(claims, report('a', 'plays'));
    await claims.judgeAgain();
    assert.equal(open()[0]?.pages.length, 1);
  });

  for (const [key, visible, headline] of [
    ['signingKeys', true, 'plays for sure'],
    ['signingKeys', false, 'plays'],
    ['accounts', true, 'plays'],
  ] as const)
    it(`says "${headline}" after ${key} were written while it was ${visible ? 'in' : 'out of'} sight`, async () => {
      const { claims, open, write } = openPanel((token) => report(token, 'plays for sure'));
      show(claims, report('a', 'plays'));
      open()[0]?.become({ visible });
      write(key);
      await settled();
      assert.equal(open()[0]?.headline, headline);
    });

  it('says what the latest judgement knows, whichever comes first', async () => {
    let key = 'unknown';
    const { claims, open, write, hold } = openPanel((token) => report(token, key));
    show(claims, report('a', 'plays'));
    const answers = hold();
    write('signingKeys');
    key = 'known';
    write('signingKeys');
    for (const answer of answers.toReversed()) {
      answer();
      await settled();
      assert.equal(open()[0]?.headline, 'known');
    }
  });

  it('keeps the token that came while another was judged', async () => {
    const { claims, open, write, hold } = openPanel((token) => report(token, 'judged'));
    show(claims, report('a', 'plays'));
    const answers = hold();
    write('signingKeys');
    show(claims, report('b', 'expired'));
    for (const answer of answers) answer();
    await settled();
    assert.deepEqual(
      open().map(({ title, headline }) => [title, headline]),
      [['Token for b', 'expired']],
    );
    assert.equal(claims.current()?.given.token, 'b');
  });

  it('leaves what it says where judging fails', async () => {
    const { claims, open } = openPanel(() => {
      throw new Error('locked');
    });
    show(claims, report('a', 'plays'));
    await claims.judgeAgain();
    assert.deepEqual([open()[0]?.headline, open()[0]?.pages.length], ['plays', 1]);
  });

  it('knows whether it is what the person works on', () => {
    const { claims, open } = openPanel();
    assert.equal(claims.inFront(), false);
    show(claims, report('a', 'plays'));
    const [tab] = open();
    assert.equal(claims.inFront(), true);
    tab?.become({ active: false });
    assert.equal(claims.inFront(), false);
    tab?.reveal();
    tab?.dispose();
    assert.equal(claims.inFront(), false);
  });

  for (const [by, leave] of [
    ['the extension', ({ claims }: ReturnType<typeof openPanel>) => claims.dispose()],
    ['its tab', ({ open }: ReturnType<typeof openPanel>) => open()[0]?.dispose()],
  ] as const)
    it(`judges nothing and waits for nothing once ${by} is gone`, async () => {
      const opened = openPanel((token) => report(token, 'judged'));
      show(opened.claims, report('a', 'plays', START + 12));
      const [tab] = opened.tabs;
      leave(opened);
      const looked = opened.looked();
      await pass(60);
      opened.write('signingKeys');
      await opened.claims.judgeAgain();
      assert.deepEqual([opened.asked(), opened.looked(), tab?.closed, tab?.pages.length], [0, looked, true, 1]);
    });

  it('writes nothing when its judgement comes after the extension is gone', async () => {
    const { claims, tabs, hold } = openPanel((token) => report(token, 'judged'));
    show(claims, report('a', 'plays'));
    const answers = hold();
    const judging = claims.judgeAgain();
    claims.dispose();
    for (const answer of answers) answer();
    await judging;
    assert.equal(tabs[0]?.headline, 'plays');
  });
});
