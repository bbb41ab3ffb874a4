import { Archive, TriangleAlert } from 'lucide-react';
import type { Plan } from '../../../contract/operations.ts';
import { CopyDetails } from '../../ui/empty/FailureState.tsx';
import { formatCounted } from '../../ui/format.ts';
import { Skeleton, useSlow } from '../../ui/skeleton/Skeleton.tsx';
import { HashText } from '../../ui/hash/HashText.tsx';
import { Changes } from './Changes.tsx';
import type { PlanState } from './use-plan.ts';

export type PlanPreviewProps = {
  readonly state: PlanState;
  /** the form has a name field, which shows a refusal itself */
  readonly named: boolean;
};

/** What will be written, exactly; the place keeps its height while the plan is on its way. */
export function PlanPreview({ state, named }: PlanPreviewProps) {
  return (
    <section className="plan" aria-labelledby="plan-title" aria-live="polite">
      <h3 id="plan-title">What will be written</h3>
      <PlanBody state={state} named={named} />
    </section>
  );
}

function PlanBody({ state, named }: PlanPreviewProps) {
  switch (state.phase) {
    case 'incomplete':
      return <p className="plan-note">Type a name to see it.</p>;
    case 'planning':
      return <Waiting />;
    case 'refused':
      return named ? (
        <p className="plan-note">Nothing: the name does not work yet.</p>
      ) : (
        <div className="plan-refused" role="alert">
          <p className="plan-refused-title">{state.error.message}</p>
          <p>{state.error.hint}</p>
          <CopyDetails error={state.error} />
        </div>
      );
    case 'preview':
    case 'applying':
    case 'failed':
      return <PlanFacts plan={state.plan} />;
    default:
      return state satisfies never;
  }
}

function Waiting() {
  const slow = useSlow();
  return <div className="changes changes-waiting">{slow && <Skeleton width="60%" />}</div>;
}

function PlanFacts({ plan }: { readonly plan: Plan }) {
  const nothing = plan.refs.length === 0 && plan.head === null;
  return (
    <>
      {nothing ? (
        <p className="plan-note">Nothing changes: everything is so already.</p>
      ) : (
        <Changes refs={plan.refs} head={plan.head} />
      )}
      {plan.keeps !== null && (plan.keeps.nodes > 0 || plan.keeps.objects > 0) && (
        <p className="plan-line">
          <Archive className="icon" size={14} aria-hidden />
          {formatCounted(plan.keeps.nodes, 'call')} and {formatCounted(plan.keeps.objects, 'object')} that
          nothing else reaches are kept in the trash first. Undo brings them back.
        </p>
      )}
      {plan.warnings.map((warning) => (
        <p key={warning} className="plan-line plan-warning">
          <TriangleAlert className="icon" size={14} aria-hidden />
          <span>
            <HashText text={warning} />
          </span>
        </p>
      ))}
    </>
  );
}
