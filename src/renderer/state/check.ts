import { create } from 'zustand';
import type { Failure } from '../../contract/failure.ts';

/** How far a check is. `sinceMs`: when it began, in ms since 1970. */
export type RunningCheck = {
  readonly done: number;
  readonly total: number;
  readonly sinceMs: number;
  readonly stop: () => void;
};

/** A full check of one source that runs, or how the last one of this window ended. */
export type CheckState = {
  readonly running: RunningCheck | null;
  /** how far it had come when the person ended it; null when it went to its end */
  readonly cancelled: { readonly done: number; readonly total: number } | null;
  readonly error: Failure | null;
};

const NO_CHECK: CheckState = { running: null, cancelled: null, error: null };

type CheckSlice = { readonly bySource: Readonly<Record<string, CheckState>> };

export const useCheckStore = create<CheckSlice>(() => ({ bySource: {} }));

export const useCheck = (source: string): CheckState =>
  useCheckStore((state) => state.bySource[source] ?? NO_CHECK);

/** Changes what is known of a source's check. */
export const setCheck = (source: string, change: Partial<CheckState>): void =>
  useCheckStore.setState(({ bySource }) => ({
    bySource: { ...bySource, [source]: { ...(bySource[source] ?? NO_CHECK), ...change } },
  }));
