import assert from 'node:assert/strict';
import type { Reply } from '../../../src/flows/prompter';
import { runWizard, type Step } from '../../../src/flows/wizard';

type Answers = Readonly<Record<string, string>>;

/** Runs steps named after letters; each act is an answer, `<` for Back or `x` for Esc. Yields what was asked and the end. */
async function play(steps: readonly { id: string; when?: (state: Answers) => boolean }[], acts: string) {
  const left = acts.split(' ');
  const asked: string[] = [];
  const toStep = ({ id, when }: (typeof steps)[number]): Step<Answers> => ({
    id,
    ...(when && { when }),
    async ask(state, { position, canGoBack, previous }): Promise<Reply<Answers>> {
      const before = previous?.[id] === undefined ? '' : ` (was ${previous[id]})`;
      asked.push(`${id} ${position.step}/${position.total}${canGoBack ? '' : ' first'}${before}`);
      const act = left.shift();
      if (act === '<') return { kind: 'back' };
      return act === 'x' || act === undefined ? { kind: 'cancel' } : { kind: 'answer', value: { ...state, [id]: act } };
    },
  });
  const result = await runWizard(steps.map(toStep), {});
  assert.deepEqual(left, [], 'acts left over');
  return { asked, kind: result.kind, state: result.state };
}

const abc = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
const branching = [{ id: 'a' }, { id: 'b', when: (state: Answers) => state.a === 'yes' }, { id: 'c' }];

describe('wizard', () => {
  const rows: readonly [string, typeof branching | typeof abc, string, readonly string[], string, Answers][] = [
    ['asks in order', abc, '1 2 3', ['a 1/3 first', 'b 2/3', 'c 3/3'], 'done', { a: '1', b: '2', c: '3' }],
    [
      'goes back and remembers the answer',
      abc,
      '1 2 < 4 3',
      ['a 1/3 first', 'b 2/3', 'c 3/3', 'b 2/3 (was 2)', 'c 3/3'],
      'done',
      { a: '1', b: '4', c: '3' },
    ],
    [
      'forgets what comes after the question it goes back to',
      abc,
      '1 2 < < 5 6 7',
      ['a 1/3 first', 'b 2/3', 'c 3/3', 'b 2/3 (was 2)', 'a 1/3 first (was 1)', 'b 2/3 (was 2)', 'c 3/3'],
      'done',
      { a: '5', b: '6', c: '7' },
    ],
    [
      'leaves out what does not apply, and counts anew',
      branching,
      'no 3',
      ['a 1/2 first', 'c 2/2'],
      'done',
      { a: 'no', c: '3' },
    ],
    [
      'asks what applies now',
      branching,
      'yes 2 3',
      ['a 1/2 first', 'b 2/3', 'c 3/3'],
      'done',
      { a: 'yes', b: '2', c: '3' },
    ],
    [
      'goes back over what was left out',
      branching,
      'no < yes 2 3',
      ['a 1/2 first', 'c 2/2', 'a 1/2 first (was no)', 'b 2/3', 'c 3/3'],
      'done',
      { a: 'yes', b: '2', c: '3' },
    ],
    [
      'ends at Esc with what it knows',
      abc,
      '1 2 x',
      ['a 1/3 first', 'b 2/3', 'c 3/3'],
      'cancelled',
      { a: '1', b: '2' },
    ],
    ['ends at Back from the first question', abc, '<', ['a 1/3 first'], 'cancelled', {}],
  ];
  for (const [title, steps, acts, asked, kind, state] of rows) {
    it(title, async () => assert.deepEqual(await play(steps, acts), { asked, kind, state }));
  }
});
