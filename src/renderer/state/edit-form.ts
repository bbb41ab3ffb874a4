import { create } from 'zustand';
import type { Change, Edit } from '../../contract/edits.ts';

/** A change that is shown before it is written. */
export type EditForm = {
  readonly source: string;
  readonly change: Change;
  /** runs once it was written */
  readonly done?: (edit: Edit) => void;
};

type Slice = { readonly open: EditForm | null };

/** The dialog that shows exactly what a change would write, and writes it when the person says so. */
export const useEditForm = create<Slice>(() => ({ open: null }));

/** Shows what a change would write. Nothing is written before the person confirms it. */
export const askEdit = (form: EditForm): void => useEditForm.setState({ open: form });

export const closeEditForm = (): void => useEditForm.setState({ open: null });
