/**
 * After which row the money stands at each place of an order of time: the last one up to there that is part of the longest
 * run of rows in the order of entries. An entry whose time is another one than its place would otherwise bring back the
 * balance of its place at the time it names; what it did to the money comes with the next entry of the run. -1: none yet.
 */
export function lineRows(rows: Uint32Array): Int32Array {
  const before = new Int32Array(rows.length);
  // ends[n]: the place of the lowest row that a run of n + 1 rows can end with
  const ends = new Int32Array(rows.length);
  let longest = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    let low = 0;
    let high = longest;
    // nearly always a row goes on from the last one
    if (longest > 0 && rows[ends[longest - 1]!]! < row) low = longest;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (rows[ends[middle]!]! < row) low = middle + 1;
      else high = middle;
    }
    before[at] = low === 0 ? -1 : ends[low - 1]!;
    ends[low] = at;
    if (low === longest) longest += 1;
  }
  const line = new Int32Array(rows.length).fill(-1);
  for (let at = longest === 0 ? -1 : ends[longest - 1]!; at !== -1; at = before[at]!) line[at] = rows[at]!;
  for (let at = 1; at < line.length; at++) if (line[at] === -1) line[at] = line[at - 1]!;
  return line;
}
