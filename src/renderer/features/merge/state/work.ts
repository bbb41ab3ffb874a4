import { create } from 'zustand';
import type { Failure } from '../../../../contract/failure.ts';
import type { MergeDocument, MergePreview } from '../../../../contract/merge.ts';
import type { FileEdit } from '../../../../contract/edits.ts';
import type { Operation } from '../../../../contract/operations.ts';
import type { Dropped } from '../../../../core/merge/session-restore.ts';
import type { Place, Session } from '../../../../core/merge/session.ts';
import type { Names } from '../names.ts';

/** What a person is told when branches moved, or progress fits no longer. */
export type Moved = {
  /** the branches that stand elsewhere now */
  readonly branches: readonly { readonly name: string; readonly before: string; readonly after: string }[];
  readonly kept: number;
  readonly dropped: readonly Dropped[];
  /** what was kept could not be read at all */
  readonly unreadable: boolean;
};

/** Where both sides stood when they were read. */
export type Tips = {
  readonly into: { readonly name: string; readonly tip: string };
  readonly from: { readonly name: string; readonly tip: string };
};

/** What is merged: two branches, or the edits of a change set with what stands on disk. */
export type About =
  | { readonly kind: 'branches'; readonly into: string; readonly from: string }
  | { readonly kind: 'edits'; readonly set: string };

/** A merge as it stands in its tab; it outlives the view, so that coming back is instant. */
export type Loaded = {
  /** names what was analysed: the same texts have the same */
  readonly merge: string;
  readonly names: Names;
  readonly tips: Tips;
  readonly notes: readonly string[];
  /** of two branches; null of edits */
  readonly preview: MergePreview | null;
  /** the edits that are merged; empty of branches */
  readonly edits: readonly FileEdit[];
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
  readonly about: About;
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

/** What names a merge of branches in the window. */
export const workKey = (source: string, into: string, from: string): string =>
  JSON.stringify([source, into, from]);

/** What names the merge of a change set in the window. */
export const setKey = (source: string, set: string): string => JSON.stringify([source, set]);

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

/** A merge of branches that is opened for the first time. */
export const addWork = (source: string, into: string, from: string): void =>
  begin(workKey(source, into, from), source, { kind: 'branches', into, from });

/** A merge of edits that is opened for the first time. */
export const addSetWork = (source: string, set: string): void =>
  begin(setKey(source, set), source, { kind: 'edits', set });

function begin(key: string, source: string, about: About): void {
  if (workOf(key) !== null) return;
  const work: Work = {
    source,
    about,
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
