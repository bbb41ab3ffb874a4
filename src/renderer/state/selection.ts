import { create } from 'zustand';

/** The call that the inspector shows. `reveal` grows each time a view should scroll to it. */
export type Selection = { readonly source: string; readonly hash: string; readonly reveal: number };

type SelectionSlice = { readonly selection: Selection | null };

const store = create<SelectionSlice>(() => ({ selection: null }));
let reveals = 0;

/** The selection of the window, or null. */
export const useSelection = (): Selection | null => store((state) => state.selection);

/** The selection now, outside of components. */
export const getSelection = (): Selection | null => store.getState().selection;

/** Runs `listener` after each change of the selection; returns the end of the subscription. */
export const onSelection = (listener: (selection: Selection | null) => void): (() => void) =>
  store.subscribe((state) => listener(state.selection));

/** Selects a call where the person already sees it, such as by a click on its row. */
export function select(source: string, hash: string): void {
  const now = store.getState().selection;
  if (now?.source === source && now.hash === hash) return;
  store.setState({ selection: { source, hash, reveal: reveals } });
}

/** Selects a call and asks the graph to scroll to it, such as from a link, the palette or a problem. */
export function revealCall(source: string, hash: string): void {
  reveals += 1;
  store.setState({ selection: { source, hash, reveal: reveals } });
}

export const clearSelection = (): void => store.setState({ selection: null });
