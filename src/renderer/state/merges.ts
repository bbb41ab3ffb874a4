import { create } from 'zustand';
import type { MergeInProgress } from '../../contract/merge.ts';

type MergesSlice = { readonly bySource: Readonly<Record<string, readonly MergeInProgress[]>> };

/** Merges that were begun and not finished, by source. Changed only by `app/merges.ts`. */
export const useMergesStore = create<MergesSlice>(() => ({ bySource: {} }));

const NONE: readonly MergeInProgress[] = [];

/** The merges in progress of a source, newest first. */
export const useMerges = (source: string | null): readonly MergeInProgress[] =>
  useMergesStore((state) => (source === null ? NONE : (state.bySource[source] ?? NONE)));
