import { performance } from 'node:perf_hooks';
import { mergeBases } from '../src/core/graph/ancestors.ts';
import { readIndexIn } from '../src/core/vek/index-read.ts';
import { repositoryAt } from '../src/core/vek/paths.ts';
import { lookAtVek } from '../src/core/vek/store.ts';
import { percentile, type Line } from './support.ts';

/** Pairs of branches that are asked for; every pair where there are fewer. */
const PAIRS = 300;

const ms = (value: number): string => `${value.toFixed(1)} ms`;

/** How long it takes to find the merge bases of two branches of a repository, once its index is there. */
export function measureMergeBase(folder: string): Line[] {
  const paths = repositoryAt(folder);
  if (paths === null) throw new Error(`There is no repository in ${folder}`);
  const looked = lookAtVek(paths, (s) => {
    const index = readIndexIn(s);
    const branches = s.refs().filter((ref) => ref.kind === 'branch');
    return { index, tips: branches.map(({ hash }) => index.find(hash)).filter((tip) => tip >= 0) };
  });
  if (!looked.ok) throw new Error(looked.error.message);
  const { index, tips } = looked.value;
  const pairs = tips.flatMap((a, i) => tips.slice(i + 1).map((b) => [a, b] as const));
  const step = Math.max(1, Math.floor(pairs.length / PAIRS));
  const samples: number[] = [];
  let several = 0;
  for (let i = 0; i < pairs.length; i += step) {
    const [a, b] = pairs[i]!;
    const started = performance.now();
    const bases = mergeBases(index, a, b);
    samples.push(performance.now() - started);
    if (bases.length > 1) several += 1;
  }
  // a tip with an old call, so that the way down is long
  const started = performance.now();
  mergeBases(index, Math.max(...tips), 0);
  const far = performance.now() - started;
  return [
    {
      what: `merge base of two branches, ${samples.length} pairs (${several} with several bases), p50 / p95 / most`,
      value: [percentile(samples, 0.5), percentile(samples, 0.95), Math.max(...samples)].map(ms).join(' / '),
      target: '50 ms at 1M',
    },
    { what: 'merge base of the newest branch and the first call', value: ms(far), target: '50 ms at 1M' },
  ];
}
