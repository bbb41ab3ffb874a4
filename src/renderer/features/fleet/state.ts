import { useMemo } from 'react';
import { create } from 'zustand';
import { loadPart, savePart } from '../../state/persist.ts';
import { readForm, type FleetForm } from './kept.ts';

type Slice = { readonly forms: Readonly<Record<string, FleetForm>> };
const store = create<Slice>(() => ({ forms: {} }));
const partOf = (source: string): string => `fleet ${source}`;

/** How the fleet of a source is shown now. */
export function useFleetForm(source: string): FleetForm {
  const known = store((state) => state.forms[source]);
  const kept = known === undefined ? loadPart(partOf(source)) : null;
  const read = useMemo(() => readForm(kept), [kept]);
  return known ?? read;
}

/** Changes how the fleet of a source is shown. */
export function setFleetForm(source: string, change: Partial<FleetForm>): void {
  const before = store.getState().forms[source] ?? readForm(loadPart(partOf(source)));
  const after = { ...before, ...change };
  const { search: _search, ...kept } = after;
  savePart(partOf(source), JSON.stringify(kept));
  store.setState(({ forms }) => ({ forms: { ...forms, [source]: after } }));
}
