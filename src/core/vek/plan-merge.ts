import type { Plan } from '../../contract/operations.ts';
import { isAncestor } from '../graph/ancestors.ts';
import { nowMicros, type WriteContext } from '../operations/context.ts';
import { fail, ok, type Failure, type Result } from '../result.ts';
import { readHeadLock } from './head.ts';
import { readIndexIn } from './index-read.ts';
import type { RepositoryPaths } from './paths.ts';
import {
  madeOf,
  mergeNode,
  vekTimestamp,
  type Contents,
  type MergeParts,
  type ResolvedDocument,
} from './plan-merge-node.ts';
import { dangling } from './plan-branches.ts';
import { isReserved, TAG_PREFIX } from './plan-names.ts';
import { readOnlyReason, refChange, type Draft, type Scene } from './plan-scene.ts';
import { moved } from './plan-undo.ts';
import { mergeWarnings } from './plan-warnings.ts';
import { makePlan } from './plan.ts';
import type { VekLook } from './store.ts';
import { indexSource } from './trash-find.ts';

export type { Contents, ResolvedDocument } from './plan-merge-node.ts';

/** A merge whose documents are settled: `from` (any ref) into the branch `into`, as both were when it was analysed. */
export type SettledMerge = {
  readonly into: string;
  readonly from: string;
  readonly tips: { readonly ours: string; readonly theirs: string };
  /** what the parents do not say; none for a merge without documents changed on both sides */
  readonly resolved: readonly ResolvedDocument[];
};

/** A plan with the bytes of the objects it makes; `applyPlan` takes both. */
export type MergePlan = { readonly plan: Plan; readonly contents: Contents };

/**
 * What a merge would write: one node on `into` with two parents, exactly as the Python tool makes it, its two objects
 * and the move of `into`. HEAD stays. Nothing is written. Fails as planning does, and: `not-found` (a branch has no
 * call), `bad-request` (nothing to merge), `refused` (not a branch, not writable), `damaged` (a tip is missing),
 * `conflict` (a branch moved since the analysis), `too-large`.
 */
export function planMerge(paths: RepositoryPaths, merge: SettledMerge, ctx: WriteContext): Result<MergePlan> {
  const { into, from, tips, resolved } = merge;
  const timestamp = vekTimestamp(nowMicros(ctx));
  const made = mergeNode({ into, from, tips, resolved, timestamp });
  if (!made.ok) return made;
  const action = { kind: 'merge', into, from, resolved: resolved.length } as const;
  const parts: MergeParts = { into, from, tips, resolved, timestamp };
  const plan = makePlan(paths, action, ctx, (scene) => draftMerge(scene, parts, made.value));
  return plan.ok ? ok({ plan: plan.value, contents: made.value.contents }) : plan;
}

/** The tips of the two refs of a merge, as they are in this look. Fails in words where these can't be merged at all. */
export function mergeTips(s: VekLook, into: string, from: string): Result<SettledMerge['tips']> {
  if (isReserved(into)) {
    return fail(
      'refused',
      `“${into}” is not a branch, and tags and checkpoints stay where they are.`,
      'Make a branch at that call and merge into the branch.',
    );
  }
  const ours = s.ref(into);
  const theirs = s.ref(from);
  if (ours === null) {
    return fail(
      'not-found',
      `“${into}” has no call yet, so nothing can be merged into it.`,
      'Name another branch.',
    );
  }
  if (theirs === null) {
    return fail(
      'not-found',
      `There is no branch or tag “${from}”.`,
      s.ref(TAG_PREFIX + from) === null
        ? 'Look at the list of branches; names are case-sensitive.'
        : `There is a tag of that name; to merge it, name it “${TAG_PREFIX}${from}”.`,
    );
  }
  if (s.node(ours) === null) return dangling(into, ours);
  return s.node(theirs) === null ? dangling(from, theirs) : ok({ ours, theirs });
}

/** Why no merge can be written to this store now, whatever its branches; null when one can be. */
export function mergeBlocked(s: VekLook, paths: RepositoryPaths): Failure | null {
  const refusal = readOnlyReason(s, paths);
  if (refusal !== null || s.schema.unwritable === null) return refusal;
  return fail(
    'refused',
    `No call can be added to this database. ${s.schema.unwritable}`,
    'Upgrade a copy of it with the Python tool first.',
  ).error;
}

/** Whether `into` has everything of the other branch, in words; null where there is something to merge. */
function nothingNew({ s, paths, ctx }: Scene, { into, from, tips }: MergeParts): Failure | null {
  if (tips.ours === tips.theirs) {
    return fail(
      'bad-request',
      `“${into}” and “${from}” are at the same call, so there is nothing to merge.`,
      'Name another branch.',
    ).error;
  }
  const index = readIndexIn(s, indexSource(paths, ctx)());
  if (!isAncestor(index, index.find(tips.theirs), index.find(tips.ours))) return null;
  return fail('bad-request', `“${into}” has everything of “${from}” already.`, 'There is nothing to merge.')
    .error;
}

function draftMerge(
  scene: Scene,
  parts: MergeParts,
  { node, contents }: { readonly node: Parameters<typeof madeOf>[0]; readonly contents: Contents },
): Result<Draft> {
  const { s } = scene;
  const { into, from, tips } = parts;
  for (const [name, before] of [
    [into, tips.ours],
    [from, tips.theirs],
  ] as const) {
    const at = s.ref(name);
    if (at !== before) return moved(name, before, at, 'when the merge was looked at');
  }
  const now = mergeTips(s, into, from);
  if (!now.ok) return now;
  const refusal = mergeBlocked(s, scene.paths) ?? nothingNew(scene, parts);
  if (refusal !== null) return { ok: false, error: refusal };
  const lock = readHeadLock(scene.paths);
  return ok({
    title: `Merge “${from}” into “${into}”`,
    refs: [refChange(into, tips.ours, node.hash)],
    head: null,
    makes: madeOf(node, contents, (hash) => s.objectHead(hash, 0) !== null),
    warnings: mergeWarnings(s, scene.ctx, { into, from, stale: lock !== null && lock.stale }),
  });
}
