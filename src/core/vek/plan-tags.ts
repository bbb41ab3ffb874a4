import type { Action } from '../../contract/operations.ts';
import { fail, ok, type Result } from '../result.ts';
import { taken } from './plan-branches.ts';
import { TAG_PREFIX, tagNameProblem } from './plan-names.ts';
import { callAt, currentTip, refChange, short, type Draft, type Scene } from './plan-scene.ts';

/** A tag at a call or at the current tip. An existing tag is never moved. */
export function planTag(scene: Scene, action: Extract<Action, { kind: 'tag' }>): Result<Draft> {
  const { name } = action;
  const problem = tagNameProblem(name);
  if (problem !== null) return { ok: false, error: problem };
  let at: string;
  if (action.at === null) {
    const tip = currentTip(scene);
    if (!tip.ok) return tip;
    if (tip.value === null) {
      return fail(
        'bad-request',
        'There is nothing to tag: the current branch has no call yet.',
        'Name a call.',
      );
    }
    at = tip.value;
    if (scene.s.node(at) === null) {
      return fail(
        'damaged',
        `The current branch points at ${short(at)}, which is not in the store.`,
        'Name a call.',
      );
    }
  } else {
    const call = callAt(scene.s, action.at);
    if (!call.ok) return call;
    at = call.value.hash;
  }
  const ref = TAG_PREFIX + name;
  const existing = scene.s.ref(ref);
  if (existing !== null) return taken(ref, existing);
  return ok({
    title: `Tag ${short(at)} as “${name}”`,
    refs: [refChange(ref, null, at)],
    head: null,
    warnings: [],
  });
}

/** A tag goes. */
export function planUntag(scene: Scene, action: Extract<Action, { kind: 'untag' }>): Result<Draft> {
  const ref = TAG_PREFIX + action.name;
  const at = scene.s.ref(ref);
  if (at === null) {
    return fail(
      'not-found',
      `There is no tag “${action.name}”.`,
      'Look at the list of tags; names are case-sensitive.',
    );
  }
  const warnings =
    scene.s.node(at) === null
      ? [
          `It points at ${short(at)}, which is not in the store. This can't be undone: no ref is set to a missing call.`,
        ]
      : [];
  return ok({ title: `Remove tag “${action.name}”`, refs: [refChange(ref, at, null)], head: null, warnings });
}
