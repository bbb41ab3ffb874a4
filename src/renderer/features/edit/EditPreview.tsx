import { TriangleAlert, Users } from 'lucide-react';
import { useState } from 'react';
import type { EditPlan, PlannedFile, WrittenFor } from '../../../contract/edits.ts';
import { Segmented } from '../../ui/segmented/Segmented.tsx';
import { SkeletonRows } from '../../ui/skeleton/Skeleton.tsx';
import { formatCounted } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { FileDiff } from './diff/FileDiff.tsx';
import { PromptEffects } from './PromptEffects.tsx';
import './edit.css';

const ORDER: readonly WrittenFor[] = ['person', 'index', 'version', 'snapshot'];
/** Copies of former texts are folded: they say what was, not what will be. */
const COPIES: ReadonlySet<WrittenFor> = new Set(['version', 'snapshot']);
/** The most files whose differences are unfolded at first. */
const OPEN_FILES = 6;

/** What will be written: everyone it concerns first, then warnings, the prompt, and every file with its difference. */
export function EditPreview({ plan }: { readonly plan: EditPlan | null }) {
  const [columns, setColumns] = useState(false);
  if (plan === null) return <SkeletonRows rows={7} label="Making the preview" />;
  const { agents, warnings, prompts, files } = plan;
  const changed = prompts.filter(
    ({ beforeTokens, afterTokens, pieces, leaves, enters, blocking }) =>
      beforeTokens !== afterTokens || pieces.length + leaves.length + enters.length + blocking.length > 0,
  );
  const rules = files.filter(({ writtenFor }) => writtenFor !== 'person').length;
  return (
    <>
      {agents.length > 1 && (
        <p className="ed-agents">
          <Users className="icon" size={14} aria-hidden />
          <span>
            {formatCounted(agents.length, 'agent')} {sharedWords(plan)}:{' '}
            {agents.map((agent, at) => (
              <span key={agent}>
                {at > 0 && ', '}
                <bdi className="ed-agent">{visibleText(agent)}</bdi>
              </span>
            ))}
          </span>
        </p>
      )}
      {warnings.map((warning) => (
        <p key={warning} className="plan-line plan-warning ed-warning">
          <TriangleAlert className="icon" size={14} aria-hidden />
          <span>{visibleText(warning)}</span>
        </p>
      ))}
      <section className="ed-part" aria-labelledby="ed-prompt-title">
        <h3 id="ed-prompt-title">Assembled prompt</h3>
        {changed.length === 0 ? (
          <p className="ed-muted">What is sent with every run stays as it is.</p>
        ) : (
          <PromptEffects prompts={changed} />
        )}
      </section>
      <section className="ed-part" aria-labelledby="ed-files-title">
        <div className="ed-part-head">
          <h3 id="ed-files-title">What will be written</h3>
          <span className="ed-muted">
            {formatCounted(files.length, 'file')}
            {rules > 0 && `, ${rules} of them added by rules of the format`}
          </span>
          <Segmented<'one' | 'two'>
            label="Layout of differences"
            value={columns ? 'two' : 'one'}
            onChange={(value) => setColumns(value === 'two')}
            options={[
              { value: 'one', label: 'One column' },
              { value: 'two', label: 'Side by side' },
            ]}
          />
        </div>
        {files.length === 0 && <p className="ed-muted">Nothing changes: everything is so already.</p>}
        {ordered(files).map((file, at) => (
          <FileDiff
            key={file.path}
            file={file}
            columns={columns}
            open={at < OPEN_FILES && !COPIES.has(file.writtenFor)}
          />
        ))}
      </section>
    </>
  );
}

/** What a person asked for stands first, copies of former texts last; they are written in another order. */
const ordered = (files: readonly PlannedFile[]): readonly PlannedFile[] =>
  files.toSorted((a, b) => ORDER.indexOf(a.writtenFor) - ORDER.indexOf(b.writtenFor));

/** What the agents of a plan have in common. */
function sharedWords({ files }: EditPlan): string {
  const shared = files.some(({ kind, path }) => kind === 'persona' && /(?:^|\/)\.?personas\//.test(path));
  return shared ? 'share this persona' : 'run differently afterwards';
}
