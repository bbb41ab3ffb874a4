/**
 * All keys of two lists: the first in its order, and what only the second has after the key that stands before it there.
 * Where both have keys of their own at one place, those of the first come first, or with `secondFirst` the second's.
 */
export function weave(
  first: readonly string[],
  second: readonly string[],
  secondFirst = false,
): readonly string[] {
  const most = Math.min(first.length, second.length);
  let before = 0;
  while (before < most && first[before] === second[before]) before += 1;
  if (before === second.length) return first;
  let after = 0;
  while (after < most - before && first.at(-1 - after) === second.at(-1 - after)) after += 1;
  const middle = wovenMiddle(
    first.slice(before, first.length - after),
    second.slice(before, second.length - after),
    secondFirst,
  );
  return [...first.slice(0, before), ...middle, ...first.slice(first.length - after)];
}

function wovenMiddle(
  first: readonly string[],
  second: readonly string[],
  secondFirst: boolean,
): readonly string[] {
  const inFirst = new Set(first);
  const inSecond = new Set<string>();
  const after = new Map<string | null, string[]>();
  let before: string | null = null;
  for (const key of second) {
    inSecond.add(key);
    if (inFirst.has(key)) before = key;
    else {
      const waiting = after.get(before);
      if (waiting === undefined) after.set(before, [key]);
      else waiting.push(key);
    }
  }
  if (after.size === 0) return first;
  const woven: string[] = [];
  let shared: string | null = null;
  const put = (key: string | null): void => {
    for (const other of after.get(key) ?? []) woven.push(other);
  };
  if (secondFirst) put(null);
  for (const key of first) {
    if (inSecond.has(key)) {
      if (!secondFirst) put(shared);
      shared = key;
    }
    woven.push(key);
    if (secondFirst && shared === key) put(key);
  }
  if (!secondFirst) put(shared);
  return woven;
}
