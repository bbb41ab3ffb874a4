/** How two lists of keys become one where both have keys of their own at one place. */
export type Weaving = {
  /** of two runs of keys at one place the one with the lower rank to come goes on; without it one follows the other */
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
    for (const key of joined(run, other, weaving)) woven.push(key);
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

/** Two runs at one place as one: the one that still has the lower rank to come gives its next key. */
function joined(
  first: readonly string[],
  second: readonly string[],
  { rank, secondFirst = false }: Weaving,
): readonly string[] {
  if (first.length === 0 || second.length === 0 || rank === undefined) {
    return secondFirst ? [...second, ...first] : [...first, ...second];
  }
  const [one, two] = [ranksToCome(first, rank), ranksToCome(second, rank)];
  const keys: string[] = [];
  let [i, j] = [0, 0];
  while (i < first.length && j < second.length) {
    const takeSecond = one[i] === two[j] ? secondFirst : two[j]! < one[i]!;
    keys.push(takeSecond ? second[j++]! : first[i++]!);
  }
  return [...keys, ...first.slice(i), ...second.slice(j)];
}

/** For each key the lowest rank of it and of those behind it. */
function ranksToCome(keys: readonly string[], rank: (key: string) => number): Float64Array {
  const ranks = new Float64Array(keys.length + 1).fill(Infinity);
  for (let i = keys.length - 1; i >= 0; i -= 1) ranks[i] = Math.min(ranks[i + 1]!, rank(keys[i]!));
  return ranks;
}
