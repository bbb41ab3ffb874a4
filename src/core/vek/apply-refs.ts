import type { Plan, RefChange } from '../../contract/operations.ts';
import { fail, ok, type Result } from '../result.ts';
import type { Database } from '../storage/look.ts';
import { headNow } from './apply-head.ts';
import { branchOfHead } from './head.ts';
import type { RepositoryPaths } from './paths.ts';
import { moved } from './plan-undo.ts';

/** Where a ref stands; null when it does not exist. */
export type RefReader = (name: string) => string | null;

/** Reads refs on an open database. */
export function refReader(db: Database): RefReader {
  const select = db.prepare<[string], string>('SELECT hash FROM refs WHERE name = ?').pluck();
  return (name) => select.get(name) ?? null;
}

/** Whether a plan moves HEAD (it may also only demand that HEAD stays as it is). */
export function movesHead(plan: Pick<Plan, 'head'>): boolean {
  return plan.head !== null && plan.head.before !== plan.head.after;
}

/**
 * Whether everything the plan saw is still so: refs, HEAD's text, and that HEAD neither stands on a branch that goes
 * nor moves to one that went. `conflict` names what moved.
 */
export function stillHolds(paths: RepositoryPaths, plan: Plan, ref: RefReader): Result<null> {
  for (const { name, before } of plan.refs) {
    const now = ref(name);
    if (now !== before) return moved(name, before, now, 'in the preview');
  }
  const from = mergedHolds(plan, ref);
  if (!from.ok) return from;
  const text = headNow(paths);
  if (plan.head !== null && text !== plan.head.before) return headMoved(plan.head.before, text);
  const here = typeof text === 'string' ? branchOfHead(text) : null;
  if (plan.head === null && plan.refs.some((change) => change.after === null && change.name === here)) {
    return fail(
      'conflict',
      `HEAD was moved to “${here}” since the preview, and that branch would go. Nothing was changed.`,
      'Switch to another branch, and plan again.',
    );
  }
  return targetHolds(plan, ref, here);
}

/** The other branch of a merge does not move, but has to be where it was: its tip stands in the node. */
function mergedHolds({ action, makes }: Plan, ref: RefReader): Result<null> {
  if (action.kind !== 'merge' || makes === null) return ok(null);
  const before = makes.node.merge_parent;
  const now = ref(action.from);
  return now === before ? ok(null) : moved(action.from, before, now, 'in the preview');
}

/** A plan that only moves HEAD changes no ref, so the branch it moves to is asked about here. */
function targetHolds(plan: Plan, ref: RefReader, here: string | null): Result<null> {
  const { action, head } = plan;
  if (head === null || plan.refs.length > 0 || action.kind === 'undo') return ok(null);
  const target = branchOfHead(head.after);
  const exists = ref(target) !== null;
  const unborn =
    action.kind === 'rename-branch' ||
    (action.kind === 'create-branch' && action.at === null && here !== null && ref(here) === null);
  if (exists !== unborn) return ok(null);
  return fail(
    'conflict',
    exists
      ? `“${target}” did not exist in the preview, and does now. Nothing was changed.`
      : `“${target}” existed in the preview, and is gone now. Nothing was changed.`,
    'Look at what changed it, and plan again.',
  );
}

function placeOf(text: string | null | undefined): string {
  if (text === undefined) return 'unreadable';
  return text === null ? 'missing' : `on “${branchOfHead(text)}”`;
}

function headMoved(before: string | null, now: string | null | undefined): Result<never> {
  return fail(
    'conflict',
    `HEAD was ${placeOf(before)} in the preview and is ${placeOf(now)} now. Nothing was changed.`,
    'Look at what moved it, and plan again.',
  );
}

/** Moves the refs inside the caller's transaction, and reads each back. Throws if one does not move: a bug. */
export function writeRefs(db: Database, changes: readonly RefChange[]): Result<null> {
  const insert = db.prepare<[string, string]>('INSERT INTO refs (name, hash) VALUES (?, ?)');
  const update = db.prepare<[string, string, string]>('UPDATE refs SET hash = ? WHERE name = ? AND hash = ?');
  const remove = db.prepare<[string, string]>('DELETE FROM refs WHERE name = ? AND hash = ?');
  const node = db.prepare<[string], unknown>('SELECT 1 FROM nodes WHERE hash = ?').pluck();
  for (const { name, before, after } of changes) {
    if (after !== null && node.get(after) === undefined) return callGone(after);
    if (before === null && after !== null) insert.run(name, after);
    else if (before !== null && after !== null) update.run(after, name, before);
    else if (before !== null) remove.run(name, before);
  }
  const ref = refReader(db);
  for (const { name, after } of changes) {
    if (ref(name) !== after) throw new Error(`The ref ${name} did not take its new place`);
  }
  return ok(null);
}

function callGone(hash: string): Result<never> {
  return fail(
    'conflict',
    `The call ${hash.slice(0, 8)} was in the store in the preview, and is gone now. Nothing was changed.`,
    'Something removed it, perhaps a gc; plan again from another call.',
  );
}
