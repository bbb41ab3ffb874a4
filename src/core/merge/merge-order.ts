/**
 * All keys of two lists: the first in its order, and what only the second has after the key that stands before it there.
 * Where both have keys of their own at one place, those of the first come first, or with `secondFirst` the second's.
 */
export function weave(
  first: readonly string[],
  second: readonly string[],
  secondFirst = false,
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
