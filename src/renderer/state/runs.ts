import { create } from 'zustand';
import type { RecordSort } from '../../contract/records.ts';
import { openTab } from './tabs.ts';

/**
 * What the runs view of a source shows. `reveal` grows each time it should scroll to the selected record; `bad`: the
 * lines that are no records stand in the place of the records.
 */
export type RunsState = {
  readonly query: string;
  readonly sort: RecordSort;
  readonly reveal: number;
  readonly bad: boolean;
};

const FIRST_RUNS: RunsState = { query: '', sort: 'newest', reveal: 0, bad: false };

type Slice = { readonly runs: Readonly<Record<string, RunsState>> };

const store = create<Slice>(() => ({ runs: {} }));

export const useRuns = (source: string): RunsState => store((state) => state.runs[source] ?? FIRST_RUNS);

/** What the runs view shows now, outside of views. */
export const runsOf = (source: string): RunsState => store.getState().runs[source] ?? FIRST_RUNS;

/** Changes what the runs view of a source shows. */
export function setRuns(source: string, change: Partial<RunsState>): void {
  store.setState(({ runs }) => ({
    runs: { ...runs, [source]: { ...(runs[source] ?? FIRST_RUNS), ...change } },
  }));
}

/** Opens the records of a query: where every figure leads. */
export function openRuns(source: string, query: string, sort?: RecordSort): void {
  setRuns(source, { query, bad: false, ...(sort === undefined ? {} : { sort }) });
  openTab({ kind: 'runs', source });
}

/** Opens the lines of the logs that are no records. */
export function openBadLines(source: string): void {
  setRuns(source, { bad: true });
  openTab({ kind: 'runs', source });
}

/** Goes to a record among all others. */
export function revealRecord(source: string): void {
  setRuns(source, { bad: false, reveal: runsOf(source).reveal + 1 });
  openTab({ kind: 'runs', source });
}

/** Runs `listener` after each change of what the runs views show; returns the end of the subscription. */
export const onRuns = (listener: () => void): (() => void) => store.subscribe(listener);
