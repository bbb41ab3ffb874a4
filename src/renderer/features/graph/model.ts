import type { Failure, Result } from '../../../contract/failure.ts';
import type { GraphRow, GraphView, Located, RowWindow } from '../../../contract/vek.ts';
import {
  CHUNK_ROWS,
  chunksOf,
  generationOf,
  nextRequest,
  REQUEST_CHUNKS,
  rowAt,
  rowOfHash,
  withWindow,
  type Generation,
} from './chunks.ts';
import { clamp, ROW_HEIGHT } from './geometry.ts';
import { drawsRows, readsRows, zoomLevels, zoomTo } from './zoom/zoom.ts';
import { centre, maxOffset, reveal, scrollTo, type Scroll } from './scroll.ts';
import { visibleRows } from './window.ts';

/** What the model asks of the engine for one source. */
export type GraphApi = {
  readonly rows: (
    view: GraphView,
    start: number,
    count: number,
    signal: AbortSignal,
  ) => Promise<Result<RowWindow>>;
  readonly locate: (view: GraphView, hash: string, signal: AbortSignal) => Promise<Result<Located>>;
};

export type GraphState = {
  readonly view: GraphView;
  /** what is on screen: null until the first rows came */
  readonly shown: Generation | null;
  /** true while what is shown belongs to an older view or revision */
  readonly stale: boolean;
  readonly failure: Failure | null;
  readonly scroll: Scroll;
};

export type GraphModel = {
  readonly get: () => GraphState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Moves the window by rules of `scroll.ts` and reads what it shows. */
  readonly setScroll: (move: (scroll: Scroll) => Scroll) => void;
  readonly setHeight: (height: number) => void;
  /** Draws rows `rowHeight` px high; what is at `y` px below the top of the window stays there. */
  readonly setRowHeight: (rowHeight: number, y?: number) => void;
  /** Shows another part of the graph. `keep` is the call that should stay in sight. */
  readonly setView: (view: GraphView, keep: string | null) => void;
  /** The store changed, or the last answer failed: read again, with the top row where it is. */
  readonly refresh: () => void;
  /** Scrolls a row into sight: a small move for steps, a jump otherwise. */
  readonly show: (row: number, how: 'step' | 'jump') => void;
  /** Reads one row also while the graph is drawn too small for contents, which are then not read for what is in sight. */
  readonly want: (row: number) => void;
  readonly rowOf: (hash: string) => number | null;
  readonly at: (row: number) => GraphRow | null;
  readonly stop: () => void;
};

/** Identifies a view: equal texts show the same rows at the same revision. */
export function viewKey(view: GraphView): string {
  return JSON.stringify([view.filter, view.focus, view.fold === true, view.open ?? []]);
}

/** How often a store that changes while it is read is asked again before what came is shown anyway. */
const MOVING_TRIES = 4;
/** Below this many pixels the window counts as being at the very top, where new calls appear. */
const TOP_SLACK = 4;

/** A request for rows that were scrolled past is given up after this many ms. */
const PATIENCE_MS = 60;
const now = (): number => performance.now();

/** The chunks in sight and their neighbours, in the order of need. */
const around = (seen: readonly number[]): readonly number[] => {
  const first = seen[0] ?? 0;
  const last = seen.at(-1) ?? 0;
  return [...seen, last + 1, first - 1, last + 2];
};

/** How many rows the window moves down; `grown`: and as many as came on top since. */
type Movement = {
  readonly rows: number;
  readonly grown: boolean;
  /** the call that stays where it is on screen, with its row before */
  readonly mark?: { readonly hash: string; readonly row: number };
};
const STAY: Movement = { rows: 0, grown: false };

type Anchor = { readonly hash: string; readonly row: number } | null;

/**
 * The window of rows over a store that may change at any time. What is shown stays until everything that replaces
 * it is there, and moves so that the call at the top of the window keeps its place. Nothing here knows the DOM.
 */
export function createGraphModel(
  api: GraphApi,
  first: GraphView,
  start: { offset: number; height: number; rowHeight?: number },
): GraphModel {
  let state: GraphState = {
    view: first,
    shown: null,
    stale: false,
    failure: null,
    scroll: {
      offset: start.offset,
      height: start.height,
      total: 0,
      rowHeight: start.rowHeight ?? ROW_HEIGHT,
    },
  };
  const listeners = new Set<() => void>();
  let refreshing: AbortController | null = null;
  let again = false;
  let kept: string | null = null;
  let wantedRow: number | null = null;
  /** the last answer of `rowOf`, which is asked for the selected call with every frame */
  let lastFound: { shown: Generation | null; hash: string; row: number | null } = {
    shown: null,
    hash: '',
    row: null,
  };
  let pending: { chunks: readonly number[]; controller: AbortController; since: number } | null = null;
  let later: ReturnType<typeof setTimeout> | null = null;

  const set = (next: Partial<GraphState>): void => {
    state = { ...state, ...next };
    for (const listener of listeners) listener();
  };

  const cancelChunks = (): void => {
    pending?.controller.abort();
    pending = null;
    if (later !== null) clearTimeout(later);
    later = null;
  };

  const swap = (generation: Generation, delta: number): void => {
    cancelChunks();
    const { rowHeight } = state.scroll;
    const moved = { ...state.scroll, total: generation.total, offset: state.scroll.offset + delta };
    // fewer calls than before are not drawn smaller than all of them need
    const least = zoomLevels(moved, ROW_HEIGHT).at(-1) ?? ROW_HEIGHT;
    const scroll = zoomTo(moved, drawsRows(rowHeight) ? rowHeight : Math.max(rowHeight, least), 0);
    set({ shown: generation, stale: false, failure: null, scroll });
    ensure();
  };

  /** The chunks whose contents are needed when the window stands at `scroll`. */
  const needed = (scroll: Scroll): readonly number[] => {
    if (readsRows(scroll.rowHeight)) return chunksOf(visibleRows(scroll));
    if (scroll.total === 0) return [];
    const row = wantedRow ?? Math.floor(scroll.offset / scroll.rowHeight);
    return [Math.floor(clamp(row, 0, scroll.total - 1) / CHUNK_ROWS)];
  };

  const wantedAround = (offset: number, total: number): readonly number[] => {
    const moved = { ...state.scroll, total };
    return needed({ ...moved, offset: clamp(offset, 0, maxOffset(moved)) });
  };

  /**
   * Reads the rows in sight, and once they are there the ones next to them: one request at a time, always for
   * where the window is now. A request for rows that were left is dropped, but not more often than the engine can
   * follow, or a drag of the scrollbar would fill its queue.
   */
  const ensure = (): void => {
    const shown = state.shown;
    if (shown === null || state.stale || shown.total === 0) return;
    const small = !readsRows(state.scroll.rowHeight);
    if (small && wantedRow === null) return;
    const seen = needed(state.scroll);
    const last = Math.floor((shown.total - 1) / CHUNK_ROWS);
    const near = small ? seen : around(seen).filter((i) => i >= 0 && i <= last);
    if (pending !== null) {
      const useful = pending.chunks.some((index) => near.includes(index));
      const wait = pending.since + PATIENCE_MS - now();
      if (useful) return;
      if (wait > 0) {
        later ??= setTimeout(() => {
          later = null;
          ensure();
        }, wait);
        return;
      }
      cancelChunks();
    }
    const has = (index: number): boolean => shown.chunks.has(index);
    const next = nextRequest(seen, has) ?? nextRequest(near, has);
    if (next === null) return;
    pending = { chunks: next.chunks, controller: new AbortController(), since: now() };
    void fetchChunks(shown, next.start, next.count, pending.controller);
  };

  const fetchChunks = async (
    base: Generation,
    from: number,
    count: number,
    controller: AbortController,
  ): Promise<void> => {
    const answer = await api.rows(state.view, from, count, controller.signal);
    if (controller.signal.aborted) return;
    pending = null;
    const shown = state.shown;
    if (shown === null || state.stale || shown.key !== base.key || shown.revision !== base.revision) return;
    if (!answer.ok) {
      if (answer.error.kind !== 'cancelled') set({ failure: answer.error });
      return;
    }
    if (answer.value.revision !== shown.revision) {
      refresh();
      return;
    }
    set({ shown: withWindow(shown, answer.value), failure: null });
    ensure();
  };

  const anchor = (): Anchor => {
    const shown = state.shown;
    if (shown === null || state.scroll.offset <= TOP_SLACK) return null;
    const row = Math.floor(state.scroll.offset / state.scroll.rowHeight);
    const call = rowAt(shown, row);
    return call === null ? null : { hash: call.hash, row };
  };

  /**
   * How far the window has to move so that the anchor, or the call to keep, stays where it is on screen. Where the
   * graph is drawn small the anchor is the oldest call, since new ones come on top.
   */
  const movement = async (key: string, signal: AbortSignal): Promise<Movement> => {
    const shown = state.shown;
    if (shown === null) return STAY;
    const { rowHeight, offset, height } = state.scroll;
    const toTop: Movement = { rows: -offset / rowHeight, grown: false };
    const same = shown.key === key;
    if (same && offset <= TOP_SLACK) return STAY;
    const keepRow = kept === null ? null : rowOfHash(shown, kept);
    // a call that the old view hid comes back where a jump would show it
    const back = { hash: kept ?? '', row: (offset + height / 3) / rowHeight };
    const mark = same
      ? anchor()
      : kept === null
        ? null
        : keepRow === null
          ? back
          : { hash: kept, row: keepRow };
    // a top row that is not read yet moves as far as the view grows
    if (mark === null) return same ? { rows: 0, grown: true } : toTop;
    const found = await api.locate(state.view, mark.hash, signal);
    if (!found.ok || found.value.row === null) return same ? STAY : toTop;
    return { rows: found.value.row - mark.row, grown: false, mark };
  };

  const readAgain = async (controller: AbortController): Promise<void> => {
    const { signal } = controller;
    for (let tries = 0; ; tries += 1) {
      again = false;
      const key = viewKey(state.view);
      const moved = await movement(key, signal);
      if (signal.aborted) return;
      const before = state.shown?.total ?? null;
      let { rows } = moved;
      const deltaOf = (total: number): number => {
        const grown = moved.grown && before !== null ? total - before : 0;
        return (rows + grown) * state.scroll.rowHeight;
      };
      const lanes = state.shown?.key === key ? state.shown.lanes : 0;
      const total = before ?? Number.MAX_SAFE_INTEGER / ROW_HEIGHT;
      const delta = deltaOf(total);
      const wanted = wantedAround(state.scroll.offset + delta, Math.max(total, 1)).slice(0, REQUEST_CHUNKS);
      const begin = Math.max(0, (wanted[0] ?? 0) * CHUNK_ROWS);
      let answer = await api.rows(state.view, begin, Math.max(1, wanted.length) * CHUNK_ROWS, signal);
      if (signal.aborted) return;
      if (answer.ok && answer.value.rows.length === 0 && answer.value.total > 0) {
        const end = wantedAround(Infinity, answer.value.total);
        answer = await api.rows(
          state.view,
          (end[0] ?? 0) * CHUNK_ROWS,
          Math.max(1, Math.min(end.length, REQUEST_CHUNKS)) * CHUNK_ROWS,
          signal,
        );
        if (signal.aborted) return;
      }
      if (!answer.ok) {
        if (answer.error.kind !== 'cancelled') set({ failure: answer.error });
        return;
      }
      const generation = generationOf(key, answer.value, lanes);
      // calls that came after the mark was looked up moved it further
      const at = moved.mark === undefined ? null : rowOfHash(generation, moved.mark.hash);
      if (at !== null && moved.mark !== undefined) rows = at - moved.mark.row;
      const target = state.scroll.offset + deltaOf(generation.total);
      const covered = wantedAround(target, generation.total).every((index) => generation.chunks.has(index));
      if ((covered && !again) || tries >= MOVING_TRIES) {
        swap(generation, deltaOf(generation.total));
        return;
      }
    }
  };

  const refresh = (): void => {
    if (refreshing !== null) {
      again = true;
      return;
    }
    const controller = new AbortController();
    refreshing = controller;
    set({ stale: state.shown !== null });
    void readAgain(controller).finally(() => {
      if (refreshing !== controller) return;
      refreshing = null;
      kept = null;
      if (again && !controller.signal.aborted) refresh();
    });
  };

  return {
    get: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setScroll: (move) => {
      const scroll = move(state.scroll);
      if (scroll.offset === state.scroll.offset) return;
      set({ scroll });
      ensure();
    },
    setHeight: (height) => {
      if (height === state.scroll.height) return;
      const sized = { ...state.scroll, height };
      set({ scroll: state.shown === null ? sized : scrollTo(sized, sized.offset) });
      ensure();
    },
    setRowHeight: (rowHeight, y = 0) => {
      if (rowHeight === state.scroll.rowHeight) return;
      cancelChunks();
      const { scroll } = state;
      const before = { ...scroll, rowHeight, offset: (scroll.offset / scroll.rowHeight) * rowHeight };
      set({ scroll: state.shown === null ? before : zoomTo(scroll, rowHeight, y) });
      ensure();
    },
    setView: (view, keep) => {
      if (viewKey(view) === viewKey(state.view)) return;
      refreshing?.abort();
      refreshing = null;
      kept = keep;
      cancelChunks();
      set({ view, failure: null });
      refresh();
    },
    refresh,
    show: (row, how) => {
      wantedRow = row;
      const scroll = how === 'step' ? reveal(state.scroll, row) : centre(state.scroll, row);
      if (scroll.offset !== state.scroll.offset) set({ scroll });
      ensure();
    },
    want: (row) => {
      if (wantedRow === row && pending !== null) return;
      wantedRow = row;
      ensure();
    },
    rowOf: (hash) => {
      const { shown } = state;
      if (shown === null) return null;
      if (lastFound.shown !== shown || lastFound.hash !== hash)
        lastFound = { shown, hash, row: rowOfHash(shown, hash) };
      return lastFound.row;
    },
    at: (row) => (state.shown === null ? null : rowAt(state.shown, row)),
    stop: () => {
      refreshing?.abort();
      cancelChunks();
      listeners.clear();
    },
  };
}
