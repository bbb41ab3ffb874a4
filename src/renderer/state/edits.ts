import { useMemo } from 'react';
import { create } from 'zustand';
import type { ChangeSet, Edit, FileEdit } from '../../contract/edits.ts';
import type { Failure } from '../../contract/failure.ts';

/** The set that holds what is typed outside of any named one. */
export const LOOSE = 'loose';

/** What is known about writing into one folder of agents. */
export type EditsOf = {
  /** edits that are not written yet; the loose ones always stand first, also where there are none */
  readonly sets: readonly ChangeSet[];
  /** the set that typing goes into now */
  readonly active: string;
  /** everything written, newest first; null until it is read */
  readonly written: readonly Edit[] | null;
  readonly error: Failure | null;
  /** why what is typed could not be kept in the app folder, in words */
  readonly unsaved: string | null;
};

const emptyLoose: ChangeSet = { id: LOOSE, label: '', edits: [], savedMicros: 0, moved: [] };
export const NO_EDITS: EditsOf = {
  sets: [emptyLoose],
  active: LOOSE,
  written: null,
  error: null,
  unsaved: null,
};

type Slice = { readonly bySource: Readonly<Record<string, EditsOf>> };

/** Edits by source. Changed only by `app/edits.ts`. */
export const useEditsStore = create<Slice>(() => ({ bySource: {} }));

export const editsOf = (source: string): EditsOf => useEditsStore.getState().bySource[source] ?? NO_EDITS;

export const useEdits = (source: string | null): EditsOf =>
  useEditsStore((state) => (source === null ? NO_EDITS : (state.bySource[source] ?? NO_EDITS)));

/** The set that typing goes into. */
export const activeSet = ({ sets, active }: EditsOf): ChangeSet =>
  sets.find(({ id }) => id === active) ?? sets[0] ?? emptyLoose;

/** What is typed for a file in the active set, or null. */
export const useDraft = (source: string, path: string): FileEdit | null =>
  useEditsStore((state) => {
    const known = state.bySource[source];
    return known === undefined ? null : (activeSet(known).edits.find((edit) => edit.path === path) ?? null);
  });

/** The files that have an edit in the active set. */
export function useUnsaved(source: string): ReadonlySet<string> {
  const { edits } = activeSet(useEdits(source));
  return useMemo(() => new Set(edits.map(({ path }) => path)), [edits]);
}

/** How many files of all sets are not written yet; a file in two sets counts once. */
export const unsavedCount = ({ sets }: EditsOf): number =>
  new Set(sets.flatMap(({ edits }) => edits.map(({ path }) => path))).size;

/** The name of a set as a person reads it. */
export const setName = ({ id, label }: Pick<ChangeSet, 'id' | 'label'>): string =>
  id === LOOSE ? 'Loose edits' : label.trim() === '' ? 'Unnamed set' : label;

/** The newest write that can be undone now, or null. */
export const lastUndoableEdit = (written: readonly Edit[] | null): Edit | null =>
  written?.find(({ undoBlocked, state }) => undoBlocked === null && state !== 'undone') ?? null;

export function patchEdits(source: string, patch: Partial<EditsOf>): void {
  useEditsStore.setState(({ bySource }) => ({
    bySource: { ...bySource, [source]: { ...(bySource[source] ?? NO_EDITS), ...patch } },
  }));
}

/** Forgets all sources: another workspace is open. */
export const forgetEdits = (): void => useEditsStore.setState({ bySource: {} });
