import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { MergePreview } from '../../../../contract/merge.ts';
import type { Made, Plan } from '../../../../contract/operations.ts';
import { formatBytes, formatCounted, shortHash } from '../../../ui/format.ts';
import { HashText } from '../../../ui/hash/HashText.tsx';
import { MiddleText } from '../../../ui/middle/MiddleText.tsx';

export type WillWriteProps = {
  readonly preview: MergePreview;
  /** the exact plan, where nobody has to decide anything; null: what will be so whatever is decided */
  readonly plan: Plan | null;
};

/** The call, the objects and the branch that a commit writes. Before conflicts are settled, without the hashes that depend on it. */
export function WillWrite({ preview, plan }: WillWriteProps) {
  const made = plan?.makes ?? null;
  const after = plan?.refs.find(({ name }) => name === preview.into.name)?.after ?? null;
  return (
    <section className="mp-part" aria-labelledby="mp-write-title">
      <header>
        <h3 id="mp-write-title">What the commit will write</h3>
        <span>to .vek/vek.db</span>
      </header>
      <dl className="mp-write">
        <dt>1 call</dt>
        <dd>
          <code>__merge__</code> {made !== null && <Hash of={made.node.hash} />}{' '}
          <span className="mp-quiet">
            {made === null ? '' : 'of '}
            <Hash of={preview.into.tip} /> + <Hash of={preview.from.tip} />
          </span>
        </dd>
        <dt>2 objects</dt>
        <dd>{made === null ? <LaterObjects preview={preview} /> : <Objects made={made} plan={plan} />}</dd>
        <dt>1 branch</dt>
        <dd className="mp-write-branch">
          <MiddleText text={preview.into.name} />
          <span>
            {' moves from '}
            <Hash of={preview.into.tip} />
            {' to '}
            {after === null ? 'the new call' : <Hash of={after} />}.
          </span>
          <span className="mp-quiet"> Undo moves it back.</span>
        </dd>
      </dl>
      {plan?.warnings.map((warning) => (
        <p key={warning} className="plan-line plan-warning">
          <TriangleAlert className="icon" size={14} aria-hidden />
          <span>
            <HashText text={warning} />
          </span>
        </p>
      ))}
    </section>
  );
}

function Hash({ of }: { readonly of: string }) {
  return <code title={of}>{shortHash(of)}</code>;
}

/** Before it is decided what the documents will be. */
function LaterObjects({ preview }: { readonly preview: MergePreview }) {
  const { merged, conflicted } = preview.documents;
  const resolved = merged + conflicted;
  if (resolved === 0) return <>its input and its output</>;
  return <>its input, and its output with {formatCounted(resolved, 'resolved document')}</>;
}

function Objects({ made, plan }: { readonly made: Made; readonly plan: Plan | null }) {
  const resolved = plan?.action.kind === 'merge' ? plan.action.resolved : 0;
  return made.objects.map((object, index): ReactNode => (
    <span key={object.role} className="mp-object">
      {index > 0 && ', '}
      {object.role} <Hash of={object.hash} />
      <span className="mp-quiet">
        {' '}
        {object.fresh ? formatBytes(object.bytes) : 'in the store already'}
        {object.role === 'output' && resolved > 0 && `, ${formatCounted(resolved, 'resolved document')}`}
      </span>
    </span>
  ));
}
