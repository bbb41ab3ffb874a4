import type { FoldedStretch } from '../../../contract/vek.ts';
import {
  formatClock,
  formatCount,
  formatCounted,
  formatDateTime,
  formatMoney,
  formatSpan,
  type Zone,
} from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { cutMiddle } from './cut.ts';

/** `38 calls folded, 24 min`. */
export function foldSpan({ calls, fromMicros, toMicros }: FoldedStretch): string {
  const text = `${formatCounted(calls, 'call')} folded`;
  return fromMicros === null || toMicros === null ? text : `${text}, ${formatSpan(toMicros - fromMicros)}`;
}

/** `fetch 17, search 9, 12 of other tools`. Names of more than `most` signs lose their middle. */
export function foldTools({ tools, otherCalls }: FoldedStretch, most: number): string {
  const named = tools.map(
    ({ tool, calls }) =>
      `${tool === '' ? '(no name)' : cutMiddle(visibleText(tool), most)} ${formatCount(calls)}`,
  );
  return [...named, ...(otherCalls === 0 ? [] : [`${formatCount(otherCalls)} of other tools`])].join(', ');
}

/** From when to when, on one day or two. */
export function foldRange({ fromMicros, toMicros }: FoldedStretch, zone: Zone): string {
  if (fromMicros === null || toMicros === null) return 'The records have no readable times.';
  const from = formatDateTime(fromMicros, zone);
  const to = formatDateTime(toMicros, zone);
  const sameDay = from.slice(0, from.lastIndexOf(',')) === to.slice(0, to.lastIndexOf(','));
  return `${from} to ${sameDay ? formatClock(toMicros, zone) : to}`;
}

/** What a screen reader says of a folded stretch. */
export function foldName(fold: FoldedStretch, zone: Zone): string {
  const cost = fold.costMicros === null || fold.costed === 0 ? '' : `, ${formatMoney(fold.costMicros)}`;
  return `${foldSpan(fold)}: ${foldTools(fold, 60)}${cost}, ${foldRange(fold, zone)}`;
}
