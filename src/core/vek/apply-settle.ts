import { rmSync } from 'node:fs';
import type { Plan } from '../../contract/operations.ts';
import { nowMicros, probe, type WriteContext } from '../operations/context.ts';
import { trashFile, type RecordFolder } from '../operations/folder.ts';
import type { Installation } from '../operations/installation.ts';
import { appendRecord } from '../operations/journal.ts';
import type { BeginBody, DoneBody } from '../operations/lines.ts';
import { ok, type Result } from '../result.ts';
import { systemFailure } from '../storage/failures.ts';
import { headNow, prepareHead, replaceHead, returnHeadLock, takeHeadLock } from './apply-head.ts';
import { movesHead } from './apply-refs.ts';
import { branchOfHead } from './head.ts';
import type { RepositoryPaths } from './paths.ts';
import { lookAtVek } from './store.ts';

/** Where a write that was begun is brought to its end. */
export type Settling = {
  readonly paths: RepositoryPaths;
  readonly ctx: WriteContext;
  readonly installation: Installation;
  readonly folder: RecordFolder;
};

type Verdict = {
  readonly outcome: DoneBody['outcome'];
  readonly head: string | null;
  readonly message: string;
};

/**
 * Whether HEAD moves before the refs are committed: when the branch it stands on goes, so that it never names a
 * branch that is gone while another process stores a call.
 */
export function headLeavesFirst(plan: Pick<Plan, 'refs' | 'head'>): boolean {
  if (plan.head === null || plan.head.before === null || !movesHead(plan)) return false;
  const leaves = branchOfHead(plan.head.before);
  return plan.refs.some((change) => change.after === null && change.name === leaves);
}

/**
 * Brings a write that was begun and not ended to its end: completed where the refs have moved, rolled back where they
 * have not, and only noted where others have moved them since. Needs the apply lock. Returns what it did, in words.
 */
export function settle(where: Settling, begin: BeginBody): Result<string> {
  const { paths, ctx, installation, folder } = where;
  try {
    const refs = lookAtVek(paths, (s) => new Map(begin.plan.refs.map(({ name }) => [name, s.ref(name)])));
    if (!refs.ok) return refs;
    const verdict = judge(begin.plan, refs.value, headNow(paths));
    if (verdict.head !== null) {
      const taken = takeHeadLock(paths, folder, begin.headLock ?? '');
      if (!taken.ok) return taken;
      replaceHead(paths, prepareHead(folder, begin.id, verdict.head));
      probe(ctx, 'recover-head');
    }
    if (begin.headLock !== null) {
      returnHeadLock(paths, begin.headLock);
      probe(ctx, 'recover-head-lock');
    }
    if (verdict.outcome === 'rolled-back') rmSync(trashFile(folder, begin.id), { force: true });
    const { id } = begin;
    const { outcome, message } = verdict;
    const atMicros = nowMicros(ctx);
    appendRecord(
      folder,
      { v: 1, type: 'done', id, atMicros, installation: installation.id, outcome, note: message },
      installation,
    );
    probe(ctx, 'recover-recorded');
    return ok(message);
  } catch (error) {
    return systemFailure(error, paths.dir);
  }
}

/** What became of a write, by where refs and HEAD are now. `head` is the text that HEAD still has to get. */
export function judge(
  plan: Pick<Plan, 'title' | 'refs' | 'head'>,
  refs: ReadonlyMap<string, string | null>,
  head: string | null | undefined,
): Verdict {
  const title = `“${plan.title}”`;
  const moves = movesHead(plan) ? plan.head : null;
  const completed = `${title} was left half done and is completed now.`;
  const rolledBack = `${title} had been begun and had changed nothing; it is rolled back.`;
  const none = plan.refs.length === 0;
  const allAfter = plan.refs.every((change) => refs.get(change.name) === change.after);
  const allBefore = plan.refs.every((change) => refs.get(change.name) === change.before);
  if (!none && allAfter) {
    if (moves === null || head === moves.after)
      return { outcome: 'completed', head: null, message: completed };
    if (head === moves.before) return { outcome: 'completed', head: moves.after, message: completed };
    return {
      outcome: 'completed',
      head: null,
      message: `${completed} HEAD was moved by others since and stays there.`,
    };
  }
  if (!none && allBefore) {
    const back = moves !== null && headLeavesFirst(plan) && head === moves.after ? moves.before : null;
    return { outcome: 'rolled-back', head: back, message: rolledBack };
  }
  if (none && moves !== null && head === moves.after)
    return { outcome: 'completed', head: null, message: completed };
  if (none && moves !== null && head === moves.before)
    return { outcome: 'rolled-back', head: null, message: rolledBack };
  return {
    outcome: 'abandoned',
    head: null,
    message: `${title} was left half done, and others have moved the same refs or HEAD since. Nothing was touched.`,
  };
}
