import type { Plan } from '../../contract/operations.ts';
import { isAncestor } from '../graph/ancestors.ts';
import { nowMicros, type WriteContext } from '../operations/context.ts';
import { fail, ok, type Result } from '../result.ts';
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
import { isReserved } from './plan-names.ts';
import { refChange, type Draft, type Scene } from './plan-scene.ts';
import { moved } from './plan-undo.ts';
import { mergeWarnings } from './plan-warnings.ts';
import { makePlan } from './plan.ts';
import { indexSource } from './trash-find.ts';

export type { Contents, ResolvedDocument, ResolvedHow } from './plan-merge-node.ts';

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

/** Why two refs can't be merged, whatever their documents; null when they can. `tips` as they are in this look. */
export function mergeRefusal(
  scene: Scene,
  into: string,
  from: string,
): Result<{ readonly ours: string; readonly theirs: string }> {
  const { s } = scene;
  if (isReserved(into)) {
    return fail(
      'refused',
      `“${into}” is not a branch, and tags and checkpoints stay where they are.`,
      'Make a branch at that call and merge into the branch.',
    );
  }
  if (s.schema.unwritable !== null) {
    return fail(
      'refused',
      `No call can be added to this database. ${s.schema.unwritable}`,
      'Upgrade a copy of it with the Python tool first.',
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
      'Look at the list of branches; names are case-sensitive.',
    );
  }
  for (const [name, tip] of [
    [into, ours],
    [from, theirs],
  ] as const) {
    if (s.node(tip) === null) return dangling(name, tip);
  }
  if (ours === theirs) {
    return fail(
      'bad-request',
      `“${into}” and “${from}” are at the same call, so there is nothing to merge.`,
      'Name another branch.',
    );
  }
  const index = readIndexIn(s, indexSource(scene.paths, scene.ctx)());
  if (isAncestor(index, index.find(theirs), index.find(ours))) {
    return fail(
      'bad-request',
      `“${into}” has everything of “${from}” already.`,
      'There is nothing to merge.',
    );
  }
  return ok({ ours, theirs });
}

function draftMerge(
  scene: Scene,
  { into, from, tips }: MergeParts,
  { node, contents }: { readonly node: Parameters<typeof madeOf>[0]; readonly contents: Contents },
): Result<Draft> {
  const { s } = scene;
  for (const [name, before] of [
    [into, tips.ours],
    [from, tips.theirs],
  ] as const) {
    const now = s.ref(name);
    if (now !== before) return moved(name, before, now, 'when the merge was looked at');
  }
  const may = mergeRefusal(scene, into, from);
  if (!may.ok) return may;
  const lock = readHeadLock(scene.paths);
  return ok({
    title: `Merge “${from}” into “${into}”`,
    refs: [refChange(into, tips.ours, node.hash)],
    head: null,
    makes: madeOf(node, contents, (hash) => s.objectHead(hash, 0) !== null),
    warnings: mergeWarnings(s, scene.ctx, { into, from, stale: lock !== null && lock.stale }),
  });
}
