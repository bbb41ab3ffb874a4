import { create } from 'zustand';

/** A change set that is begun (`set` null) or gets another label. */
export type SetForm = { readonly source: string; readonly set: string | null };

type Slice = { readonly open: SetForm | null };

/** The dialog in which a change set gets its label. */
export const useSetForm = create<Slice>(() => ({ open: null }));

export const askSet = (form: SetForm): void => useSetForm.setState({ open: form });

export const closeSetForm = (): void => useSetForm.setState({ open: null });
