import { create } from 'zustand';
import { FIRST_FORM, type EscalationForm } from './filter.ts';

type Slice = { readonly forms: Readonly<Record<string, EscalationForm>> };
const store = create<Slice>(() => ({ forms: {} }));

/** What the queue of a source is narrowed to, and which one is shown. */
export const useEscalationForm = (source: string): EscalationForm =>
  store(({ forms }) => forms[source] ?? FIRST_FORM);

export function setEscalationForm(source: string, change: Partial<EscalationForm>): void {
  store.setState(({ forms }) => ({
    forms: { ...forms, [source]: { ...(forms[source] ?? FIRST_FORM), ...change } },
  }));
}
