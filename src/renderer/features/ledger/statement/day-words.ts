import type { DayRow } from '../../../../contract/ledger.ts';
import { formatCount, formatCounted, formatMoney } from '../../../ui/format.ts';

/** The sums of a day as its line says them: never those of a part as if they were the day's. */
export function dayWords({ entries, denials, spentMicro, whole }: DayRow) {
  const spent = formatMoney(-spentMicro);
  if (whole === null) {
    return {
      entries: formatCounted(entries, 'entry', 'entries'),
      denials: denials === 0 ? null : formatCounted(denials, 'denial'),
      spent: `${spent} spent`,
    };
  }
  return {
    entries: `${formatCount(entries)} of ${formatCounted(whole.entries, 'entry', 'entries')}`,
    denials: denials === 0 ? null : `${formatCount(denials)} of ${formatCounted(whole.denials, 'denial')}`,
    spent: `${spent} of ${formatMoney(-whole.spentMicro)} spent`,
  };
}
