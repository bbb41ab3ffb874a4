import { create } from 'zustand';
import type { Failure } from '../../contract/failure.ts';
import type { CheckReport } from '../../contract/vek.ts';

/** A full check of one source: running, or how the last one of this window ended. */
export type CheckState = {
  readonly running: { readonly done: number; readonly total: number; readonly stop: () => void } | null;
  readonly report: CheckReport | null;
  readonly atMicros: number | null;
  readonly error: Failure | null;
};

export const NO_CHECK: CheckState = { running: null, report: null, atMicros: null, error: null };

type CheckSlice = { readonly bySource: Readonly<Record<string, CheckState>> };

export const useCheckStore = create<CheckSlice>(() => ({ bySource: {} }));

export const useCheck = (source: string): CheckState =>
  useCheckStore((state) => state.bySource[source] ?? NO_CHECK);

/** Changes what is known of a source's check. */
export const setCheck = (source: string, change: Partial<CheckState>): void =>
  useCheckStore.setState(({ bySource }) => ({
    bySource: { ...bySource, [source]: { ...(bySource[source] ?? NO_CHECK), ...change } },
  }));
