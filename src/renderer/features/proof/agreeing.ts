import type { LedgerWitness } from '../../../contract/ledger-report.ts';
import { formatCount } from '../../ui/format.ts';

/** How many records say what a finding expected, in one sentence; empty: there are too few to count. */
export function agreeing(because: readonly LedgerWitness[]): string {
  const all = because.length;
  const agree = because.filter(({ agrees }) => agrees).length;
  if (all < 2 || agree === 0) return '';
  if (agree === all) {
    return `${all === 2 ? 'Both records' : `All ${formatCount(all)} records`} say what should be there.`;
  }
  return `${formatCount(agree)} of ${formatCount(all)} records ${agree === 1 ? 'says' : 'say'} what should be there.`;
}
