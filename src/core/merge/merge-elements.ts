import type { JsonArray } from '../json/tree.ts';
import type { Merging } from './merge-context.ts';
import { sameScalar } from './merge-same.ts';
import type { Sides } from './merged.ts';

/**
 * Numbers that stand for equal elements of three arrays; what is in dispute has one of its own. Null where the arrays are
 * seen to be equal at once. Scalars that all three begin or end with are numbered by their place, which is much faster.
 */
export function elementNumbers(merging: Merging, sides: Sides<JsonArray>): Sides<Int32Array> | null {
  const { base, ours, theirs } = sides;
  const [b, o, t] = [base.items, ours.items, theirs.items];
  const most = merging.unequal.size > 0 ? 0 : Math.min(b.length, o.length, t.length);
  let before = 0;
  while (before < most && sameScalar(b[before]!, o[before]!) && sameScalar(b[before]!, t[before]!))
    before += 1;
  if (before === b.length && before === o.length && before === t.length && most > 0) return null;
  let after = 0;
  while (after < most - before) {
    const old = b[b.length - 1 - after]!;
    if (!sameScalar(old, o[o.length - 1 - after]!) || !sameScalar(old, t[t.length - 1 - after]!)) break;
    after += 1;
  }
  let last = -1 - before - after;
  const numbersOf = ({ items }: JsonArray): Int32Array => {
    const numbers = new Int32Array(items.length);
    const end = items.length - after;
    for (let i = 0; i < before; i += 1) numbers[i] = -1 - i;
    for (let i = before; i < end; i += 1) {
      const item = items[i]!;
      if (merging.unequal.size === 0 || !merging.unequal.has(item)) numbers[i] = merging.classOf(item);
      else numbers[i] = last -= 1;
    }
    for (let i = end; i < items.length; i += 1) numbers[i] = -1 - before - (items.length - 1 - i);
    return numbers;
  };
  return { base: numbersOf(base), ours: numbersOf(ours), theirs: numbersOf(theirs) };
}
