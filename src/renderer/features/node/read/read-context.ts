import { createContext, useContext, type ReactNode } from 'react';
import type { Part } from './parts.ts';
import type { Path } from './path.ts';

/** What every part of a readable form may ask of its pane. */
export type ReadContext = {
  readonly wrap: boolean;
  /** shows the place in the JSON */
  readonly reveal: (path: Path) => void;
  /** the JSON pointer of a place, in words for a label */
  readonly pointer: (path: Path) => string;
};

const Context = createContext<ReadContext>({ wrap: true, reveal: () => undefined, pointer: () => '' });
export const ReadProvider = Context.Provider;
export const useRead = (): ReadContext => useContext(Context);

export type PartListProps = {
  readonly parts: readonly Part[];
  readonly bare?: boolean;
  readonly lines?: number;
};

/** Draws parts within parts; handed down, since the list and what it draws would import each other. */
const Draw = createContext<(list: PartListProps) => ReactNode>(() => null);
export const DrawProvider = Draw.Provider;
export const useDrawParts = (): ((list: PartListProps) => ReactNode) => useContext(Draw);

/** The level of the headings here: parts in parts go one deeper. */
const Level = createContext(4);
export const LevelProvider = Level.Provider;
export const useLevel = (): number => useContext(Level);
