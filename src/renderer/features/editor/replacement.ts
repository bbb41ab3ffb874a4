import type { TextEdit } from '../../../contract/drafts.ts';

/** The one edit that makes a text of another, as small as it can be; null where they are equal. */
export function replacement(before: string, after: string): TextEdit | null {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from += 1;
  let back = 0;
  while (back < most - from && before.at(-1 - back) === after.at(-1 - back)) back += 1;
  return { from, to: before.length - back, text: after.slice(from, after.length - back) };
}
