import type { GraphRow } from '../../../contract/vek.ts';
import { formatClock, formatDate, formatMoney, type Zone } from '../../ui/format.ts';

/** Day and time, on two lines, for a row whose day differs from the row above. */
export function dayAndTime(micros: number, zone: Zone): string {
  return `${formatDate(micros, zone).replace(/ \d{4}$/, '')}\n${formatClock(micros, zone)}`;
}

/** What a screen reader says of a row: tool, what went in and came out, badges, time. */
export function rowName(call: GraphRow, zone: Zone): string {
  const { input, output, failed } = call.summary;
  const parts = [
    call.tool,
    input,
    ...call.broken,
    `${failed ? 'failed: ' : ''}${output}`,
    ...call.refs.map((ref) => `${ref.kind} ${ref.label}${ref.head ? ', HEAD' : ''}`),
    call.isMerge ? 'merge' : '',
    call.costMicros === null ? '' : formatMoney(call.costMicros),
    call.timeMicros === null ? call.timestamp : formatClock(call.timeMicros, zone),
  ];
  return parts.filter((part) => part !== '').join(', ');
}

const days = new WeakMap<GraphRow, { readonly zone: Zone; readonly day: string }>();

/** The day of a call as text; kept per row, since rows are asked for it again with every move of the window. */
function dayOf(call: GraphRow, micros: number, zone: Zone): string {
  const known = days.get(call);
  if (known?.zone === zone) return known.day;
  const day = formatDate(micros, zone);
  days.set(call, { zone, day });
  return day;
}

/** Whether two calls, one above the other, stand on different days. */
export function daysDiffer(above: GraphRow | null, call: GraphRow, zone: Zone): boolean {
  if (above === null || above.timeMicros === null || call.timeMicros === null) return false;
  return dayOf(above, above.timeMicros, zone) !== dayOf(call, call.timeMicros, zone);
}
