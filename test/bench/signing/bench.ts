import { runProbe } from '../inHost';
import { median, type Row, rowOf } from '../rows';
import { measureRounds, type Round } from './measure';
import { hasOpenssl } from './openssl';

const ROUNDS = 7;
const HOST_MILLISECONDS = 600_000;

/** How fast a thousand tokens are signed, and what that does to everyone else in the process. */
export async function benchSigning(): Promise<readonly Row[]> {
  const openssl = await hasOpenssl();
  if (!openssl) console.error('signing: there is no openssl here, so its rows are left out');
  console.error(`signing: ${ROUNDS} rounds in plain Node`);
  const plain = await measureRounds(ROUNDS, openssl);
  console.error(`signing: ${ROUNDS} rounds in the extension host`);
  const host = (await runProbe('signing', HOST_MILLISECONDS, {
    SIGNING_ROUNDS: JSON.stringify({ rounds: ROUNDS, openssl }),
  })) as readonly Round[];
  const load = median([...plain, ...host].map(({ ours }) => ours.foreignLoad));
  console.error(`signing: others used ${(load * 100).toFixed(0)} % of the processors meanwhile`);
  return [
    ...(openssl ? [throughput('1,000 tokens in plain Node', plain, 0.65)] : []),
    ...(openssl ? [throughput('1,000 tokens in the extension host', host, 0.55)] : []),
    ...besides('in the extension host', host),
  ];
}

function throughput(what: string, rounds: readonly Round[], goal: number): Row {
  const rival = { what: 'openssl on all processors', median: median(rounds.map((round) => round.opensslPerSecond)) };
  return against(
    what,
    '/s',
    rounds.map(({ ours }) => ours.perSecond),
    rival,
    {
      text: `>= ${goal}x`,
      met: (ratio) => ratio >= goal,
    },
  );
}

function besides(where: string, rounds: readonly Round[]): readonly Row[] {
  const sync = { what: 'a synchronous loop', median: median(rounds.map((round) => round.sync.perSecond)) };
  const gap = { what: 'a synchronous loop', median: median(rounds.map((round) => round.sync.longestGap)) };
  const stat = { what: 'an unbounded Promise.all', median: median(rounds.map((round) => round.unbounded.worstStat)) };
  return [
    against(
      `1,000 tokens ${where}`,
      '/s',
      rounds.map(({ ours }) => ours.perSecond),
      sync,
      {
        text: '>= 1.4x',
        met: (ratio) => ratio >= 1.4,
      },
    ),
    against(
      'longest gap of the event loop, worst round',
      'ms',
      [Math.max(...rounds.map(({ ours }) => ours.longestGap))],
      gap,
      {
        text: '<= 20 ms',
        met: (_, middle) => middle <= 20,
      },
    ),
    against(
      'slowest fs.stat of another, worst round',
      'ms',
      [Math.max(...rounds.map(({ ours }) => ours.worstStat))],
      stat,
      {
        text: '<= 1/20',
        met: (ratio) => ratio <= 1 / 20,
      },
    ),
  ];
}

function against(
  what: string,
  unit: 'ms' | '/s',
  values: readonly number[],
  rival: Row['rival'],
  goal: { readonly text: string; readonly met: (ratio: number, middle: number) => boolean },
): Row {
  const row = rowOf(what, values, rival, unit);
  return { ...row, goal: { text: goal.text, met: goal.met(row.median / rival.median, row.median) } };
}
