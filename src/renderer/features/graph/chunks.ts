import type { GraphEdge, GraphRow, RowWindow } from '../../../contract/vek.ts';
import type { Range } from './window.ts';

/** Rows that are fetched and kept together. */
export const CHUNK_ROWS = 64;
/** Chunks in one request: 256 rows, below the contract's MAX_WINDOW_ROWS. */
export const REQUEST_CHUNKS = 4;
/** Chunks kept per generation: about 8,000 rows, some MB. */
const KEEP_CHUNKS = 128;

export type Chunk = {
  readonly index: number;
  readonly rows: readonly GraphRow[];
  readonly edges: readonly GraphEdge[];
};

/** What is known of one view at one revision of the store. Rows of different revisions are never mixed. */
export type Generation = {
  readonly key: string;
  readonly revision: number;
  readonly total: number;
  /** calls in the view, folded ones too */
  readonly calls: number;
  readonly all: number;
  /** columns of the whole view, never fewer than before at the same view */
  readonly lanes: number;
  readonly chunks: ReadonlyMap<number, Chunk>;
};

/** The chunks that hold the rows of a range. */
export function chunksOf(range: Range): readonly number[] {
  if (range.end <= range.start) return [];
  const first = Math.floor(range.start / CHUNK_ROWS);
  const last = Math.floor((range.end - 1) / CHUNK_ROWS);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** A generation that knows nothing but what one window says. `lanes` carries the width over, so it never shrinks. */
export function generationOf(key: string, window: RowWindow, lanes: number): Generation {
  const empty = {
    key,
    revision: window.revision,
    total: window.total,
    calls: window.calls,
    all: window.all,
    lanes,
    chunks: new Map<number, Chunk>(),
  };
  return withWindow(empty, window);
}

/** The generation with the rows of a window added; the chunks touched longest ago are dropped beyond a limit. */
export function withWindow(generation: Generation, window: RowWindow): Generation {
  const chunks = new Map(generation.chunks);
  const end = window.start + window.rows.length;
  for (const index of chunksOf({ start: window.start, end })) {
    const start = index * CHUNK_ROWS;
    const stop = Math.min(start + CHUNK_ROWS, generation.total);
    if (start < window.start || stop > end) continue;
    chunks.delete(index);
    chunks.set(index, {
      index,
      rows: window.rows.slice(start - window.start, stop - window.start),
      edges: window.edges.filter((edge) => crosses(edge, start, stop)),
    });
  }
  for (const index of chunks.keys()) {
    if (chunks.size <= KEEP_CHUNKS) break;
    chunks.delete(index);
  }
  return { ...generation, chunks, calls: window.calls, lanes: Math.max(generation.lanes, window.viewLanes) };
}

/** The row at a position, or null where its chunk was not read yet. */
export function rowAt(generation: Generation, row: number): GraphRow | null {
  return generation.chunks.get(Math.floor(row / CHUNK_ROWS))?.rows[row % CHUNK_ROWS] ?? null;
}

/** The position of a call among the chunks that were read, or null. */
export function rowOfHash(generation: Generation, hash: string): number | null {
  for (const chunk of generation.chunks.values()) {
    const at = chunk.rows.findIndex((row) => row.hash === hash);
    if (at >= 0) return chunk.index * CHUNK_ROWS + at;
  }
  return null;
}

/** Every line that crosses a range, once. */
export function edgesIn(generation: Generation, range: Range): readonly GraphEdge[] {
  const found = new Map<string, GraphEdge>();
  for (const index of chunksOf(range)) {
    for (const edge of generation.chunks.get(index)?.edges ?? []) {
      if (crosses(edge, range.start, range.end)) found.set(`${edge.from}:${edge.to}:${edge.role}`, edge);
    }
  }
  return [...found.values()];
}

/** The first run of chunks that are wanted and missing, as one request; null when all are there. */
export function nextRequest(
  wanted: readonly number[],
  has: (index: number) => boolean,
): { readonly start: number; readonly count: number; readonly chunks: readonly number[] } | null {
  const first = wanted.find((index) => !has(index));
  if (first === undefined) return null;
  const chunks = [first];
  while (chunks.length < REQUEST_CHUNKS) {
    const next = first + chunks.length;
    if (!wanted.includes(next) || has(next)) break;
    chunks.push(next);
  }
  return { start: first * CHUNK_ROWS, count: chunks.length * CHUNK_ROWS, chunks };
}

/** Whether a line is drawn inside rows start to end (not included). */
function crosses(edge: GraphEdge, start: number, end: number): boolean {
  if (edge.style === 'missing') return edge.from >= start - 1 && edge.from < end;
  return Math.min(edge.from, edge.to) < end && Math.max(edge.from, edge.to) >= start;
}
