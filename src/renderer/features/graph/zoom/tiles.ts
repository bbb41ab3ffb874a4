import type { Failure, Result } from '../../../../contract/failure.ts';
import { SHAPE_FLAGS, type GraphShape, type GraphStrip, type StripMark } from '../../../../contract/scale.ts';
import type { GraphView } from '../../../../contract/vek.ts';
import { tileStart, type TileId } from './tile-id.ts';

/** What the drawn graph asks of the engine for one source. */
export type ScaleApi = {
  readonly shape: (
    view: GraphView,
    start: number,
    count: number,
    signal: AbortSignal,
  ) => Promise<Result<GraphShape>>;
  readonly strip: (
    view: GraphView,
    start: number,
    count: number,
    buckets: number,
    signal: AbortSignal,
  ) => Promise<Result<GraphStrip>>;
};

/** Which rows the tiles are of. */
export type TileView = {
  readonly view: GraphView;
  readonly key: string;
  readonly revision: number;
  readonly total: number;
};

type Known = { readonly id: TileId; readonly key: string; readonly total: number; readonly stamp: number };
/** Calls one by one, with the refs that stand at them. */
export type ShapeTile = Known & {
  readonly kind: 'shape';
  readonly shape: GraphShape;
  readonly refs: readonly StripMark[];
};
/** Calls summed up. */
export type StripTile = Known & { readonly kind: 'strip'; readonly strip: GraphStrip };
export type Tile = ShapeTile | StripTile;

export type Tiles = {
  readonly get: (id: TileId) => Tile | null;
  /** Every tile of the view that is known, also older ones; the ones used last come last. */
  readonly all: () => readonly Tile[];
  readonly failure: () => Failure | null;
  readonly subscribe: (listener: () => void) => () => void;
  /** Reads these tiles, the first first, and gives up others that are being read. */
  readonly want: (of: TileView, ids: readonly TileId[]) => void;
  /** What is known became old although the rows are the same: it stays until it is read again. */
  readonly expire: () => void;
  readonly stop: () => void;
};

const KEEP_TILES = 48;
const AT_ONCE = 2;
/** A tile that was scrolled past is given up after this many ms, and a failed one is asked for again. */
const PATIENCE_MS = 60;
const RETRY_MS = 3000;

/**
 * The parts of a graph drawn small, read as they are needed. A tile of an older revision stays, with the `total` it
 * was made for, until the new one is there. `onMoved`: an answer came from a revision that nobody asked for.
 */
export function createTiles(api: ScaleApi, onMoved: () => void): Tiles {
  const known = new Map<TileId, Tile>();
  const flying = new Map<TileId, { readonly controller: AbortController; readonly since: number }>();
  const failed = new Map<TileId, number>();
  const listeners = new Set<() => void>();
  let of: TileView | null = null;
  let wanted: readonly TileId[] = [];
  let stamp = 0;
  let failure: Failure | null = null;
  let later: ReturnType<typeof setTimeout> | null = null;

  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const pumpLater = (ms: number): void => {
    later ??= setTimeout(() => {
      later = null;
      pump();
    }, ms);
  };
  const isFresh = (id: TileId): boolean => known.get(id)?.stamp === stamp;

  const pump = (): void => {
    if (of === null) return;
    const now = performance.now();
    const missing = wanted.filter(
      (id) => !isFresh(id) && !flying.has(id) && now - (failed.get(id) ?? -RETRY_MS) >= RETRY_MS,
    );
    for (const [id, { controller, since }] of flying) {
      if (missing.length === 0 || wanted.includes(id)) continue;
      if (now - since >= PATIENCE_MS) {
        controller.abort();
        flying.delete(id);
      } else pumpLater(PATIENCE_MS);
    }
    for (const id of missing) {
      if (flying.size >= AT_ONCE) return;
      const controller = new AbortController();
      flying.set(id, { controller, since: now });
      void fly(id, of, controller.signal);
    }
    if (wanted.some((id) => failed.has(id))) pumpLater(RETRY_MS);
  };

  const fly = async (id: TileId, at: TileView, signal: AbortSignal): Promise<void> => {
    await read(id, at, stamp, signal);
    if (signal.aborted) return;
    flying.delete(id);
    pump();
  };

  const read = async (id: TileId, at: TileView, made: number, signal: AbortSignal): Promise<void> => {
    const answer = await load(id, at, made, signal);
    if (signal.aborted || made !== stamp) return;
    if (!answer.ok) {
      if (answer.error.kind === 'cancelled') return;
      failed.set(id, performance.now());
      failure = answer.error;
    } else if (answer.value === null) {
      onMoved();
      failed.set(id, performance.now());
      return;
    } else {
      failed.delete(id);
      failure = null;
      known.delete(id);
      known.set(id, answer.value);
      for (const old of known.keys()) {
        if (known.size <= KEEP_TILES) break;
        if (!wanted.includes(old)) known.delete(old);
      }
    }
    tell();
  };

  /** A tile, or null where the store moved on meanwhile. */
  const load = async (
    id: TileId,
    at: TileView,
    made: number,
    signal: AbortSignal,
  ): Promise<Result<Tile | null>> => {
    const { start, count, buckets } = tileStart(id, at.total);
    const base = { id, key: at.key, total: at.total, stamp: made };
    if (buckets !== null) {
      const answer = await api.strip(at.view, start, count, buckets, signal);
      if (!answer.ok) return answer;
      const strip = answer.value;
      return { ok: true, value: strip.revision === at.revision ? { ...base, kind: 'strip', strip } : null };
    }
    const answer = await api.shape(at.view, start, count, signal);
    if (!answer.ok) return answer;
    const shape = answer.value;
    if (shape.revision !== at.revision) return { ok: true, value: null };
    const named = shape.flags.some((flags) => (flags & (SHAPE_FLAGS.ref | SHAPE_FLAGS.head)) !== 0);
    const refs = named
      ? await api.strip(at.view, start, shape.lanes.length, shape.lanes.length, signal)
      : null;
    if (refs !== null && !refs.ok) return refs;
    if (refs !== null && refs.value.revision !== at.revision) return { ok: true, value: null };
    const marks = refs === null ? [] : refs.value.marks.filter((mark) => isRef(mark));
    return { ok: true, value: { ...base, kind: 'shape', shape, refs: marks } };
  };

  return {
    get: (id) => known.get(id) ?? null,
    all: () => [...known.values()],
    failure: () => failure,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    want: (next, ids) => {
      if (of === null || of.key !== next.key || of.revision !== next.revision || of.total !== next.total) {
        if (of?.key !== next.key) known.clear();
        stamp += 1;
        failed.clear();
        for (const { controller } of flying.values()) controller.abort();
        flying.clear();
        of = next;
      }
      wanted = ids;
      pump();
    },
    expire: () => {
      stamp += 1;
      for (const { controller } of flying.values()) controller.abort();
      flying.clear();
      pump();
    },
    stop: () => {
      if (later !== null) clearTimeout(later);
      for (const { controller } of flying.values()) controller.abort();
      listeners.clear();
      of = null;
    },
  };
}

const isRef = (mark: StripMark): boolean => mark.kind !== 'failed' && mark.kind !== 'damaged';
