import { loadPart, savePart } from '../../../state/persist.ts';

/** The sizes of panes as parts of a hundred, by their ids; null where none were kept, or they make no sense. */
export function keptSizes(key: string): Readonly<Record<string, number>> | null {
  const kept = loadPart(key);
  if (kept === null) return null;
  try {
    const sizes: unknown = JSON.parse(kept);
    if (typeof sizes !== 'object' || sizes === null) return null;
    const entries = Object.entries(sizes);
    const sound = entries.every(([, size]) => typeof size === 'number' && size > 0 && size < 100);
    return sound && entries.length > 0 ? (Object.fromEntries(entries) as Record<string, number>) : null;
  } catch {
    return null;
  }
}

/** Keeps the sizes of panes for the next start. */
export const keepSizes = (key: string, layout: Readonly<Record<string, number>>): void =>
  savePart(key, JSON.stringify(layout));
