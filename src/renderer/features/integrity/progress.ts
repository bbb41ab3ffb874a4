import type { RunningCheck } from '../../state/check.ts';
import { formatCount, formatSpan } from '../../ui/format.ts';

/** Below this time nothing can be said of what is left, in ms. */
const TELLING_MS = 800;

/** How far a check is, in words: counts, how fast, and what is likely left. */
export function progressWords({ done, total, sinceMs }: RunningCheck, nowMs: number): string {
  if (total === 0) return 'Counting what is to be checked';
  const counts = `${formatCount(done)} of ${formatCount(total)} records`;
  const ms = nowMs - sinceMs;
  if (ms < TELLING_MS || done === 0) return counts;
  const rate = Math.round((done / ms) * 1000);
  const left = Math.ceil((total - done) / rate);
  const rest = done >= total ? 'following the links' : `≈ ${formatSpan(left * 1e6)} left`;
  return `${counts}, ${formatCount(rate)} a second, ${rest}`;
}
