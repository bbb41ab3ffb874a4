import { create } from 'zustand';
import { openCompareRuns } from './tabs.ts';

/** Two runs that a person wants to compare, by ref name or hash. null: still to be chosen. */
export type RunsForm = { readonly a: string | null; readonly b: string | null };

type Slice = { readonly open: (RunsForm & { readonly source: string }) | null };

/** The dialog that asks which runs to compare. */
export const useRunsForm = create<Slice>(() => ({ open: null }));

/** Asks which two runs to compare; the ones that are named are filled in. */
export const openRunsForm = (source: string, form: RunsForm): void =>
  useRunsForm.setState({ open: { source, ...form } });

export const closeRunsForm = (): void => useRunsForm.setState({ open: null });

let asked: string | null = null;
const keyOf = (source: string, a: string, b: string): string => JSON.stringify([source, a, b]);

/** Opens two runs because a person asked for them just now: their rows take the focus. */
export function goToRuns(source: string, a: string, b: string): void {
  asked = keyOf(source, a, b);
  openCompareRuns(source, a, b);
}

/** Whether these runs were asked for just now; only once. */
export function wereAskedFor(source: string, a: string, b: string): boolean {
  const were = asked === keyOf(source, a, b);
  if (were) asked = null;
  return were;
}
