import { create } from 'zustand';

/** Two branches of a source that a person wants to merge. null: still to be chosen. */
export type MergeForm = { readonly into: string | null; readonly from: string | null };

type MergeFormSlice = {
  /** the preview that is open */
  readonly open: (MergeForm & { readonly source: string }) | null;
  /** the merge whose choices a person wants to forget, until they have confirmed it */
  readonly abandon: { readonly source: string; readonly into: string; readonly from: string } | null;
};

/** The dialogs about a whole merge: its preview, and the question before its choices are forgotten. */
export const useMergeForm = create<MergeFormSlice>(() => ({ open: null, abandon: null }));

/** Opens the preview of a merge; the dialog asks for a branch that is not named. Writes nothing. */
export const openMergePreview = (source: string, form: MergeForm): void =>
  useMergeForm.setState({ open: { source, ...form } });

export const closeMergePreview = (): void => useMergeForm.setState({ open: null });

/** Asks whether the choices of a merge are to be forgotten. */
export const askAbandon = (source: string, into: string, from: string): void =>
  useMergeForm.setState({ abandon: { source, into, from } });

export const closeAbandon = (): void => useMergeForm.setState({ abandon: null });
