import type { Action } from '../../src/contract/operations.ts';
import { jsonOf } from '../../src/core/json/build.ts';
import type { WriteContext } from '../../src/core/operations/context.ts';
import { fail, type Result } from '../../src/core/result.ts';
import type { RepositoryPaths } from '../../src/core/vek/paths.ts';
import {
  planMerge,
  type Contents,
  type MergePlan,
  type ResolvedDocument,
} from '../../src/core/vek/plan-merge.ts';
import { planAction } from '../../src/core/vek/plan.ts';
import { lookAtVek } from '../../src/core/vek/store.ts';

/** The time of merge nodes in tests, so that the same merge has the same hash everywhere. */
export const mergeMicros = Date.UTC(2026, 0, 2, 3, 4, 5) * 1000 + 678_901;

/** Documents as a resolver would hand them over; the same number gives the same documents. */
export function settledDocuments(count: number): ResolvedDocument[] {
  return Array.from({ length: count }, (_, i): ResolvedDocument => {
    const how = (['edited', 'merged', 'current', 'target', 'base'] as const)[i % 5]!;
    const output = i % 7 === 6 ? undefined : jsonOf({ title: `é ${i}`, lines: ['a\nb', null, 1.5, i] });
    return { tool: `edit-${i % 3}`, identity: jsonOf({ doc: `d${i}`, ü: i }), how, output };
  });
}

const nothing: Contents = new Map();

/** The plan of any action. A merge takes the tips as they are and as many documents as the action says. */
export function planned(paths: RepositoryPaths, action: Action, ctx: WriteContext): Result<MergePlan> {
  if (action.kind !== 'merge') {
    const plan = planAction(paths, action, ctx);
    return plan.ok ? { ok: true, value: { plan: plan.value, contents: nothing } } : plan;
  }
  const { into, from, resolved } = action;
  const tips = lookAtVek(paths, (s) => ({ ours: s.ref(into), theirs: s.ref(from) }));
  if (!tips.ok) return tips;
  const { ours, theirs } = tips.value;
  if (ours === null || theirs === null) return fail('not-found', `${into} or ${from} is missing`, '');
  const clock = { ...ctx, nowMicros: ctx.nowMicros ?? (() => mergeMicros) };
  return planMerge(
    paths,
    { into, from, tips: { ours, theirs }, resolved: settledDocuments(resolved) },
    clock,
  );
}
