import type { Plan } from '../../contract/operations.ts';
import { probe, type WriteContext } from '../operations/context.ts';
import { ok, type Result } from '../result.ts';
import { limits } from '../storage/limits.ts';
import type { Database } from '../storage/look.ts';
import { writeStore } from '../storage/write.ts';
import type { RepositoryPaths } from './paths.ts';
import { lookAtVek } from './store.ts';
import { restoresAhead, startRestore } from './trash-restore.ts';

/** Puts everything back inside the transaction that moves the ref. */
export function restoreNow(db: Database, file: string): Result<null> {
  const restore = startRestore(file);
  const step = restore.step(db, Infinity);
  return step.ok ? restore.checkLinks(db) : step;
}

/**
 * Puts a large trash back before the refs move, in transactions that are short enough for other writers. Until then
 * no ref reaches what is put back, so a write that ends here leaves the store as valid as it was.
 */
export function restoreAhead(
  paths: RepositoryPaths,
  plan: Plan,
  ctx: WriteContext,
  file: string,
): Result<null> {
  if (!restoresAhead(file)) return ok(null);
  const lacks = lookAtVek(paths, (s) => lacksCalls(plan, s.db));
  if (!lacks.ok) return lacks;
  if (!lacks.value) return ok(null);
  const restore = startRestore(file);
  for (let last = false; !last;) {
    const step = writeStore(paths.db, (db) => restore.step(db, limits.restoreStepBytes));
    if (!step.ok) return step;
    probe(ctx, 'nodes-restored');
    last = step.value;
  }
  const linked = lookAtVek(paths, (s) => restore.checkLinks(s.db));
  return linked.ok ? linked.value : linked;
}

/** Whether a ref would be set to a call that is not in the store. */
export function lacksCalls(plan: Plan, db: Database): boolean {
  const node = db.prepare<[string], unknown>('SELECT 1 FROM nodes WHERE hash = ?').pluck();
  return plan.refs.some(({ after }) => after !== null && node.get(after) === undefined);
}
