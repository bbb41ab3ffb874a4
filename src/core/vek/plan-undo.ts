import type { Action, Plan, RefChange } from '../../contract/operations.ts';
import { recordFolder, trashFile, type RecordFolder } from '../operations/folder.ts';
import { findInstallation } from '../operations/installation.ts';
import { readJournal, type Entry } from '../operations/journal.ts';
import { operationStates, undoForbidden } from '../operations/states.ts';
import { fail, ok, type Result } from '../result.ts';
import { currentBranch, headText, headUnreadable, short, type Draft, type Scene } from './plan-scene.ts';
import { branchOfHead } from './head.ts';
import { inspectTrash } from './trash-restore.ts';
import type { RepositoryPaths } from './paths.ts';
import type { WriteContext } from '../operations/context.ts';

/** An own operation that took effect and is not undone, with the folder of the record. */
export function undoable(
  paths: RepositoryPaths,
  id: string,
  ctx: WriteContext,
): Result<{ entry: Entry; folder: RecordFolder }> {
  const folder = recordFolder(paths.dir);
  if (!folder.ok) return folder;
  const journal = readJournal(folder.value, findInstallation(ctx.dataDir));
  if (!journal.ok) return journal;
  const { entries } = journal.value;
  const entry = entries.find((one) => one.begin.id === id);
  if (entry === undefined) {
    return fail('not-found', `No operation ${id} is recorded here.`, 'Look at the list of operations.');
  }
  const reason = undoForbidden(entry, operationStates(entries).get(id)!);
  if (reason !== null) {
    return fail(
      'refused',
      `“${entry.begin.plan.title}” can't be undone. ${reason}`,
      'Make the change by hand instead.',
    );
  }
  return ok({ entry, folder: folder.value });
}

/** The way back from an operation. An undo is itself an operation, and undoing it does the first one again. */
export function planUndo(scene: Scene, action: Extract<Action, { kind: 'undo' }>): Result<Draft> {
  const found = undoable(scene.paths, action.operation, scene.ctx);
  if (!found.ok) return found;
  const { plan } = found.value.entry.begin;
  for (const { name, after } of plan.refs) {
    const now = scene.s.ref(name);
    if (now !== after) return moved(name, after, now, 'after that operation');
  }
  const refs = plan.refs.map(({ name, before, after }): RefChange => ({
    name,
    before: after,
    after: before,
  }));
  const head = headBack(scene, plan, refs);
  if (!head.ok) return head;
  const kept = keptOf(scene, refs, trashFile(found.value.folder, action.operation));
  if (!kept.ok) return kept;
  return ok({
    title: undoTitle(plan.title),
    refs,
    head: head.value.head,
    warnings: [...head.value.warnings, ...kept.value],
  });
}

/** “Undo: …”, and for the undo of an undo “Redo: …”. */
function undoTitle(title: string): string {
  if (title.startsWith('Undo: ')) return `Redo: ${title.slice(6)}`;
  return title.startsWith('Redo: ') ? `Undo: ${title.slice(6)}` : `Undo: ${title}`;
}

type HeadBack = { readonly head: Plan['head']; readonly warnings: readonly string[] };

function headBack(scene: Scene, plan: Omit<Plan, 'id'>, refs: readonly RefChange[]): Result<HeadBack> {
  const { head } = scene;
  if (head.state === 'unreadable') return headUnreadable(head.reason);
  const text = head.state === 'branch' ? head.text : null;
  const here = currentBranch(head);
  const created = refs.find((ref) => ref.before === null);
  const leaves = refs.some((ref) => ref.after === null && ref.name === here);
  if (plan.head !== null && text === plan.head.after) {
    if (plan.head.before !== null) {
      const warnings = emptyBranchWarning(scene, branchOfHead(plan.head.before), refs);
      return ok({ head: { before: text, after: plan.head.before }, warnings });
    }
    if (leaves || plan.refs.length === 0)
      return fail(
        'refused',
        'HEAD did not exist before, and is not removed again.',
        'Switch to another branch instead.',
      );
    return ok({ head: null, warnings: ['HEAD did not exist before; it stays where it is.'] });
  }
  if (leaves && created !== undefined) {
    return ok({ head: { before: text, after: headText(created.name) }, warnings: [] }); // a rename: HEAD follows
  }
  if (leaves && text !== null && bornUnderHead(plan)) {
    return ok({
      head: { before: text, after: text },
      warnings: [`HEAD stays on “${here}”, which will have no call again.`],
    });
  }
  if (leaves) {
    return fail('refused', `HEAD is on “${here}”, which would go.`, 'Switch to another branch first.');
  }
  if (plan.head === null) return ok({ head: null, warnings: [] });
  if (plan.refs.length === 0) {
    return fail(
      'conflict',
      `HEAD was put on “${branchOfHead(plan.head.after)}” by that operation and is on “${here ?? 'nothing'}” now.`,
      'Switch to the branch you want.',
    );
  }
  return ok({ head: null, warnings: [`HEAD was moved since; it stays on “${here ?? 'nothing'}”.`] });
}

/** HEAD may go back to a branch that has been removed since, or had no call then either. */
function emptyBranchWarning(scene: Scene, branch: string, refs: readonly RefChange[]): string[] {
  if (scene.s.ref(branch) !== null || refs.some((ref) => ref.name === branch && ref.after !== null))
    return [];
  return [`“${branch}” has no call now: the next call there begins a new history.`];
}

/** Whether HEAD named the branch already when it was made, so that HEAD did not have to move. */
function bornUnderHead({ action, head, refs }: Omit<Plan, 'id'>): boolean {
  return (
    (action.kind === 'fork' || action.kind === 'create-branch') &&
    action.head &&
    head === null &&
    refs.length > 0
  );
}

/** Whether every call that a ref goes back to is in the store, or in the trash and whole. Returns warnings. */
function keptOf(scene: Scene, refs: readonly RefChange[], file: string): Result<readonly string[]> {
  const missing = refs.flatMap(({ after }) =>
    after !== null && scene.s.node(after) === null ? [after] : [],
  );
  if (missing.length === 0) return ok([]);
  const report = inspectTrash(file, missing);
  if (!report.ok) return report;
  const lost = missing.find((hash) => report.value?.nodes.has(hash) !== true);
  if (lost !== undefined) {
    return fail(
      'conflict',
      `The call ${short(lost)} is no longer in the store, and was not kept by this operation.`,
      'If a later operation removed it, undo that one first.',
    );
  }
  const warnings = ['Calls that were removed from the store since are put back from the trash.'];
  const damaged = report.value?.damaged ?? 0;
  if (damaged > 0) warnings.push(`${damaged} kept records do not fit their hashes and are left out.`);
  return ok(warnings);
}

/** A ref is not where it should be: says where it was and where it is. `when` is the time of `before`. */
export function moved(name: string, before: string | null, now: string | null, when: string): Result<never> {
  const was = before === null ? 'did not exist' : `was at ${short(before)}`;
  const is = now === null ? 'is gone' : `is at ${short(now)}`;
  return fail(
    'conflict',
    `“${name}” ${was} ${when} and ${is} now. Nothing was changed.`,
    'Look at what moved it, and plan again.',
  );
}
