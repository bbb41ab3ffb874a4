import type { Operation } from '../../contract/operations.ts';
import { fail, ok, type Failure, type Result } from '../result.ts';
import { currentBranch } from '../vek/plan-scene.ts';
import { branchOfHead, readHead } from '../vek/head.ts';
import type { RepositoryPaths } from '../vek/paths.ts';
import { lookAtVek } from '../vek/store.ts';
import type { WriteContext } from './context.ts';
import { recordFolder } from './folder.ts';
import { findInstallation } from './installation.ts';
import { readJournal, type Entry } from './journal.ts';
import { operationStates, undoForbidden } from './states.ts';

/** Everything recorded in a repository, newest first. `damagedLines` could not be read and are left out. */
export type OperationRecord = { readonly operations: readonly Operation[]; readonly damagedLines: number };

/** Reads the record of a repository. Nothing is created or changed. */
export function readRecord(paths: RepositoryPaths, ctx: WriteContext): Result<OperationRecord> {
  const folder = recordFolder(paths.dir);
  if (!folder.ok) return folder;
  const journal = readJournal(folder.value, findInstallation(ctx.dataDir));
  if (!journal.ok) return journal;
  const { entries, damaged } = journal.value;
  const states = operationStates(entries);
  const place = entries.length === 0 ? null : placeOf(paths, entries);
  const operations = entries.toReversed().map((entry): Operation => {
    const { id, atMicros, plan } = entry.begin;
    const state = states.get(id)!;
    const { title, action, refs, head } = plan;
    const undoBlocked = undoForbidden(entry, state) ?? place?.(entry) ?? null;
    return { id, title, action, refs, head, atMicros, state, undoBlocked, own: entry.own };
  });
  return ok({ operations, damagedLines: damaged });
}

/** The operations recorded in a repository, newest first. */
export function listOperations(paths: RepositoryPaths, ctx: WriteContext): Result<readonly Operation[]> {
  const record = readRecord(paths, ctx);
  return record.ok ? ok(record.value.operations) : record;
}

/** Says for an operation why undoing it would be a conflict now, by where refs and HEAD are. */
function placeOf(paths: RepositoryPaths, entries: readonly Entry[]): (entry: Entry) => string | null {
  const names = new Set(entries.flatMap((entry) => entry.begin.plan.refs.map((change) => change.name)));
  const refs = lookAtVek(paths, (s) => new Map([...names].map((name) => [name, s.ref(name)])));
  const head = readHead(paths);
  return ({ begin: { plan } }) => {
    if (!refs.ok) return refs.error.message;
    for (const { name, after } of plan.refs) {
      if (refs.value.get(name) !== after) return `“${name}” was moved since.`;
    }
    const here = currentBranch(head);
    if (plan.refs.length > 0 || plan.head === null) return null;
    return here === branchOfHead(plan.head.after) ? null : `HEAD was moved since, to “${here ?? 'nothing'}”.`;
  };
}

/** The newest operation that can be undone now: what an undo without a name means. */
export function lastUndoable(paths: RepositoryPaths, ctx: WriteContext): Result<Operation> {
  const listed = listOperations(paths, ctx);
  if (!listed.ok) return listed;
  const own = listed.value.filter((operation) => operation.own && operation.action.kind !== 'undo');
  const next = own.find((operation) => operation.state === 'done' || operation.state === 'completed');
  if (next === undefined) return nothingToUndo();
  if (next.undoBlocked === null) return ok(next);
  return fail(
    'conflict',
    `“${next.title}” can't be undone: ${next.undoBlocked}`,
    'Make the change by hand instead.',
  );
}

function nothingToUndo(): { ok: false; error: Failure } {
  return fail('not-found', 'There is nothing to undo.', 'Only what Vekscope wrote here can be undone.');
}
