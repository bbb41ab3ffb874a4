import type { Failure, Result } from '../../../../contract/failure.ts';
import type { RecordRow, RecordSort, RecordWindow } from '../../../../contract/records.ts';
import { CHUNK_ROWS, missing, requestFrom, REQUEST_ROWS } from '../../graph/row-chunks.ts';
import { centre, reveal, scrollTo, type Scroll } from '../../graph/scroll.ts';
import { visibleRows } from '../../graph/window.ts';
import { knownOf, rowAt, rowOf, withWindow, type Known } from './windows.ts';

/** What the table asks: a query and its order. */
export type Question = { readonly query: string; readonly sort: RecordSort };

/** What a table of records shows now. */
export type RecordsState = {
  readonly question: Question;
  /** the newest answer; of an earlier question while `busy` */
  readonly shown: Known | null;
  readonly error: Failure | null;
  readonly busy: boolean;
  readonly scroll: Scroll;
  readonly selected: string | null;
  /** the row of the selected record in `shown`; null: not among them, or not known */
  readonly selectedRow: number | null;
};

/** How the table asks the engine. */
export type RecordsSource = {
  readonly rows: (question: Question, start: number, count: number) => Promise<Result<RecordWindow>>;
  readonly locate: (question: Question, id: string) => Promise<Result<number | null>>;
};

export type RecordsModel = {
  readonly get: () => RecordsState;
  readonly subscribe: (listener: () => void) => () => void;
  /** asks something else, from the top; the selected record stays selected where it is among the answers */
  readonly show: (question: Question) => void;
  /** the logs changed: the same question again, without losing the place */
  readonly refresh: () => void;
  readonly setHeight: (height: number) => void;
  readonly setRowHeight: (rowHeight: number) => void;
  readonly setScroll: (next: (scroll: Scroll) => Scroll) => void;
  readonly select: (id: string | null) => void;
  /** goes to a row that may not be read yet; null: something else was asked meanwhile */
  readonly go: (row: number) => Promise<RecordRow | null>;
  /** brings the selected record into sight */
  readonly reveal: () => Promise<boolean>;
};

/** Between two answers while the logs keep changing, in ms. */
const PAUSE_MS = 120;

/** Fewer rows came than were announced: asking for them again and again would not help. */
const SHORT: Failure = {
  kind: 'io',
  message: 'Some of the records could not be read.',
  hint: 'A log may have been cut while it was read. Read again.',
};

export const keyOf = ({ query, sort }: Question): string => `${sort}\n${query}`;

/**
 * The records of a question, of which only those in sight are read. While the logs grow, the selected record, or else
 * the first one in sight, stays where it is on screen; at the very top the newest come in.
 */
export function createRecordsModel(ask: RecordsSource, first: Question): RecordsModel {
  let state: RecordsState = {
    question: first,
    shown: null,
    error: null,
    busy: false,
    scroll: { offset: 0, height: 0, total: 0, rowHeight: 28 },
    selected: null,
    selectedRow: null,
  };
  const listeners = new Set<() => void>();
  let outdated = true;
  let running = false;
  let steps = 0;

  const set = (change: Partial<RecordsState>) => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };
  const rowOfSelected = (known: Known): number | null =>
    state.selected === null ? null : rowOf(known, state.selected);

  /** The record that is to stay where it is on screen, with its row. */
  const anchor = (): { readonly id: string; readonly row: number } | null => {
    const { shown, scroll, selected, selectedRow, question } = state;
    if (shown === null || shown.key !== keyOf(question) || scroll.offset <= 0) return null;
    const { start, end } = visibleRows(scroll);
    if (selected !== null && selectedRow !== null && selectedRow >= start && selectedRow < end) {
      return { id: selected, row: selectedRow };
    }
    const top = rowAt(shown, start);
    return top === null ? null : { id: top.id, row: start };
  };

  const anew = async (): Promise<void> => {
    const { question } = state;
    const key = keyOf(question);
    const same = state.shown?.key === key;
    set({ busy: !same });
    const held = anchor();
    const place = held === null ? null : await ask.locate(question, held.id);
    const row = place?.ok === true ? place.value : null;
    const shift = held === null || row === null ? 0 : (row - held.row) * state.scroll.rowHeight;
    const offset = same ? state.scroll.offset + shift : 0;
    const answer = await ask.rows(question, requestFrom(offset / state.scroll.rowHeight), REQUEST_ROWS);
    if (keyOf(state.question) !== key) return;
    if (!answer.ok) {
      outdated = false;
      set({ error: answer.error, busy: false });
      return;
    }
    const known = knownOf(key, answer.value);
    // a person may have scrolled on while the answers were on their way
    const moved = same ? state.scroll.offset + shift : 0;
    // a line may have come in between the two answers
    const late = held === null ? null : rowOf(known, held.id);
    const more = late === null || row === null ? 0 : (late - row) * state.scroll.rowHeight;
    outdated = false;
    set({
      shown: known,
      error: null,
      busy: false,
      scroll: scrollTo({ ...state.scroll, total: known.total }, moved + more),
      selectedRow: rowOfSelected(known),
    });
    if (state.selected !== null && state.selectedRow === null) await locateSelected();
  };

  const locateSelected = async (): Promise<number | null> => {
    const { selected, question } = state;
    if (selected === null) return null;
    const answer = await ask.locate(question, selected);
    if (!answer.ok || selected !== state.selected || keyOf(question) !== keyOf(state.question)) return null;
    set({ selectedRow: answer.value });
    return answer.value;
  };

  const fill = async (start: number): Promise<void> => {
    const { question, shown } = state;
    const answer = await ask.rows(question, start, REQUEST_ROWS);
    if (shown !== state.shown || keyOf(question) !== keyOf(state.question)) return;
    if (!answer.ok) {
      set({ error: answer.error });
      outdated = false;
      return;
    }
    // rows of another state of the logs are not mixed with these: all is read anew
    if (shown === null || answer.value.total !== shown.total) outdated = true;
    else {
      const known = withWindow(shown, answer.value);
      const error = known.chunks.has(start / CHUNK_ROWS) ? null : SHORT;
      set({ shown: known, error, selectedRow: state.selectedRow ?? rowOfSelected(known) });
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
    show: (question) => {
      if (keyOf(question) === keyOf(state.question)) return;
      steps += 1;
      outdated = true;
      set({ question, busy: true });
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
      set({ selected, selectedRow: shown === null || selected === null ? null : rowOf(shown, selected) });
      if (selected !== null && state.selectedRow === null && shown !== null) void locateSelected();
    },
    go: async (row) => {
      steps += 1;
      const mine = steps;
      const { shown } = state;
      if (shown === null || shown.total === 0) return null;
      const to = Math.max(0, Math.min(shown.total - 1, row));
      set({ scroll: reveal(state.scroll, to) });
      const known = rowAt(shown, to);
      if (known === null) {
        const answer = await ask.rows(state.question, requestFrom(to), REQUEST_ROWS);
        if (mine !== steps || shown.key !== keyOf(state.question)) return null;
        if (answer.ok && state.shown !== null && answer.value.total === state.shown.total) {
          set({ shown: withWindow(state.shown, answer.value) });
        }
      }
      const found = state.shown === null ? null : rowAt(state.shown, to);
      if (found !== null) set({ selected: found.id, selectedRow: to });
      void run();
      return found;
    },
    reveal: async () => {
      const row = state.selectedRow ?? (await locateSelected());
      if (row === null) return false;
      set({ scroll: centre(state.scroll, row) });
      void run();
      return true;
    },
  };
}
