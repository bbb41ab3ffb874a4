import type { Test } from './match-term.ts';
import type { AgentRecords } from './table.ts';
import type { TextPool } from '../../columns/text-pool.ts';

/** Records with this text in their summary, error, tool or one of their run ids, whatever the case. */
export function textTest(records: AgentRecords, text: string, negated: boolean): Test | 'all' | 'none' {
  const needle = text.toLowerCase();
  const inTexts = hitsIn(records.texts, needle, true);
  const inRuns = hitsIn(records.runs, needle, false);
  const inTools = Uint8Array.from(records.tool.names, (name) =>
    name !== null && name.toLowerCase().includes(needle) ? 1 : 0,
  );
  if (inTexts === null && inRuns === null && !inTools.includes(1)) return negated ? 'all' : 'none';
  const { run, parent, delegate, summary, error } = records;
  const { ids } = records.tool;
  return (rows, n) => {
    let kept = 0;
    for (let i = 0; i < n; i++) {
      const row = rows[i]!;
      const hit =
        inTools[ids[row]!] === 1 ||
        (inTexts !== null &&
          ((summary !== null && inTexts[summary[row]!] === 1) ||
            (error !== null && inTexts[error[row]!] === 1))) ||
        (inRuns !== null &&
          (inRuns[run[row]!] === 1 ||
            (parent !== null && inRuns[parent[row]!] === 1) ||
            (delegate !== null && inRuns[delegate[row]!] === 1)));
      if (hit !== negated) rows[kept++] = row;
    }
    return kept;
  };
}

/** For every text of a pool whether it holds the needle; null: none does. */
function hitsIn(pool: TextPool, needle: string, lowered: boolean): Uint8Array | null {
  if (!lowered && pool.wide) return slowHits(pool, needle);
  const { starts, size, used } = pool;
  let block = Buffer.from(pool.bytes.buffer, pool.bytes.byteOffset, used);
  if (!lowered && pool.upper) block = loweredCopy(block);
  const bytes = Buffer.from(needle, 'utf8');
  let hits: Uint8Array | null = null;
  let id = 0;
  for (let at = block.indexOf(bytes, 0); at !== -1; at = block.indexOf(bytes, starts[id + 1]!)) {
    id = idAt(starts, id, size, at);
    hits ??= new Uint8Array(size);
    hits[id] = 1;
    if (id + 1 >= size) break;
  }
  return hits;
}

/** The text in which a byte stands: near the last one, or found by halving. */
function idAt(starts: Uint32Array, from: number, size: number, at: number): number {
  let low = from;
  for (let near = 0; near < 8; near++) {
    if (low + 1 >= size || starts[low + 1]! > at) return low;
    low += 1;
  }
  let high = size - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (starts[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

function loweredCopy(block: Buffer): Buffer {
  const copy = Buffer.from(block);
  for (let i = 0; i < copy.length; i++) {
    const byte = copy[i]!;
    if (byte > 0x40 && byte < 0x5b) copy[i] = byte + 0x20;
  }
  return copy;
}

function slowHits(pool: TextPool, needle: string): Uint8Array | null {
  let hits: Uint8Array | null = null;
  for (let id = 1; id < pool.size; id++) {
    if (!pool.text(id)!.toLowerCase().includes(needle)) continue;
    hits ??= new Uint8Array(pool.size);
    hits[id] = 1;
  }
  return hits;
}
