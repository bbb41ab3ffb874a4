import { limits } from './limits.ts';
import { makeScratch, removeScratch } from './scratch.ts';

type Kept = { readonly key: string; readonly folder: string; readonly value: unknown; timer: NodeJS.Timeout };

const kept = new Map<string, Kept>();

/** A copy in the app folder, and how to drop it. */
export type KeptCopy<T> = { readonly value: T; readonly discard: () => void };

/**
 * Makes a copy of a store in a scratch folder, or gives the one made before when `key` (the state of the store) is
 * still the same. It is removed when the store changed, when nobody asked for a while, or when the process ends.
 */
export function keptCopy<T>(name: string, key: string, make: (folder: string) => T): KeptCopy<T> {
  const discard = (): void => drop(name);
  const old = kept.get(name);
  if (old !== undefined) {
    if (old.key === key) {
      old.timer.refresh();
      return { value: old.value as T, discard };
    }
    drop(name);
  }
  const folder = makeScratch();
  try {
    const value = make(folder);
    const timer = setTimeout(discard, limits.keptCopyMs);
    timer.unref();
    kept.set(name, { key, folder, value, timer });
    return { value, discard };
  } catch (error) {
    removeScratch(folder);
    throw error;
  }
}

function drop(name: string): void {
  const old = kept.get(name);
  if (old === undefined) return;
  clearTimeout(old.timer);
  kept.delete(name);
  removeScratch(old.folder);
}

/** Removes every copy at once. */
export function dropKeptCopies(): void {
  for (const name of kept.keys()) drop(name);
}
