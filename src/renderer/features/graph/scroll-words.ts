import { formatCount } from '../../ui/format.ts';
import type { Scroll } from './scroll.ts';
import { visibleRows } from './window.ts';

/** Says on a scrollbar where the rows are, by its attributes, so that scrolling renders nothing. */
export function describeScroll(bar: HTMLElement | null, scroll: Scroll, rows = 'Calls'): void {
  const seen = visibleRows(scroll);
  const last = Math.max(0, scroll.total - (seen.end - seen.start));
  const words = `${rows} ${formatCount(seen.start + 1)} to ${formatCount(seen.end)} of ${formatCount(scroll.total)}`;
  if (bar === null || bar.getAttribute('aria-valuetext') === words) return;
  bar.setAttribute('aria-valuemax', String(last));
  bar.setAttribute('aria-valuenow', String(Math.min(last, seen.start)));
  bar.setAttribute('aria-valuetext', words);
}
