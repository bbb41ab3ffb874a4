import type { GraphRow } from '../../../contract/vek.ts';
import {
  formatClock,
  formatCounted,
  formatDate,
  formatMoney,
  formatSpan,
  type Zone,
} from '../../ui/format.ts';
import { cutMiddle } from './cut.ts';
import { foldName } from './fold-text.ts';

/**
 * The time of a row. On two lines with the day where that differs from the row above, or with how long nothing was
 * recorded before the call; where both are to be said the seconds give way.
 */
export function timeText(call: GraphRow, newDay: boolean, zone: Zone): string {
  const { timeMicros: micros, idleMicros } = call;
  if (micros === null) return cutMiddle(call.timestamp.replaceAll('\n', ' '), 40);
  const clock = formatClock(micros, zone);
  const day = formatDate(micros, zone).replace(/ \d{4}$/, '');
  if (idleMicros === null) return newDay ? `${day}\n${clock}` : clock;
  // the first unit alone has room: 3 h
  const idle = `${/^[\d,.]+ [a-z]+/.exec(formatSpan(idleMicros))?.[0] ?? ''} idle`;
  return newDay ? `${day}, ${clock.slice(0, 5)}\n${idle}` : `${clock}\n${idle}`;
}

/** Where the second parent of a merge stands that is far from it. */
export const farText = (rows: number): string =>
  `second parent ${formatCounted(Math.abs(rows), 'row')} ${rows < 0 ? 'above' : 'below'}`;

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]|\ud802|\ud803|\ud83a|\ud83b/;

/** A text with its own direction, so that an Arabic one does not move what stands beside it. */
export const isolated = (text: string): string => (RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text);

/** The summary of a model's call with the short name of the model: without its maker, family and date. */
export function shortModel(input: string): string {
  return input.replace(/^[^\s·]{4,80}(?= · |$)/, (name) => {
    const short = name
      .replace(/^.*\//, '')
      .replace(/^claude-/, '')
      .replace(/-(?:\d{8}|\d{4}-\d\d-\d\d|latest)$/, '');
    return short === '' ? name : short;
  });
}

/** More of a text is not read out with a row. */
const READ_OUT = 300;

/** What a screen reader says of a row: tool, what went in and came out, badges, time. */
export function rowName(call: GraphRow, zone: Zone, far: number | null = null): string {
  const idle = call.idleMicros === null ? '' : `after ${formatSpan(call.idleMicros)} without calls`;
  if (call.fold !== null) return [foldName(call.fold, zone), idle].filter((part) => part !== '').join(', ');
  const { input, output, failed } = call.summary;
  const parts = [
    cutMiddle(call.tool, READ_OUT),
    input,
    ...call.broken,
    `${failed ? 'failed: ' : ''}${output}`,
    ...call.refs
      .slice(0, 20)
      .map((ref) => `${ref.kind} ${cutMiddle(ref.label, READ_OUT)}${ref.head ? ', HEAD' : ''}`),
    call.refs.length > 20 ? `and ${call.refs.length - 20} more names` : '',
    call.isMerge ? 'merge' : '',
    far === null ? '' : farText(far),
    call.costMicros === null ? '' : formatMoney(call.costMicros),
    call.timeMicros === null ? cutMiddle(call.timestamp, READ_OUT) : formatClock(call.timeMicros, zone),
    idle,
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
