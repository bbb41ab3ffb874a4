import { fileOfBytes } from '../../folder.ts';
import { readGoalFile } from '../../parts/goals.ts';
import { scalarText } from '../../settings/numbers.ts';
import { readFrontmatter } from '../../text/frontmatter.ts';
import { hasHeader, withKey, withQuotes } from './header.ts';
import { nearest } from './lines.ts';
import { dayIn, yesNo } from './note.ts';

const ORDER = [
  'schema_version',
  'active',
  'intent',
  'priority',
  'created',
  'deadline',
  'last_progress_check',
  'success_criteria',
];
const ROUNDS = 8;

/**
 * A goal with its header mended, so that the runtime takes it (formats/atomic-agents.md §2.9); null where only a person
 * can say what it should be, as of its intent or of the order of its sub-goals.
 */
export function mendGoal(text: string, path: string, today: string): string | null {
  let now = text;
  for (let round = 0; round < ROUNDS; round++) {
    const { why } = readGoalFile(fileOfBytes(path, Buffer.from(now), 0));
    if (why === null) return now === text ? null : now;
    const next = mended(now, why, today);
    if (next === null || next === now) return null;
    now = next;
  }
  return null;
}

function mended(text: string, why: string, today: string): string | null {
  if (!hasHeader(text)) return null;
  const fm = readFrontmatter(text);
  if (fm.problem !== null) return withQuotes(text);
  if (!fm.found) return null;
  const key = /^(?:It lacks )?([a-z_]+)/.exec(why)?.[1] ?? '';
  const said = scalarText(fm.meta.get(key)) ?? '';
  const value = fm.meta.has(key)
    ? corrected(key, said)
    : missing(key, dayIn(scalarText(fm.meta.get('created')) ?? '') ?? today);
  return value === null ? null : withKey(text, key, value, ORDER);
}

function missing(key: string, day: string): string | null {
  const values: Readonly<Record<string, string>> = {
    schema_version: '1',
    active: 'true',
    priority: 'medium',
    created: day,
    last_progress_check: day,
  };
  return values[key] ?? null;
}

function corrected(key: string, said: string): string | null {
  if (key === 'schema_version') return /^\s*1(?:\.0*)?\s*$/.test(said) ? '1' : null;
  if (key === 'active') return said.trim() === '' ? null : yesNo(said);
  return key === 'priority' ? nearest(said, ['high', 'medium', 'low']) : null;
}
