import { create } from 'zustand';

/** Two runs that a person wants to compare, by ref name or hash. null: still to be chosen. */
export type RunsForm = { readonly a: string | null; readonly b: string | null };

type Slice = { readonly open: (RunsForm & { readonly source: string }) | null };

/** The dialog that asks which runs to compare. */
export const useRunsForm = create<Slice>(() => ({ open: null }));

/** Asks which two runs to compare; the ones that are named are filled in. */
export const openRunsForm = (source: string, form: RunsForm): void =>
  useRunsForm.setState({ open: { source, ...form } });

export const closeRunsForm = (): void => useRunsForm.setState({ open: null });
