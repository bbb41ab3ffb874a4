import { create } from 'zustand';

type Slice = { readonly open: ReadonlySet<string> };

/** What a person unfolded in merges: cards, long values, lists of what was automatic. Scrolling away forgets nothing. */
const store = create<Slice>(() => ({ open: new Set() }));

/** The most that is remembered; then all is folded again. */
const MOST = 20_000;

/** Whether something is unfolded; `false` where it never was. */
export const useUnfolded = (id: string): boolean => store(({ open }) => open.has(id));

/** Unfolds or folds something. */
export function setUnfolded(id: string, unfolded: boolean): void {
  store.setState(({ open }) => {
    if (open.has(id) === unfolded) return {};
    const next = new Set(open.size > MOST ? [] : open);
    if (unfolded) next.add(id);
    else next.delete(id);
    return { open: next };
  });
}

export const isUnfolded = (id: string): boolean => store.getState().open.has(id);

/** Names a part of a merge for these: a card, or one of its long values. */
export const foldId = (key: string, document: string, part: string): string => `${key} ${document} ${part}`;
