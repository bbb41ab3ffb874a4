import { fail, ok, type Result } from '../result.ts';
import type { VekLook } from './store.ts';

/**
 * The full hash a prefix stands for, as vek finds it (formats/vek.md §6): 64 characters are passed through
 * unchecked; else SQL LIKE in the nodes (blind to ASCII case, `%` and `_` are wildcards), and only where no node
 * fits in the objects. Fails with `not-found` or `ambiguous`.
 */
export function resolveHash(s: VekLook, prefix: string): Result<string> {
  if (Array.from(prefix).length === 64) return ok(prefix);
  for (const [table, things] of [
    ['nodes', 'calls'],
    ['objects', 'objects'],
  ] as const) {
    if (!s.schema.tables.has(table)) continue;
    const query = s.db
      .prepare<[string], unknown>(`SELECT hash FROM ${table} WHERE hash LIKE ? LIMIT 2`)
      .pluck();
    const hits = query.all(`${prefix}%`).filter((hash) => typeof hash === 'string');
    if (hits.length === 1) return ok(hits[0]!);
    if (hits.length > 1) return ambiguous(s, table, prefix, things);
  }
  return fail(
    'not-found',
    `Nothing in this repository has a hash that begins with “${prefix}”.`,
    'Check the hash, or choose one from the log.',
  );
}

function ambiguous(s: VekLook, table: string, prefix: string, things: string): Result<never> {
  const query = s.db.prepare<[string], number>(`SELECT count(*) FROM ${table} WHERE hash LIKE ?`).pluck();
  const count = query.get(`${prefix}%`) ?? 0;
  return fail(
    'ambiguous',
    `The prefix “${prefix}” fits ${count} ${things}.`,
    'Give more digits of the hash.',
  );
}
