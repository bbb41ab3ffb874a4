import { create } from 'zustand';

/** What is searched for in the files of an agent's view. `hit`: the place that is shown. */
export type SearchForm = {
  readonly text: string;
  readonly everywhere: boolean;
  readonly hit: string | null;
};

const FIRST: SearchForm = { text: '', everywhere: false, hit: null };
type Slice = {
  readonly forms: Readonly<Record<string, SearchForm>>;
  /** grows when the field is to take the focus */
  readonly asked: number;
};
const store = create<Slice>(() => ({ forms: {}, asked: 0 }));

const keyOf = (source: string, agent: string): string => JSON.stringify([source, agent]);

/** It stays while the window is open, so that one comes back to what was found. */
export const useSearchForm = (source: string, agent: string): SearchForm =>
  store(({ forms }) => forms[keyOf(source, agent)] ?? FIRST);

export function setSearchForm(source: string, agent: string, change: Partial<SearchForm>): void {
  const key = keyOf(source, agent);
  store.setState(({ forms }) => ({ forms: { ...forms, [key]: { ...(forms[key] ?? FIRST), ...change } } }));
}

/** Gives the focus to the field of the search, now or when its page is there. */
export const focusSearch = (): void => store.setState(({ asked }) => ({ asked: asked + 1 }));
export const useSearchAsked = (): number => store(({ asked }) => asked);
