import type { LedgerOverview, ReportSummary } from '../../../../contract/ledger.ts';
import { formatCount } from '../../../ui/format.ts';

/** What the chain strip says: parts in order, each with how much of all entries it stands for. */
export type Strip = {
  readonly state: 'unchecked' | 'stale' | 'whole' | 'broken' | 'empty';
  /** the part that was proved, in words; empty: none was */
  readonly verified: string;
  readonly broken: string;
  readonly rest: string;
  /** from 0 to 1: where the proved part ends */
  readonly until: number;
  /** the first entry that fails */
  readonly seq: number | null;
};

const NOTHING = { verified: '', broken: '', rest: '', until: 0, seq: null } as const;

/** What is known of the chain by the last check; never more than that proved. */
export function stripOf(
  { counts, first, last }: Pick<LedgerOverview, 'counts' | 'first' | 'last'>,
  report: ReportSummary | null,
): Strip {
  if (counts.events === 0) return { ...NOTHING, state: 'empty' };
  if (report === null) return { ...NOTHING, state: 'unchecked' };
  if (report.stale) return { ...NOTHING, state: 'stale' };
  const [from, to] = [first?.seq ?? 1, last?.seq ?? counts.events];
  const later =
    report.newEntries > 0 ? `${formatCount(report.newEntries)} written since, not checked yet` : '';
  const { ok, seq } = report.chain;
  if (ok || seq === null) {
    const upTo = counts.events - report.newEntries;
    const proved = ok ? `All ${formatCount(upTo)} entries verified` : '';
    return {
      state: ok ? 'whole' : 'broken',
      verified: proved,
      broken: ok ? '' : 'The chain does not verify',
      rest: later,
      until: ok ? upTo / counts.events : 0,
      seq: null,
    };
  }
  const rest = Math.max(0, to - seq);
  return {
    state: 'broken',
    verified: seq > from ? `${formatCount(from)} to ${formatCount(seq - 1)} verified` : '',
    broken: `breaks at ${formatCount(seq)}`,
    rest: rest > 0 ? `${formatCount(rest)} after it not proved` : '',
    until: Math.min(0.98, Math.max(0, (seq - from) / Math.max(1, to - from + 1))),
    seq,
  };
}
