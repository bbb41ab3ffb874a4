import { create } from 'zustand';
import { loadPart, savePart } from '../../state/persist.ts';

type WrapSlice = { readonly wrap: boolean | null };

const store = create<WrapSlice>(() => ({ wrap: null }));

/** Whether long lines are wrapped in every text; on at first, kept for the next start. */
export const useWrap = (): boolean => store((state) => state.wrap ?? loadPart('wrap') !== 'off');

export function setWrap(wrap: boolean): void {
  store.setState({ wrap });
  savePart('wrap', wrap ? 'on' : 'off');
}
