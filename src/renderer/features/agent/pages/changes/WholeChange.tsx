import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { PlannedFile } from '../../../../../contract/edits.ts';
import type { PromptEffect } from '../../../../../contract/drafts.ts';
import { formatCounted } from '../../../../ui/format.ts';
import { visibleText } from '../../../../ui/visible-text.ts';
import type { SetFile } from '../../../change-sets/set-files.ts';
import type { SetPlan } from '../../../change-sets/use-set-plan.ts';
import { FileDiff } from '../../../edit/diff/FileDiff.tsx';
import { PromptEffects } from '../../../edit/PromptEffects.tsx';
import { LayoutSwitch } from '../../parts/LayoutSwitch.tsx';

/** The most files whose differences are unfolded at first. */
const OPEN_FILES = 6;

type Props = { readonly state: SetPlan; readonly files: readonly SetFile[] };

/** A whole change set: whom it concerns, what stands in its way, the prompt before and after, every difference. */
export function WholeChange({ state, files }: Props) {
  const [columns, setColumns] = useState(false);
  const { plan } = state;
  const kept = plan?.files.filter(({ writtenFor }) => writtenFor === 'version' || writtenFor === 'snapshot');
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
    <section className="ag-scroll ch-whole" tabIndex={0} aria-label="Whole change">
      {state.plan === null && <Hindered state={state} files={files} />}
      {plan !== null && plan.agents.length > 1 && (
        <p>
          {formatCounted(plan.agents.length, 'agent')} run differently afterwards:{' '}
          {plan.agents.map((agent, at) => (
            <span key={agent}>
              {at > 0 && ', '}
              <bdi className="ch-agent">{visibleText(agent)}</bdi>
            </span>
          ))}
        </p>
      )}
      {[...(plan?.blocked === null || plan === null ? [] : [plan.blocked]), ...(plan?.warnings ?? [])].map(
        (words) => (
          <p key={words} className="ch-warning">
            <TriangleAlert className="icon" size={14} aria-hidden />
            <span>{visibleText(words)}</span>
          </p>
        ),
      )}
      <section aria-label="Prompt before and after">
        <h3>Assembled prompt</h3>
        <Prompts prompts={plan?.prompts ?? (state.plan === null ? (state.draft?.prompts ?? []) : [])} />
      </section>
      {plan !== null && (
        <section aria-label="Files">
          <div className="ch-files-head">
            <h3>Files</h3>
            {kept !== undefined && kept.length > 0 && (
              <span className="ag-muted">
                and {formatCounted(kept.length, 'former version')}, kept as the agent does
              </span>
            )}
            <LayoutSwitch columns={columns} onChange={setColumns} />
          </div>
          {files.map((file, at) => (
            <FileDiff key={file.path} file={asPlanned(file)} columns={columns} open={at < OPEN_FILES} />
          ))}
        </section>
      )}
    </section>
  );
}

const asState = (text: string | null | undefined) =>
  text === null || text === undefined ? null : { sha256: '', text };

const asPlanned = (
  file: SetFile,
): Pick<PlannedFile, 'path' | 'before' | 'after' | 'writtenFor' | 'why' | 'findings'> => ({
  path: file.path,
  before: asState(file.before),
  after: asState(file.after),
  writtenFor: file.writtenFor,
  why: file.why,
  findings: file.findings,
});

/** Prompts of which something changes; the words where none does. */
function Prompts({ prompts }: { readonly prompts: readonly PromptEffect[] }) {
  const changed = prompts.filter(
    ({ beforeTokens, afterTokens, pieces, leaves, enters, blocking }) =>
      beforeTokens !== afterTokens || pieces.length + leaves.length + enters.length + blocking.length > 0,
  );
  if (changed.length === 0) return <p className="ag-muted">What is sent with every run stays as it is.</p>;
  return <PromptEffects prompts={changed} />;
}

type HinderedProps = {
  readonly state: Extract<SetPlan, { readonly plan: null }>;
  readonly files: readonly SetFile[];
};

/** Why the set can't be written as it is, and the way on. */
function Hindered({ state: { why }, files }: HinderedProps) {
  const moved = files.filter((file) => file.moved);
  return (
    <div className="ch-hindered" role="note">
      <TriangleAlert className="icon" size={14} aria-hidden />
      <div>
        <p>
          {moved.length === 0
            ? visibleText(why.message)
            : `${formatCounted(moved.length, 'file')} changed on disk since you began: ${moved
                .map(({ path }) => visibleText(path))
                .join(', ')}.`}
        </p>
        <p className="ag-muted">
          {moved.length === 0
            ? visibleText(why.hint)
            : 'Your edits are kept. Resolve puts both changes together; nothing is overwritten.'}
        </p>
      </div>
    </div>
  );
}
