import { create } from 'zustand';
import type { Failure } from '../../../../contract/failure.ts';
import type { MergeDocument, MergePreview } from '../../../../contract/merge.ts';
import type { Operation } from '../../../../contract/operations.ts';
import type { Dropped } from '../../../../core/merge/session-restore.ts';
import type { Place, Session } from '../../../../core/merge/session.ts';

/** What a person is told when branches moved, or progress fits no longer. */
export type Moved = {
  /** the branches that stand elsewhere now */
  readonly branches: readonly { readonly name: string; readonly before: string; readonly after: string }[];
  readonly kept: number;
  readonly dropped: readonly Dropped[];
  /** what was kept could not be read at all */
  readonly unreadable: boolean;
};

/** A merge as it stands in its tab; it outlives the view, so that coming back is instant. */
export type Loaded = {
  readonly preview: MergePreview;
  readonly documents: readonly MergeDocument[];
  readonly session: Session;
  readonly at: Place;
};

/** What a person types in place of a unit. It is no decision until it is kept. */
export type Editing = {
  readonly place: Place;
  /** a text by its lines, or a JSON value */
  readonly what: 'json' | 'text';
  readonly text: string;
  /** why it can't be kept as it is, in words; null where it can */
  readonly problem: string | null;
};

export type Work = {
  readonly source: string;
  readonly into: string;
  readonly from: string;
  readonly loaded: Loaded | null;
  /** why it can't be read now; what was read before stays */
  readonly error: Failure | null;
  readonly reading: boolean;
  readonly mode: 'cards' | 'panes';
  readonly editing: Editing | null;
  readonly moved: Moved | null;
  /** progress that could not be kept, in words */
  readonly unsaved: string | null;
  /** the merge as it was written; null until then */
  readonly written: Operation | null;
};

type Slice = { readonly works: Readonly<Record<string, Work>> };

/** Every merge that is or was worked on since the window was opened, by `workKey`. */
export const useWorks = create<Slice>(() => ({ works: {} }));

/** What names a merge in the window. */
export const workKey = (source: string, into: string, from: string): string =>
  JSON.stringify([source, into, from]);

export const workOf = (key: string): Work | null => useWorks.getState().works[key] ?? null;

/** Changes some of a merge; nothing where it is gone. */
export function patchWork(key: string, patch: Partial<Work>): void {
  useWorks.setState(({ works }) => {
    const work = works[key];
    return work === undefined ? {} : { works: { ...works, [key]: { ...work, ...patch } } };
  });
}

/** Changes some of what is loaded of a merge. */
export function patchLoaded(key: string, patch: Partial<Loaded>): void {
  const loaded = workOf(key)?.loaded ?? null;
  if (loaded !== null) patchWork(key, { loaded: { ...loaded, ...patch } });
}

/** A merge that is opened for the first time. */
export function addWork(source: string, into: string, from: string): void {
  const key = workKey(source, into, from);
  if (workOf(key) !== null) return;
  const work: Work = {
    source,
    into,
    from,
    loaded: null,
    error: null,
    reading: false,
    mode: 'cards',
    editing: null,
    moved: null,
    unsaved: null,
    written: null,
  };
  useWorks.setState(({ works }) => ({ works: { ...works, [key]: work } }));
}

/** Forgets merges, by the answer of `gone`. */
export function dropWorks(gone: (work: Work) => boolean): void {
  useWorks.setState(({ works }) => ({
    works: Object.fromEntries(Object.entries(works).filter(([, work]) => !gone(work))),
  }));
}

/** How many places of a merge are open; null where it is not loaded, or written. */
export const useOpenCount = (source: string, into: string, from: string): number | null =>
  useWorks(({ works }) => {
    const work = works[workKey(source, into, from)];
    return work === undefined || work.written !== null ? null : (work.loaded?.session.open ?? null);
  });
