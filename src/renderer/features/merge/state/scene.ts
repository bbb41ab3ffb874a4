import { createContext, useContext } from 'react';
import type { Names } from '../names.ts';
import type { Editing, Loaded } from './work.ts';

/** What everything inside a merge's view needs to know of it. */
export type MergeScene = {
  readonly key: string;
  readonly source: string;
  readonly names: Names;
  readonly loaded: Loaded;
  readonly editing: Editing | null;
  /** nothing can be decided: the merge is written, or a branch is gone */
  readonly fixed: boolean;
  /** the cards take the focus once they are drawn again: the act came from them or from a key */
  readonly takeFocus: () => void;
};

const Context = createContext<MergeScene | null>(null);
export const MergeSceneProvider = Context.Provider;

/** The merge that this part of the window is about. */
export function useScene(): MergeScene {
  const scene = useContext(Context);
  if (scene === null) throw new Error('A part of a merge stands outside of one');
  return scene;
}
