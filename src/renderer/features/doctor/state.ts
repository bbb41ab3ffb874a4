import { create } from 'zustand';
import { FIRST_FORM, type DoctorForm } from './checks.ts';

type Slice = { readonly forms: Readonly<Record<string, DoctorForm>> };
const store = create<Slice>(() => ({ forms: {} }));

/** What the checks of a source are narrowed to, and which one is shown. */
export const useDoctorForm = (source: string): DoctorForm =>
  store(({ forms }) => forms[source] ?? FIRST_FORM);

export const doctorForm = (source: string): DoctorForm => store.getState().forms[source] ?? FIRST_FORM;

export function setDoctorForm(source: string, change: Partial<DoctorForm>): void {
  store.setState(({ forms }) => ({
    forms: { ...forms, [source]: { ...(forms[source] ?? FIRST_FORM), ...change } },
  }));
}
