import type { Failure, Result } from '../../../contract/failure.ts';
import {
  CHUNK_ROWS,
  missing,
  placeOf,
  requestFrom,
  REQUEST_ROWS,
  rowAt,
  type Chunks,
} from '../graph/row-chunks.ts';
import { centre, reveal, scrollTo, type Scroll } from '../graph/scroll.ts';
import { visibleRows } from '../graph/window.ts';

/** What is known of the rows of one question at one state of the store. Rows of two states are never mixed. */
export type Known<Row> = {
  readonly key: string;
  readonly total: number;
  readonly chunks: Chunks<Row>;
};

/** What a table shows now. */
export type TableState<Question, Row, Shown extends Known<Row>> = {
  readonly question: Question;
  /** the newest answer; of an earlier question while `busy` */
  readonly shown: Shown | null;
  readonly error: Failure | null;
  readonly busy: boolean;
  readonly scroll: Scroll;
  /** the id of the selected row */
  readonly selected: string | null;
  /** where it stands in `shown`; null: not among the rows, or not known */
  readonly selectedAt: number | null;
};

/** What a kind of table is made of. `Place`: by what the engine finds a row. */
export type TableParts<Question, Row, Window, Shown, Place> = {
  readonly rows: (question: Question, start: number, count: number) => Promise<Result<Window>>;
  readonly locate: (question: Question, place: Place) => Promise<Result<number | null>>;
  readonly keyOf: (question: Question) => string;
  /** the same rows in the same order, but for what is folded: the place is kept */
  readonly isSameList: (a: Question, b: Question) => boolean;
  /** knows nothing but what one window says */
  readonly knownOf: (key: string, window: Window) => Shown;
  readonly withWindow: (known: Shown, window: Window) => Shown;
  /** what makes a row the same row while others come and go */
  readonly idOf: (row: Row) => string;
  /** null: the engine can't find it */
  readonly placeOf: (row: Row) => Place | null;
  readonly placeOfId: (id: string) => Place | null;
  /** between two answers while the store keeps changing, in ms */
  readonly pauseMs: number;
  /** fewer rows came than were announced: asking for them again and again would not help */
  readonly short: Failure;
};

export type TableModel<Question, Row, Shown extends Known<Row>, Place> = {
  readonly get: () => TableState<Question, Row, Shown>;
  readonly subscribe: (listener: () => void) => () => void;
  /** asks something else: from the top, or where the list is the same one from the same place; the selected row stays selected */
  readonly show: (question: Question) => void;
  /** the store changed: the same question again, without losing the place */
  readonly refresh: () => void;
  readonly setHeight: (height: number) => void;
  readonly setRowHeight: (rowHeight: number) => void;
  readonly setScroll: (next: (scroll: Scroll) => Scroll) => void;
  readonly select: (id: string | null) => void;
  /** goes to a row that may not be read yet; null: something else was asked meanwhile */
  readonly go: (at: number) => Promise<Row | null>;
  /** brings a row into sight and marks it as the selected one; false: it is not among the rows */
  readonly reveal: (place: Place) => Promise<boolean>;
};

/**
 * The rows of a question, of which only those in sight are read. While the store grows, the selected row, or else the first
 * one in sight, stays where it is on screen; at the very top the newest come in.
 */
export function createTableModel<
  Question,
  Row,
  Window extends { readonly total: number },
  Shown extends Known<Row>,
  Place,
>(
  parts: TableParts<Question, Row, Window, Shown, Place>,
  first: Question,
): TableModel<Question, Row, Shown, Place> {
  const { keyOf, isSameList, idOf } = parts;
  let state: TableState<Question, Row, Shown> = {
    question: first,
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
  let shownQuestion = first;

  const set = (change: Partial<TableState<Question, Row, Shown>>) => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };
  const find = (known: Shown, id: string): number | null =>
    placeOf<Row>(known.chunks, (row) => idOf(row) === id);
  const findSelected = (known: Shown): number | null =>
    state.selected === null ? null : find(known, state.selected);

  /** The row that is to stay where it is on screen. */
  const anchor = (): { readonly id: string; readonly place: Place; readonly at: number } | null => {
    const { shown, scroll, selectedAt } = state;
    if (shown === null) return null;
    const { start, end } = visibleRows(scroll);
    const inSight = selectedAt !== null && selectedAt >= start && selectedAt < end ? [selectedAt] : [];
    // at the very top what comes in shows, unless a row is being read
    const others = scroll.offset <= 0 ? 0 : end - start;
    for (const at of [...inSight, ...Array.from({ length: others }, (_, index) => start + index)]) {
      const row = rowAt<Row>(shown.chunks, at);
      const place = row === null ? null : parts.placeOf(row);
      if (row !== null && place !== null) return { id: idOf(row), place, at };
    }
    return null;
  };

  const anew = async (): Promise<void> => {
    const { question } = state;
    const key = keyOf(question);
    const same = state.shown !== null && isSameList(question, shownQuestion);
    // folding or unfolding moves only what is below the line that was folded
    const live = same && state.shown?.key === key;
    set({ busy: !same });
    const held = live ? anchor() : null;
    const found = held === null ? null : await parts.locate(question, held.place);
    const at = found?.ok === true ? found.value : null;
    const shift = held === null || at === null ? 0 : (at - held.at) * state.scroll.rowHeight;
    const offset = same ? state.scroll.offset + shift : 0;
    const answer = await parts.rows(question, requestFrom(offset / state.scroll.rowHeight), REQUEST_ROWS);
    if (keyOf(state.question) !== key) return;
    if (!answer.ok) {
      outdated = false;
      set({ error: answer.error, busy: false });
      return;
    }
    const known = parts.knownOf(key, answer.value);
    // a person may have scrolled on while the answers were on their way
    const moved = same ? state.scroll.offset + shift : 0;
    // an entry may have come in between the two answers
    const late = held === null ? null : find(known, held.id);
    const more = late === null || at === null ? 0 : (late - at) * state.scroll.rowHeight;
    outdated = false;
    shownQuestion = question;
    set({
      shown: known,
      error: null,
      busy: false,
      scroll: scrollTo({ ...state.scroll, total: known.total }, moved + more),
      selectedAt: findSelected(known),
    });
    if (state.selected !== null && state.selectedAt === null) await locateSelected();
  };

  const locateSelected = async (): Promise<void> => {
    const { selected, question } = state;
    const place = selected === null ? null : parts.placeOfId(selected);
    if (place === null) return;
    const answer = await parts.locate(question, place);
    if (!answer.ok || selected !== state.selected || keyOf(question) !== keyOf(state.question)) return;
    set({ selectedAt: answer.value });
  };

  const fill = async (start: number): Promise<void> => {
    const { question, shown } = state;
    const answer = await parts.rows(question, start, REQUEST_ROWS);
    if (shown !== state.shown || keyOf(question) !== keyOf(state.question)) return;
    if (!answer.ok) {
      set({ error: answer.error });
      outdated = false;
      return;
    }
    // rows of another state of the store are not mixed with these: all is read anew
    if (shown === null || answer.value.total !== shown.total) outdated = true;
    else {
      const known = parts.withWindow(shown, answer.value);
      const error = known.chunks.has(start / CHUNK_ROWS) ? null : parts.short;
      set({ shown: known, error, selectedAt: state.selectedAt ?? findSelected(known) });
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
        const live = state.shown?.key === keyOf(state.question);
        await anew();
        if (live && isOutdated()) await new Promise((resolve) => setTimeout(resolve, parts.pauseMs));
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
    show: (question) => {
      if (keyOf(question) === keyOf(state.question)) return;
      steps += 1;
      outdated = true;
      set({ question, busy: !isSameList(question, shownQuestion) });
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
      set({ selected, selectedAt: shown === null || selected === null ? null : find(shown, selected) });
      if (selected !== null && state.selectedAt === null && shown !== null) void locateSelected();
    },
    go: async (at) => {
      steps += 1;
      const mine = steps;
      const { shown } = state;
      if (shown === null || shown.total === 0) return null;
      const to = Math.max(0, Math.min(shown.total - 1, at));
      set({ scroll: reveal(state.scroll, to) });
      if (rowAt<Row>(shown.chunks, to) === null) {
        const answer = await parts.rows(state.question, requestFrom(to), REQUEST_ROWS);
        if (mine !== steps || shown.key !== keyOf(state.question)) return null;
        if (answer.ok && state.shown !== null && answer.value.total === state.shown.total) {
          set({ shown: parts.withWindow(state.shown, answer.value) });
        }
      }
      const found = state.shown === null ? null : rowAt<Row>(state.shown.chunks, to);
      if (found !== null) set({ selected: idOf(found), selectedAt: to });
      void run();
      return found;
    },
    reveal: async (place) => {
      steps += 1;
      const mine = steps;
      const { question } = state;
      const answer = await parts.locate(question, place);
      if (mine !== steps || !answer.ok || answer.value === null) return false;
      const at = answer.value;
      const total = Math.max(state.scroll.total, at + 1);
      set({ scroll: centre({ ...state.scroll, total }, at), selectedAt: at });
      void run();
      return true;
    },
  };
}
