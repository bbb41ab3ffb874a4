import type { ComparedRow, RunEnd } from '../contract/compare.ts';
import type { CallRow, NodeLink } from '../contract/vek.ts';
import { ROW, type RowKind } from '../core/graph/aligned-shape.ts';
import type { Result } from '../core/result.ts';
import type { End } from '../core/vek/compare/ends.ts';
import { notesOn } from '../core/vek/compare/words.ts';
import type { RepositoryPaths } from '../core/vek/paths.ts';
import { lookAtVek, type VekLook } from '../core/vek/store.ts';
import type { KeptComparison } from './runs.ts';
import type { VekGraph } from './vek-graph.ts';
import { linkTo } from './vek-node.ts';
import { callRow, vanishedRow } from './vek-row.ts';
import { factsOf } from './vek-window.ts';

/** How a person knows a run: the name of its ref, or the beginning of its hash. */
export const nameOfEnd = ({ ref, hash }: End): string => ref?.name ?? hash.slice(0, 8);

/** One end of a comparison with what the graph knows of it now. */
export function endOf(graph: VekGraph, { ref, hash, node }: End): RunEnd {
  const badge = graph.badges.get(node)?.find(({ name }) => name === ref?.name);
  return {
    name: ref?.name ?? null,
    kind: ref?.kind ?? null,
    hash,
    colour: badge === undefined || badge.kind !== 'branch' ? null : badge.colour,
    head: badge?.head ?? false,
  };
}

/** What a comparison has to say beside its rows. */
export function aheadNotes({ a, b, found }: KeptComparison): readonly string[] {
  return notesOn(found, { a: nameOfEnd(a), b: nameOfEnd(b) });
}

/** A link to the call of a node; null where its record is gone. */
export function linkOfNode(s: VekLook, { index }: VekGraph, node: number): NodeLink | null {
  const record = s.nodeAt(index.rowids[node]!);
  return record === null ? null : linkTo(s, record.hash, 'parent');
}

function rowOfNode(s: VekLook, graph: VekGraph, node: number): CallRow {
  const facts = factsOf(graph, node);
  const read = s.nodeReadAt(graph.index.rowids[node]!);
  return read === null ? vanishedRow(facts) : callRow(s, read, facts);
}

const WORDS: Readonly<Record<RowKind, Pick<ComparedRow, 'kind' | 'input' | 'output' | 'ignored'>>> = {
  [ROW.same]: { kind: 'same', input: false, output: false, ignored: false },
  [ROW.ignored]: { kind: 'same', input: false, output: false, ignored: true },
  [ROW.output]: { kind: 'changed', input: false, output: true, ignored: false },
  [ROW.input]: { kind: 'changed', input: true, output: false, ignored: false },
  [ROW.both]: { kind: 'changed', input: true, output: true, ignored: false },
  [ROW.onlyA]: { kind: 'only-a', input: false, output: false, ignored: false },
  [ROW.onlyB]: { kind: 'only-b', input: false, output: false, ignored: false },
};

/** Some rows of a comparison with their calls, their hashes recomputed. */
export function comparedRows(
  paths: RepositoryPaths,
  { graph, found }: KeptComparison,
  start: number,
  count: number,
): Result<readonly ComparedRow[]> {
  const { parted, rows } = found;
  const end = Math.min(rows.kinds.length, start + count);
  return lookAtVek(paths, (s) =>
    Array.from({ length: Math.max(0, end - start) }, (_, i): ComparedRow => {
      const row = start + i;
      const [left, right] = [rows.a[row]!, rows.b[row]!];
      return {
        row,
        ...WORDS[rows.kinds[row] as RowKind],
        a: left < 0 ? null : rowOfNode(s, graph, parted.a[left]!),
        b: right < 0 ? null : rowOfNode(s, graph, parted.b[right]!),
      };
    }),
  );
}

/** Some of the calls that both runs have. */
export function commonRows(
  paths: RepositoryPaths,
  graph: VekGraph,
  common: Int32Array,
  start: number,
  count: number,
): Result<readonly CallRow[]> {
  return lookAtVek(paths, (s) =>
    Array.from(common.subarray(start, start + count), (node) => rowOfNode(s, graph, node)),
  );
}
