import { create } from 'zustand';

/**
 * What a person wants to do, before the details are asked for. Hashes are full; `at: null` means the tip of
 * HEAD's branch. `name` fills the name field in advance.
 */
export type ActionForm =
  | { readonly kind: 'fork'; readonly at: string; readonly name?: string }
  | { readonly kind: 'create-branch'; readonly at: string | null; readonly name?: string }
  | { readonly kind: 'switch'; readonly name: string }
  | { readonly kind: 'rename-branch'; readonly from: string }
  | { readonly kind: 'delete-branch'; readonly name: string }
  | { readonly kind: 'tag'; readonly at: string | null; readonly name?: string }
  | { readonly kind: 'untag'; readonly name: string }
  | { readonly kind: 'undo'; readonly operation: string; readonly title: string };

type ActionSlice = { readonly open: { readonly source: string; readonly form: ActionForm } | null };

/** The action dialog that is open, or null. */
export const useActionForm = create<ActionSlice>(() => ({ open: null }));

/** Opens the one dialog for every write: form, exact preview, apply. */
export const openAction = (source: string, form: ActionForm): void =>
  useActionForm.setState({ open: { source, form } });

export const closeAction = (): void => useActionForm.setState({ open: null });
