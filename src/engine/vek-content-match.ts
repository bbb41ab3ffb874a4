import { runJob } from '../core/jobs/run.ts';
import { ok, type Result } from '../core/result.ts';
import type { RepositoryPaths } from '../core/vek/paths.ts';
import type { VekIndex } from '../core/vek/index-read.ts';
import type { ContentMatch } from './vek-views.ts';

/** Answers that are kept, so that a growing store is searched in its new calls only. */
const KEPT = 8;

type Progress = (done: number, total: number) => void;
type Found = { readonly index: VekIndex; readonly rowids: Float64Array };

/** Rowids of matching calls that were stored after `afterRowid`. */
type Search = (afterRowid: number, signal: AbortSignal) => Promise<Result<Float64Array>>;

/** True when `newer` is `older` with calls appended, so that what was found in the old part still holds. */
function grewFrom(newer: VekIndex, older: VekIndex): boolean {
  if (newer === older) return true;
  const last = older.count - 1;
  return (
    newer.count >= older.count &&
    newer.rowids[last] === older.rowids[last] &&
    newer.keyLow[last] === older.keyLow[last]
  );
}

function append(a: Float64Array, b: Float64Array): Float64Array {
  const both = new Float64Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** One byte per node: 1 where its rowid is among the sorted `rowids`. */
function bitsOf(index: VekIndex, rowids: Float64Array): Uint8Array {
  const bits = new Uint8Array(index.count);
  let at = 0;
  for (let node = 0; node < index.count && at < rowids.length; node++) {
    const rowid = index.rowids[node] as number;
    while (at < rowids.length && (rowids[at] as number) < rowid) at++;
    if (rowids[at] === rowid) bits[node] = 1;
  }
  return bits;
}

/** Finds calls by what they contain, in jobs beside the engine. */
export function contentMatcher(paths: RepositoryPaths, progress: Progress): ContentMatch {
  const known = new Map<string, Found>();
  const onProgress = ({ done, total }: { done: number; total: number }): void => progress(done, total);

  async function find(
    key: string,
    index: VekIndex,
    search: Search,
    signal: AbortSignal,
  ): Promise<Result<Uint8Array>> {
    const before = known.get(key);
    const usable =
      before !== undefined && before.index.count > 0 && grewFrom(index, before.index) ? before : null;
    if (usable?.index === index) return ok(bitsOf(index, usable.rowids));
    const from = usable === null ? 0 : (usable.index.rowids[usable.index.count - 1] as number);
    const found = await search(from, signal);
    if (!found.ok) return found;
    const rowids = usable === null ? found.value : append(usable.rowids, found.value);
    known.delete(key);
    known.set(key, { index, rowids });
    for (const old of known.keys()) {
      if (known.size <= KEPT) break;
      known.delete(old);
    }
    return ok(bitsOf(index, rowids));
  }

  return async (graph, { texts, failed }, signal) => {
    const wanted: [string, Search][] = texts.map((text) => [
      `text ${text}`,
      (afterRowid, stop) => runJob('vek.search', { paths, text, afterRowid }, { onProgress, signal: stop }),
    ]);
    if (failed) {
      wanted.push([
        'failed',
        (afterRowid, stop) => runJob('vek.failed', { paths, afterRowid }, { onProgress, signal: stop }),
      ]);
    }
    let bits: Uint8Array | null = null;
    for (const [key, search] of wanted) {
      const found = await find(key, graph.index, search, signal);
      if (!found.ok) return found;
      if (bits === null) bits = found.value;
      else for (let i = 0; i < bits.length; i++) bits[i] = (bits[i] as number) & (found.value[i] as number);
    }
    return ok(bits ?? new Uint8Array(graph.index.count).fill(1));
  };
}
