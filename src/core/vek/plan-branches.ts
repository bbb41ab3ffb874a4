import type { Action } from '../../contract/operations.ts';
import { fail, ok, type Result } from '../result.ts';
import { branchNameProblem, isReserved, looksLikeTag, TAG_PREFIX } from './plan-names.ts';
import {
  callAt,
  currentBranch,
  currentTip,
  headTo,
  headUnreadable,
  refChange,
  short,
  type Draft,
  type Scene,
} from './plan-scene.ts';

type ActionOf<K extends Action['kind']> = Extract<Action, { kind: K }>;

/** Fork: a new branch at any call. */
export function planFork(scene: Scene, action: ActionOf<'fork'>): Result<Draft> {
  const call = callAt(scene.s, action.at);
  if (!call.ok) return call;
  const { hash } = call.value;
  const name = action.name ?? `fork-${short(hash)}`;
  if (action.replace === true) return planMovedBranch(scene, name, hash, action.head);
  return planNewBranch(scene, name, hash, action.head, `Fork “${name}” from ${short(hash)}`);
}

/** A new branch, at a call or at the current tip. On an unborn branch only HEAD moves, as in vek (formats/vek.md §6). */
export function planCreate(scene: Scene, action: ActionOf<'create-branch'>): Result<Draft> {
  const { name } = action;
  let at: string | null;
  if (action.at === null) {
    const tip = currentTip(scene);
    if (!tip.ok) return tip;
    at = tip.value;
  } else {
    const call = callAt(scene.s, action.at);
    if (!call.ok) return call;
    at = call.value.hash;
  }
  if (at !== null)
    return planNewBranch(scene, name, at, action.head, `Create branch “${name}” at ${short(at)}`);
  const problem = branchNameProblem(name);
  if (problem !== null) return { ok: false, error: problem };
  const existing = scene.s.ref(name);
  if (existing !== null) return taken(name, existing);
  if (!action.head) {
    return fail(
      'bad-request',
      `The current branch has no call yet, so “${name}” would have nothing to point at.`,
      'Switch to the new branch at once, or name a call.',
    );
  }
  const head = headTo(scene, name);
  if (!head.ok) return head;
  return ok({
    title: `Create branch “${name}”`,
    refs: [],
    head: head.value,
    warnings: [`There is no call yet: “${name}” will be in the list of branches after its first call.`],
  });
}

function planNewBranch(
  scene: Scene,
  name: string,
  at: string,
  moveHead: boolean,
  title: string,
): Result<Draft> {
  const problem = branchNameProblem(name);
  if (problem !== null) return { ok: false, error: problem };
  const current = currentBranch(scene.head);
  const existing = scene.s.ref(name);
  if (existing !== null && (existing !== at || !moveHead || current === name)) return taken(name, existing);
  const head = moveHead ? headTo(scene, name) : ok(null);
  if (!head.ok) return head;
  const warnings: string[] = [];
  if (existing !== null) warnings.push(`“${name}” points at ${short(at)} already; only HEAD moves.`);
  if (looksLikeTag(name))
    warnings.push(`The Python tool will list “${name}” among the tags or checkpoints too.`);
  if (existing === null && current === name) {
    warnings.push(`HEAD names “${name}” already: the next call lands after ${short(at)}.`);
  }
  const refs = existing === null ? [refChange(name, null, at)] : [];
  return ok({ title, refs, head: head.value, warnings });
}

/**
 * A fork that moves the branch where there is one of that name, as the Python command does (formats/vek.md §6).
 * What only the old place reached is kept in the trash like that of a deleted branch.
 */
function planMovedBranch(scene: Scene, name: string, at: string, moveHead: boolean): Result<Draft> {
  const existing = scene.s.ref(name);
  const title = `Fork “${name}” from ${short(at)}`;
  if (existing === null) return planNewBranch(scene, name, at, moveHead, title);
  const problem = branchNameProblem(name);
  if (problem !== null) return { ok: false, error: problem };
  const head = moveHead ? headTo(scene, name) : ok(null);
  if (!head.ok) return head;
  if (existing === at) {
    return ok({ title, refs: [], head: head.value, warnings: [`“${name}” points at ${short(at)} already.`] });
  }
  const warnings = [`“${name}” existed and is moved from ${short(existing)} to ${short(at)}.`];
  if (scene.s.node(existing) === null) {
    warnings.push(
      `${short(existing)} is not in the store. This can't be undone: no ref is set to a missing call.`,
    );
  }
  return ok({ title, refs: [refChange(name, existing, at)], head: head.value, warnings });
}

/** HEAD moves to a branch that exists. Nothing changes when it is there already. */
export function planSwitch(scene: Scene, action: ActionOf<'switch'>): Result<Draft> {
  const { name } = action;
  if (isReserved(name)) {
    return fail(
      'refused',
      `“${name}” is not a branch. With HEAD on it the next call would move it.`,
      'Make a branch at that call and switch to the branch.',
    );
  }
  const tip = scene.s.ref(name);
  const here = currentBranch(scene.head) === name;
  if (tip === null && !here) return noBranch(name);
  const problem = here ? null : branchNameProblem(name);
  if (problem !== null) return { ok: false, error: problem };
  const head = headTo(scene, name);
  if (!head.ok) return head;
  const warnings: string[] = [];
  if (here) warnings.push(`HEAD is on “${name}” already; nothing will change.`);
  if (tip !== null && scene.s.node(tip) === null) {
    warnings.push(
      `“${name}” points at ${short(tip)}, which is not in the store: the next call will have no readable past.`,
    );
  }
  return ok({ title: `Switch to “${name}”`, refs: [], head: head.value, warnings });
}

/** Another name for a branch; HEAD follows if it is the current one. */
export function planRename(scene: Scene, action: ActionOf<'rename-branch'>): Result<Draft> {
  const { from, to } = action;
  if (scene.head.state === 'unreadable') return headUnreadable(scene.head.reason);
  if (isReserved(from)) return fail('refused', `“${from}” is not a branch.`, 'Only branches can be renamed.');
  const here = currentBranch(scene.head) === from;
  const tip = scene.s.ref(from);
  if (tip === null && !here) return noBranch(from);
  if (from === to) return fail('bad-request', `The branch is named “${to}” already.`, 'Choose another name.');
  const problem = branchNameProblem(to);
  if (problem !== null) return { ok: false, error: problem };
  const existing = scene.s.ref(to);
  if (existing !== null) return taken(to, existing);
  if (tip !== null && scene.s.node(tip) === null) return dangling(from, tip);
  const head = here ? headTo(scene, to) : ok(null);
  if (!head.ok) return head;
  return ok({
    title: `Rename branch “${from}” to “${to}”`,
    refs: tip === null ? [] : [refChange(from, tip, null), refChange(to, null, tip)],
    head: head.value,
    warnings: looksLikeTag(to)
      ? [`The Python tool will list “${to}” among the tags or checkpoints too.`]
      : [],
  });
}

/** A branch goes. What only it reaches is kept in the trash. */
export function planDelete(scene: Scene, action: ActionOf<'delete-branch'>): Result<Draft> {
  const { name } = action;
  if (scene.head.state === 'unreadable') return headUnreadable(scene.head.reason);
  if (isReserved(name)) {
    const hint = name.startsWith(TAG_PREFIX)
      ? 'Remove the tag instead.'
      : 'Checkpoints are marks of verified calls, and stay.';
    return fail('refused', `“${name}” is not a branch.`, hint);
  }
  if (currentBranch(scene.head) === name) {
    return fail(
      'refused',
      `“${name}” is the current branch; HEAD is on it.`,
      'Switch to another branch first.',
    );
  }
  const tip = scene.s.ref(name);
  if (tip === null) return noBranch(name);
  const warnings =
    scene.s.node(tip) === null
      ? [
          `“${name}” points at ${short(tip)}, which is not in the store. This can't be undone: no ref is set to a missing call.`,
        ]
      : [];
  return ok({ title: `Delete branch “${name}”`, refs: [refChange(name, tip, null)], head: null, warnings });
}

function noBranch(name: string): Result<never> {
  return fail(
    'not-found',
    `There is no branch “${name}”.`,
    'Look at the list of branches; names are case-sensitive.',
  );
}

/** The name is in use. */
export function taken(name: string, hash: string): Result<never> {
  return fail('exists', `“${name}” exists already, at ${short(hash)}.`, 'Choose another name.');
}

/** No ref is set to a call that is not there (formats/vek.md §10). */
export function dangling(name: string, hash: string): Result<never> {
  return fail(
    'damaged',
    `“${name}” points at ${short(hash)}, which is not in the store, and no ref is set to a missing call.`,
    'Restore the missing calls, or delete the branch.',
  );
}
