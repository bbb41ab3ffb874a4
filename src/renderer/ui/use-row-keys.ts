import { useState } from 'react';
import { useShortcuts, type Scope, type Shortcut } from './keyboard.ts';

export type RowKeys = {
  /** the row that the keys are on */
  readonly at: number;
  readonly go: (index: number) => void;
};

/**
 * Arrows, page keys, Home and End over the rows of a list, in a key scope of its own; `more` are the keys that act on
 * the row. `reach` scrolls to a row.
 */
export function useRowKeys(
  scope: Scope,
  count: number,
  reach: (index: number) => void,
  more: (at: number) => readonly Shortcut[],
): RowKeys {
  const [wanted, setWanted] = useState(0);
  const at = Math.max(0, Math.min(wanted, count - 1));
  const go = (index: number) => {
    const next = Math.max(0, Math.min(count - 1, index));
    setWanted(next);
    if (count > 0) reach(next);
  };
  useShortcuts(scope, [
    { keys: 'ArrowDown', label: 'Next row', run: () => go(at + 1) },
    { keys: 'ArrowUp', label: 'Previous row', run: () => go(at - 1) },
    { keys: 'PageDown', label: 'Down a page', hidden: true, run: () => go(at + 8) },
    { keys: 'PageUp', label: 'Up a page', hidden: true, run: () => go(at - 8) },
    { keys: 'Home', label: 'First row', hidden: true, run: () => go(0) },
    { keys: 'End', label: 'Last row', hidden: true, run: () => go(count - 1) },
    ...more(at),
  ]);
  return { at, go };
}
