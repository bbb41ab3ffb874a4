/** How two lists of keys become one where both have keys of their own at one place. */
export type Weaving = {
  /** of two runs of keys at one place the one whose keys rank lower comes first; without it all rank the same */
  readonly rank?: (key: string) => number;
  /** with equal ranks the run of the second list comes first */
  readonly secondFirst?: boolean;
};

/** All keys of two lists: the first in its order, and what only the second has after the key that stands before it there. */
export function weave(
  first: readonly string[],
  second: readonly string[],
  weaving: Weaving = {},
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
    weaving,
  );
  return [...first.slice(0, before), ...middle, ...first.slice(first.length - after)];
}

function wovenMiddle(
  first: readonly string[],
  second: readonly string[],
  weaving: Weaving,
): readonly string[] {
  const inFirst = new Set(first);
  const inSecond = new Set(second);
  const after = runsAfter(second, inFirst);
  if (after.size === 0) return first;
  const woven: string[] = [];
  let shared: string | null = null;
  let run: string[] = [];
  const put = (): void => {
    const other = after.get(shared) ?? [];
    const otherFirst = isSecondFirst(run, other, weaving);
    for (const key of otherFirst ? other : run) woven.push(key);
    for (const key of otherFirst ? run : other) woven.push(key);
  };
  for (const key of first) {
    if (!inSecond.has(key)) {
      run.push(key);
      continue;
    }
    put();
    woven.push(key);
    shared = key;
    run = [];
  }
  put();
  return woven;
}

/** The keys that only the second list has, by the shared key that stands before them. */
function runsAfter(
  second: readonly string[],
  inFirst: ReadonlySet<string>,
): ReadonlyMap<string | null, readonly string[]> {
  const after = new Map<string | null, string[]>();
  let before: string | null = null;
  for (const key of second) {
    const waiting = after.get(before);
    if (inFirst.has(key)) before = key;
    else if (waiting === undefined) after.set(before, [key]);
    else waiting.push(key);
  }
  return after;
}

function isSecondFirst(
  first: readonly string[],
  second: readonly string[],
  { rank, secondFirst = false }: Weaving,
): boolean {
  if (rank === undefined || first.length === 0 || second.length === 0) return secondFirst;
  const [one, two] = [lowest(first, rank), lowest(second, rank)];
  return one === two ? secondFirst : two < one;
}

function lowest(keys: readonly string[], rank: (key: string) => number): number {
  let least = Infinity;
  for (const key of keys) least = Math.min(least, rank(key));
  return least;
}
