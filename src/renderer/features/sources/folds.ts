import { create } from 'zustand';
import { loadPart, savePart } from '../../state/persist.ts';
import { isOpen, NO_FOLDS, type Folds, type PaneRow } from './rows.ts';

const PART = 'sources-folds';

/** What is folded in the sources pane; kept for the next start, except what was looked for. */
export const useFolds = create<Folds>(() => NO_FOLDS);

/** Takes over what was folded when the window was last open. */
export function restoreFolds(): void {
  const text = loadPart(PART);
  if (text === null) return;
  try {
    const kept: unknown = JSON.parse(text);
    if (!(kept instanceof Object)) return;
    const setOf = (name: string): ReadonlySet<string> => {
      const list: unknown = Reflect.get(kept, name);
      return new Set(Array.isArray(list) ? list.filter((key) => typeof key === 'string') : []);
    };
    useFolds.setState({ closed: setOf('closed'), marksOpen: setOf('marksOpen'), all: setOf('all') });
  } catch {
    // text of another version counts as nothing kept
  }
}

function change(next: Partial<Folds>): void {
  useFolds.setState(next);
  const { closed, marksOpen, all } = useFolds.getState();
  savePart(PART, JSON.stringify({ closed: [...closed], marksOpen: [...marksOpen], all: [...all] }));
}

const withKey = (set: ReadonlySet<string>, key: string, has: boolean): ReadonlySet<string> =>
  has ? new Set([...set, key]) : new Set([...set].filter((other) => other !== key));

/** Folds a row away or opens it. */
export function fold(row: PaneRow, open: boolean): void {
  const { closed, marksOpen } = useFolds.getState();
  if (row.kind === 'source') change({ closed: withKey(closed, row.source.id, !open) });
  if (row.kind === 'marks') change({ marksOpen: withKey(marksOpen, row.source.id, open) });
}

/** What a click does to a row that opens no view. */
export function toggleFold(row: PaneRow): void {
  if (row.kind === 'more') change({ all: withKey(useFolds.getState().all, row.key, true) });
  else fold(row, isOpen(row) === false);
}

/** Shows only what has this text in its name; empty shows all. */
export const setNameFilter = (filter: string): void => useFolds.setState({ filter });
