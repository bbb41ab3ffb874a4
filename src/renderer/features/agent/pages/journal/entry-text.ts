import { loadPart, savePart } from '../../../../state/persist.ts';

/** Entries that are typed and not added yet; long ones are kept only while the window is open. */
const typed = new Map<string, string>();

const keyOf = (source: string, agent: string): string => `journal-entry ${source} ${agent}`;

export const entryText = (source: string, agent: string): string =>
  typed.get(keyOf(source, agent)) ?? loadPart(keyOf(source, agent)) ?? '';

export function keepEntry(source: string, agent: string, text: string): void {
  typed.set(keyOf(source, agent), text);
  savePart(keyOf(source, agent), text);
}
