import { create } from 'zustand';
import { loadPart, savePart } from '../../../state/persist.ts';

export type CompareTab = 'input' | 'output' | 'fields';

/** How a pair of calls is looked at: kept while the window is open, so that coming back to a tab finds it as it was. */
export type PairLook = { readonly swapped: boolean; readonly tab: CompareTab | null };

type Slice = {
  readonly pairs: Readonly<Record<string, PairLook>>;
  readonly columns: boolean | null;
};

const NEW: PairLook = { swapped: false, tab: null };

const store = create<Slice>(() => ({ pairs: {}, columns: null }));

export const usePairLook = (pair: string): PairLook => store((state) => state.pairs[pair] ?? NEW);

export const setPairLook = (pair: string, look: Partial<PairLook>): void =>
  store.setState(({ pairs }) => ({ pairs: { ...pairs, [pair]: { ...(pairs[pair] ?? NEW), ...look } } }));

/** Whether two texts stand side by side; kept for the next start. */
export const useColumns = (): boolean =>
  store((state) => state.columns ?? loadPart('compare-columns') !== 'one');

export function setColumns(columns: boolean): void {
  store.setState({ columns });
  savePart('compare-columns', columns ? 'two' : 'one');
}
