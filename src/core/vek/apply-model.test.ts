import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeMicros, planned } from '../../../test/support/planned.ts';
import {
  act,
  chainOf,
  closeBench,
  collectGarbage,
  openBench,
  outside,
  placeOf,
  value,
  type Bench,
} from '../../../test/support/writes.ts';
import type { Action, Operation } from '../../contract/operations.ts';
import { applyPlan } from './apply.ts';
import { lookAtVek } from './store.ts';

/** What a person may do next; numbers choose among what is there. */
type Step =
  | {
      readonly do: 'fork' | 'create' | 'switch' | 'rename' | 'delete' | 'tag' | 'untag' | 'merge' | 'undo';
      readonly a: number;
      readonly b: number;
      readonly head: boolean;
    }
  | { readonly do: 'gc' };

/** The repository as a person thinks of it: names, and where HEAD is. */
type Model = { readonly refs: Map<string, string>; head: string };
type Done = { readonly operation: Operation; readonly before: Model; readonly after: Model };

const names = ['a', 'b c', 'd/e'];
const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)];
const copy = (model: Model): Model => ({ refs: new Map(model.refs), head: model.head });
const branchesOf = (model: Model): string[] =>
  [...model.refs.keys()].filter((name) => !/^(tag|checkpoint)\//.test(name)).toSorted();

const refuse = (action: Action) => ({ action, after: null });

/** The parents of calls that merges made; the others form one chain on each branch. */
type Parents = ReadonlyMap<string, readonly (string | null)[]>;
/** Stands in the model for the call that a merge makes, until its plan names it. */
const MADE = 'made';

function reaches(parents: Parents, from: string, target: string): boolean {
  const open = [from];
  const seen = new Set<string>();
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === target) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    for (const parent of parents.get(at) ?? []) if (parent !== null) open.push(parent);
  }
  return false;
}

/** The action of a step, and what the model becomes; null where the action has to be refused. */
function next(
  model: Model,
  step: Exclude<Step, { do: 'gc' }>,
  calls: readonly string[],
  parents: Parents,
): { action: Action; after: Model | null } {
  const after = copy(model);
  const name = pick(names, step.a)!;
  const at = pick(calls, step.b)!;
  const branch = pick(branchesOf(model), step.a)!;
  switch (step.do) {
    case 'fork':
    case 'create': {
      const action: Action =
        step.do === 'fork'
          ? { kind: 'fork', at, name, head: step.head }
          : { kind: 'create-branch', name, at: null, head: step.head };
      const target = step.do === 'fork' ? at : model.refs.get(model.head);
      const existing = model.refs.get(name);
      if (target === undefined) {
        if (existing !== undefined || !step.head) return refuse(action);
        after.head = name;
        return { action, after };
      }
      if (existing !== undefined && (existing !== target || !step.head || model.head === name))
        return refuse(action);
      after.refs.set(name, target);
      if (step.head) after.head = name;
      return { action, after };
    }
    case 'switch':
      after.head = branch;
      return { action: { kind: 'switch', name: branch }, after };
    case 'rename': {
      const action: Action = { kind: 'rename-branch', from: branch, to: name };
      if (model.refs.has(name)) return refuse(action);
      after.refs.set(name, model.refs.get(branch)!);
      after.refs.delete(branch);
      if (model.head === branch) after.head = name;
      return { action, after };
    }
    case 'delete':
      after.refs.delete(branch);
      return model.head === branch
        ? refuse({ kind: 'delete-branch', name: branch })
        : { action: { kind: 'delete-branch', name: branch }, after };
    case 'tag': {
      const action: Action = { kind: 'tag', name, at };
      if (model.refs.has(`tag/${name}`)) return refuse(action);
      after.refs.set(`tag/${name}`, at);
      return { action, after };
    }
    case 'untag': {
      const action: Action = { kind: 'untag', name };
      return after.refs.delete(`tag/${name}`) ? { action, after } : refuse(action);
    }
    case 'merge': {
      const from = pick([...model.refs.keys()].toSorted(), step.b)!;
      const action: Action = { kind: 'merge', into: branch, from, resolved: step.b % 3 };
      const [ours, theirs] = [model.refs.get(branch)!, model.refs.get(from)!];
      if (reaches(parents, ours, theirs)) return refuse(action);
      after.refs.set(branch, MADE);
      return { action, after };
    }
    case 'undo':
      throw new Error('undone elsewhere');
  }
}

/** Undoing moves the refs of an operation back if they are where it left them; what it did to HEAD, if HEAD is there. */
function undone(model: Model, { before, after, operation }: Done): Model | null {
  const result = copy(model);
  const changed = operation.refs.map((change) => change.name);
  for (const name of changed) {
    if (model.refs.get(name) !== after.refs.get(name)) return null;
    const back = before.refs.get(name);
    if (back === undefined) result.refs.delete(name);
    else result.refs.set(name, back);
  }
  const moved = before.head !== after.head;
  const created = changed.find((name) => !after.refs.has(name));
  const leaves = changed.includes(model.head) && !result.refs.has(model.head);
  const { action } = operation;
  const bornUnderHead = !moved && (action.kind === 'fork' || action.kind === 'create-branch') && action.head;
  if (moved && model.head === after.head) result.head = before.head;
  else if (leaves && created !== undefined) result.head = created;
  else if (leaves) return bornUnderHead ? result : null;
  else if (changed.length === 0) return null;
  return result;
}

function modelOf(bench: Bench): Model {
  const place = placeOf(bench);
  return { refs: new Map(Object.entries(place.refs)), head: place.head.replace(/^ref: /, '').trimEnd() };
}

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constantFrom('fork', 'create', 'switch', 'rename', 'delete', 'tag', 'untag', 'merge', 'merge'),
      a: fc.nat(50),
      b: fc.nat(50),
      head: fc.boolean(),
    }),
  },
  {
    weight: 7,
    arbitrary: fc.record({
      do: fc.constant('undo' as const),
      a: fc.nat(50),
      b: fc.nat(50),
      head: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('gc' as const) }) },
);

describe('any sequence of actions and undos', () => {
  it('does what a simple model does', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 6, maxLength: 18 }), (steps) => {
        const bench = openBench('conflict');
        try {
          run(bench, steps);
        } finally {
          closeBench(bench);
        }
      }),
      { numRuns: Number(process.env['VEKSCOPE_MODEL_RUNS'] ?? 20) },
    );
  });
});

function run(bench: Bench, steps: readonly Step[]): void {
  const calls = chainOf(bench, 'main');
  outside(bench, 'INSERT INTO refs VALUES (?, ?)', 'checkpoint/keep', calls[0]);
  const parents = new Map(
    branchesOf(modelOf(bench)).flatMap((branch) => {
      const chain = chainOf(bench, branch);
      return chain.map((hash, i): [string, readonly (string | null)[]] => [hash, [chain[i + 1] ?? null]]);
    }),
  );
  const history: Done[] = [];
  let model = modelOf(bench);
  let micros = mergeMicros;
  for (const one of steps) {
    if (one.do === 'gc') {
      collectGarbage(bench);
      continue;
    }
    const target = one.do === 'undo' ? pick(history.slice(-5), one.a) : undefined;
    if (one.do === 'undo' && target === undefined) continue;
    const { action, after } =
      target === undefined
        ? next(model, one, calls, parents)
        : { action: { kind: 'undo', operation: target.operation.id } as const, after: undone(model, target) };
    const made = planned(bench.paths, action, { ...bench.ctx, nowMicros: () => micros++ });
    if (!made.ok) {
      const again = target !== undefined && /undone already/.test(made.error.message);
      const lost = after !== null && isCollected(bench, after) && /was not kept/.test(made.error.message);
      expect(after === null || again || lost, `${JSON.stringify(action)}: ${made.error.message}`).toBe(true);
    } else {
      expect(after, `${JSON.stringify(action)} should have been refused`).not.toBeNull();
      const { plan, contents } = made.value;
      const node = plan.makes?.node;
      if (node !== undefined) {
        parents.set(node.hash, [node.parent_hash, node.merge_parent]);
        for (const [name, hash] of after!.refs) if (hash === MADE) after!.refs.set(name, node.hash);
      }
      const done = applyPlan(bench.paths, plan, bench.ctx, contents);
      if (!done.ok) throw new Error(`${JSON.stringify(action)}: ${done.error.message}`);
      if (plan.refs.length > 0 || plan.head !== null) {
        history.push({ operation: done.value, before: model, after: after! });
      }
      model = after!;
    }
    const now = modelOf(bench);
    expect(Object.fromEntries(now.refs)).toEqual(Object.fromEntries(model.refs));
    expect(now.head).toBe(model.head);
  }
  expect(act(bench, { kind: 'tag', name: 'last', at: calls[0]! }).state).toBe('done');
}

/** Whether a gc took a call that a ref would have to go back to: then a later operation keeps it, and comes first. */
function isCollected(bench: Bench, model: Model): boolean {
  const there = value(
    lookAtVek(bench.paths, (s) => [...model.refs.values()].every((hash) => s.node(hash) !== null)),
  );
  return !there;
}
