import { z } from 'zod';
import type { Ignore } from '../../../../contract/compare.ts';
import { loadPart, savePart } from '../../../state/persist.ts';
import { LONGEST_FIELD, MOST_FIELDS, NOTHING_IGNORED } from './rules.ts';

const keptSchema = z.object({
  times: z.boolean(),
  ids: z.boolean(),
  fields: z.array(z.string().max(LONGEST_FIELD)).max(MOST_FIELDS),
});

const keyOf = (source: string): string => `compare-ignored:${source}`;

/** What was last ignored in comparisons of a source; nothing where nothing was kept. */
export function keptRules(source: string): Ignore {
  const kept = loadPart(keyOf(source));
  if (kept === null) return NOTHING_IGNORED;
  try {
    const parsed = keptSchema.safeParse(JSON.parse(kept));
    return parsed.success ? parsed.data : NOTHING_IGNORED;
  } catch {
    return NOTHING_IGNORED;
  }
}

/** Keeps what is ignored for the next comparison of a source, also after a restart. */
export const keepRules = (source: string, rules: Ignore): void =>
  savePart(keyOf(source), JSON.stringify(rules));
