import { create } from 'zustand';

/** A call that was put aside to be compared with another one. */
export type MarkedCall = { readonly source: string; readonly hash: string; readonly tool: string };

/** What of a call the panel shows. */
export type NodeTab = 'content' | 'changes' | 'hashes' | 'raw';

/** Which call before is compared with; null: the closest in kind that there is. */
export type CompareWith = 'document' | 'tool' | 'parent' | 'marked';

type CompareSlice = {
  readonly marked: MarkedCall | null;
  readonly tab: NodeTab;
  readonly compareWith: CompareWith | null;
};

/** What the panels of calls show, and the marked call; the same for all panels, never kept. */
export const useCompare = create<CompareSlice>(() => ({ marked: null, tab: 'content', compareWith: null }));

export const setNodeTab = (tab: NodeTab): void => useCompare.setState({ tab });
export const setCompareWith = (compareWith: CompareWith | null): void => useCompare.setState({ compareWith });
export const setMarked = (marked: MarkedCall | null): void =>
  useCompare.setState(({ compareWith }) => ({
    marked,
    compareWith: marked === null && compareWith === 'marked' ? null : compareWith,
  }));
/** Shows what changed since the marked call. */
export const showAgainstMarked = (): void => useCompare.setState({ tab: 'changes', compareWith: 'marked' });
