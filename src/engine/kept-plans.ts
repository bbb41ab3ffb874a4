import type { Plan } from '../contract/operations.ts';
import type { Contents, MergePlan } from '../core/vek/plan-merge.ts';

/** Plans that were made and not yet applied; older ones are asked for again. */
const KEPT_PLANS = 32;
/** Bytes of the objects of kept plans, together. Beyond: the oldest plan goes, the newest always stays. */
const KEPT_BYTES = 128 * 1024 * 1024;

/** The plans of one repository that wait to be applied, with the objects they make. */
export type KeptPlans = {
  keep(plan: Plan, contents?: Contents): Plan;
  get(id: string): MergePlan | null;
  drop(id: string): void;
};

const NOTHING: Contents = new Map();

export function createKeptPlans(): KeptPlans {
  const plans = new Map<string, MergePlan & { readonly bytes: number }>();
  return {
    keep(plan, contents = NOTHING) {
      let bytes = 0;
      for (const object of contents.values()) bytes += object.byteLength;
      plans.set(plan.id, { plan, contents, bytes });
      let all = 0;
      for (const kept of plans.values()) all += kept.bytes;
      for (const [id, oldest] of plans) {
        if (id === plan.id || (plans.size <= KEPT_PLANS && all <= KEPT_BYTES)) break;
        plans.delete(id);
        all -= oldest.bytes;
      }
      return plan;
    },
    get: (id) => plans.get(id) ?? null,
    drop: (id) => void plans.delete(id),
  };
}
