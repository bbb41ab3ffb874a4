import { z } from 'zod';
import { loadPart, savePart } from '../../state/persist.ts';

const PART = 'palette-recent';
/** How many commands are remembered; more would not change the order of what a person sees. */
const MOST = 24;

/** The ids of the commands that were run lately, latest first. */
export function recentCommands(): readonly string[] {
  const text = loadPart(PART);
  try {
    const kept = z.array(z.string()).safeParse(text === null ? [] : JSON.parse(text));
    return kept.success ? kept.data : [];
  } catch {
    return [];
  }
}

/** Remembers that a command was run. Answers to a query are not remembered: their ids hold what was typed. */
export function rememberCommand(id: string): void {
  const others = recentCommands().filter((other) => other !== id);
  savePart(PART, JSON.stringify([id, ...others].slice(0, MOST)));
}
