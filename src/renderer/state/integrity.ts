import { create } from 'zustand';
import type { Failure } from '../../contract/failure.ts';
import type { Integrity } from '../../contract/integrity.ts';

/** What is known of the integrity of one source; `value` stays while a newer one is fetched or fails to come. */
export type IntegrityState = { readonly value: Integrity | null; readonly error: Failure | null };

type IntegritySlice = {
  readonly bySource: Readonly<Record<string, IntegrityState>>;
  /** the finding that the inspector explains, by its key */
  readonly selected: Readonly<Record<string, string>>;
};

const NONE: IntegrityState = { value: null, error: null };

export const useIntegrityStore = create<IntegritySlice>(() => ({ bySource: {}, selected: {} }));

export const useIntegrityState = (source: string): IntegrityState =>
  useIntegrityStore((state) => state.bySource[source] ?? NONE);

export const useSelectedFinding = (source: string): string | null =>
  useIntegrityStore((state) => state.selected[source] ?? null);

export const selectFinding = (source: string, key: string): void =>
  useIntegrityStore.setState(({ selected }) => ({ selected: { ...selected, [source]: key } }));

export const setIntegrity = (source: string, change: Partial<IntegrityState>): void =>
  useIntegrityStore.setState(({ bySource }) => ({
    bySource: { ...bySource, [source]: { ...(bySource[source] ?? NONE), ...change } },
  }));
