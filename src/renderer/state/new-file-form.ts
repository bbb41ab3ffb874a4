import { create } from 'zustand';

/** What a person wants to make: of an agent (null: of the root), by a template where one is named. */
export type NewFileForm = {
  readonly source: string;
  readonly agent: string | null;
  readonly template: string | null;
};

type Slice = { readonly open: NewFileForm | null };

/** The dialog that makes files from the templates of the format. */
export const useNewFileForm = create<Slice>(() => ({ open: null }));

export const askNewFile = (form: NewFileForm): void => useNewFileForm.setState({ open: form });

export const closeNewFileForm = (): void => useNewFileForm.setState({ open: null });
