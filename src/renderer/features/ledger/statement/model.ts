import type { Failure, Result } from '../../../../contract/failure.ts';
import type { LedgerLine, LedgerView, LedgerWindow } from '../../../../contract/ledger.ts';
import { CHUNK_ROWS, missing, requestFrom, REQUEST_ROWS } from '../../graph/row-chunks.ts';
import { centre, reveal, scrollTo, type Scroll } from '../../graph/scroll.ts';
import { visibleRows } from '../../graph/window.ts';
import { knownOf, lineAt, lineId, placeOf, seqOfLine, withWindow, type Known } from './windows.ts';

/** What the statement shows now. */
export type StatementState = {
  readonly view: LedgerView;
  /** the newest answer; of an earlier question while `busy` */
  readonly shown: Known | null;
  readonly error: Failure | null;
  readonly busy: boolean;
  readonly scroll: Scroll;
  /** the id of the selected line, see `lineId` */
  readonly selected: string | null;
  /** where it stands in `shown`; null: not among the lines, or not known */
  readonly selectedAt: number | null;
};

/** How the statement asks the engine. */
export type StatementSource = {
  readonly rows: (view: LedgerView, start: number, count: number) => Promise<Result<LedgerWindow>>;
  readonly locate: (view: LedgerView, seq: number) => Promise<Result<number | null>>;
};

export type StatementModel = {
  readonly get: () => StatementState;
  readonly subscribe: (listener: () => void) => () => void;
  /** asks something else: from the top, or where only groups were folded or unfolded from the same place */
  readonly show: (view: LedgerView) => void;
  /** the ledger changed: the same question again, without losing the place */
  readonly refresh: () => void;
  readonly setHeight: (height: number) => void;
  readonly setRowHeight: (rowHeight: number) => void;
  readonly setScroll: (next: (scroll: Scroll) => Scroll) => void;
  readonly select: (id: string | null) => void;
  /** goes to a line that may not be read yet; null: something else was asked meanwhile */
  readonly go: (at: number) => Promise<LedgerLine | null>;
  /** brings the line of an entry into sight and selects it; false: it is not among the lines */
  readonly reveal: (seq: number) => Promise<boolean>;
};

/** Between two answers while the ledger keeps changing, in ms. */
const PAUSE_MS = 80;

/** Fewer lines came than were announced: asking for them again and again would not help. */
const SHORT: Failure = {
  kind: 'io',
  message: 'Some of the entries could not be read.',
  hint: 'The ledger may have changed while it was read. Read again.',
};

export const keyOfView = (view: LedgerView): string => JSON.stringify(view);
const isSameList = (a: LedgerView, b: LedgerView): boolean =>
  keyOfView({ ...a, open: [] }) === keyOfView({ ...b, open: [] });

/**
 * The lines of a statement, of which only those in sight are read. While the ledger grows, the selected line, or else
 * the first one in sight, stays where it is on screen; at the very top the newest come in.
 */
export function createStatementModel(ask: StatementSource, first: LedgerView): StatementModel {
  let state: StatementState = {
    view: first,
    shown: null,
    error: null,
    busy: false,
    scroll: { offset: 0, height: 0, total: 0, rowHeight: 28 },
    selected: null,
    selectedAt: null,
  };
  const listeners = new Set<() => void>();
  let outdated = true;
  let running = false;
  let steps = 0;
  let shownView = first;

  const set = (change: Partial<StatementState>) => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };
  const placeOfSelected = (known: Known): number | null =>
    state.selected === null ? null : placeOf(known, state.selected);

  /** The line that is to stay where it is on screen. */
  const anchor = (): { readonly id: string; readonly seq: number; readonly at: number } | null => {
    const { shown, scroll, selectedAt } = state;
    if (shown === null || scroll.offset <= 0) return null;
    const { start, end } = visibleRows(scroll);
    const inSight = selectedAt !== null && selectedAt >= start && selectedAt < end ? [selectedAt] : [];
    for (const at of [...inSight, ...Array.from({ length: end - start }, (_, index) => start + index)]) {
      const line = lineAt(shown, at);
      const seq = line === null ? null : seqOfLine(line);
      if (line !== null && seq !== null) return { id: lineId(line), seq, at };
    }
    return null;
  };

  const anew = async (): Promise<void> => {
    const { view } = state;
    const key = keyOfView(view);
    const same = state.shown !== null && isSameList(view, shownView);
    // folding or unfolding moves only what is below the line that was folded
    const live = same && state.shown?.key === key;
    set({ busy: !same });
    const held = live ? anchor() : null;
    const place = held === null ? null : await ask.locate(view, held.seq);
    const at = place?.ok === true ? place.value : null;
    const shift = held === null || at === null ? 0 : (at - held.at) * state.scroll.rowHeight;
    const offset = same ? state.scroll.offset + shift : 0;
    const answer = await ask.rows(view, requestFrom(offset / state.scroll.rowHeight), REQUEST_ROWS);
    if (keyOfView(state.view) !== key) return;
    if (!answer.ok) {
      outdated = false;
      set({ error: answer.error, busy: false });
      return;
    }
    const known = knownOf(key, answer.value);
    // a person may have scrolled on while the answers were on their way
    const moved = same ? state.scroll.offset + shift : 0;
    // an entry may have come in between the two answers
    const late = held === null ? null : placeOf(known, held.id);
    const more = late === null || at === null ? 0 : (late - at) * state.scroll.rowHeight;
    outdated = false;
    shownView = view;
    set({
      shown: known,
      error: null,
      busy: false,
      scroll: scrollTo({ ...state.scroll, total: known.total }, moved + more),
      selectedAt: placeOfSelected(known),
    });
    if (state.selected !== null && state.selectedAt === null) await locateSelected();
  };

  const locateSelected = async (): Promise<void> => {
    const { selected, view } = state;
    const seq = /^(?:entry|gone) (-?\d+)$/.exec(selected ?? '')?.[1];
    if (seq === undefined) return;
    const answer = await ask.locate(view, Number(seq));
    if (!answer.ok || selected !== state.selected || keyOfView(view) !== keyOfView(state.view)) return;
    set({ selectedAt: answer.value });
  };

  const fill = async (start: number): Promise<void> => {
    const { view, shown } = state;
    const answer = await ask.rows(view, start, REQUEST_ROWS);
    if (shown !== state.shown || keyOfView(view) !== keyOfView(state.view)) return;
    if (!answer.ok) {
      set({ error: answer.error });
      outdated = false;
      return;
    }
    // lines of another state of the ledger are not mixed with these: all is read anew
    if (shown === null || answer.value.total !== shown.total) outdated = true;
    else {
      const known = withWindow(shown, answer.value);
      const error = known.chunks.has(start / CHUNK_ROWS) ? null : SHORT;
      set({ shown: known, error, selectedAt: state.selectedAt ?? placeOfSelected(known) });
    }
  };

  const wanted = (): number | null => {
    const { shown, scroll, error } = state;
    if (shown === null || error !== null || scroll.height === 0) return null;
    return missing(shown.chunks, visibleRows(scroll));
  };
  const isOutdated = (): boolean => outdated;

  const run = async (): Promise<void> => {
    if (running) return;
    running = true;
    for (;;) {
      const start = wanted();
      if (isOutdated()) {
        const live = state.shown?.key === keyOfView(state.view);
        await anew();
        if (live && isOutdated()) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      } else if (start === null) break;
      else await fill(start);
    }
    running = false;
  };

  return {
    get: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    show: (view) => {
      if (keyOfView(view) === keyOfView(state.view)) return;
      steps += 1;
      outdated = true;
      set({ view, busy: !isSameList(view, shownView) });
      void run();
    },
    refresh: () => {
      outdated = true;
      void run();
    },
    setHeight: (height) => {
      if (height !== state.scroll.height) {
        set({ scroll: scrollTo({ ...state.scroll, height }, state.scroll.offset) });
      }
      void run();
    },
    setRowHeight: (rowHeight) => {
      if (rowHeight === state.scroll.rowHeight) return;
      const top = state.scroll.offset / state.scroll.rowHeight;
      set({ scroll: scrollTo({ ...state.scroll, rowHeight }, top * rowHeight) });
      void run();
    },
    setScroll: (next) => {
      const scroll = next(state.scroll);
      if (scroll.offset !== state.scroll.offset) set({ scroll });
      void run();
    },
    select: (selected) => {
      if (selected === state.selected) return;
      steps += 1;
      const { shown } = state;
      set({ selected, selectedAt: shown === null || selected === null ? null : placeOf(shown, selected) });
      if (selected !== null && state.selectedAt === null && shown !== null) void locateSelected();
    },
    go: async (at) => {
      steps += 1;
      const mine = steps;
      const { shown } = state;
      if (shown === null || shown.total === 0) return null;
      const to = Math.max(0, Math.min(shown.total - 1, at));
      set({ scroll: reveal(state.scroll, to) });
      if (lineAt(shown, to) === null) {
        const answer = await ask.rows(state.view, requestFrom(to), REQUEST_ROWS);
        if (mine !== steps || shown.key !== keyOfView(state.view)) return null;
        if (answer.ok && state.shown !== null && answer.value.total === state.shown.total) {
          set({ shown: withWindow(state.shown, answer.value) });
        }
      }
      const found = state.shown === null ? null : lineAt(state.shown, to);
      if (found !== null) set({ selected: lineId(found), selectedAt: to });
      void run();
      return found;
    },
    reveal: async (seq) => {
      steps += 1;
      const mine = steps;
      const { view } = state;
      const answer = await ask.locate(view, seq);
      if (mine !== steps || !answer.ok || answer.value === null) return false;
      const at = answer.value;
      const total = Math.max(state.scroll.total, at + 1);
      set({ scroll: centre({ ...state.scroll, total }, at), selectedAt: at });
      void run();
      return true;
    },
  };
}
