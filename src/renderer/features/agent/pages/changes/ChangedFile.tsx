import { FileText, GitMerge, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { ChangeSet } from '../../../../../contract/edits.ts';
import { openFileMerge } from '../../../../state/tabs.ts';
import { Badge } from '../../../../ui/badge/Badge.tsx';
import { Button } from '../../../../ui/button/Button.tsx';
import { FailureState } from '../../../../ui/empty/FailureState.tsx';
import { SkeletonRows } from '../../../../ui/skeleton/Skeleton.tsx';
import { visibleText } from '../../../../ui/visible-text.ts';
import type { SetFile } from '../../../change-sets/set-files.ts';
import { TextDiff } from '../../../edit/diff/TextDiff.tsx';
import { openFileOf } from '../../open-file.ts';
import { Findings } from '../../parts/Findings.tsx';
import { LayoutSwitch } from '../../parts/LayoutSwitch.tsx';
import { useScene } from '../../scene.ts';
import { useFile } from '../../text/use-file.ts';
import { kindWords } from '../file/kind-words.ts';

type Props = {
  readonly file: SetFile;
  readonly set: ChangeSet;
  /** null: a rule of the format adds it, so there is no edit of it */
  readonly onDiscard: (() => void) | null;
};

/** One file of a change set: what changes in it, and what can be done about that. */
export function ChangedFile({ file, set, onDiscard }: Props) {
  const { source } = useScene();
  const [columns, setColumns] = useState(false);
  const one = file.does === 'new' || file.does === 'removed';
  return (
    <div className="ag-detail">
      <div className="ag-detail-head">
        <h3 className="ch-file-title">
          <bdi className="mono ch-path">{visibleText(file.path)}</bdi>
          {file.kind !== null && <Badge>{kindWords(file.kind)}</Badge>}
          {file.does === 'new' && <Badge tone="ok">new</Badge>}
          {file.does === 'removed' && <Badge tone="bad">removed</Badge>}
          {file.moved && <Badge tone="warn">changed on disk</Badge>}
        </h3>
        {file.why !== '' && <p className="ag-muted">{visibleText(file.why)}</p>}
        <Findings findings={file.findings} />
        <div className="ch-file-actions">
          {file.after !== null && (
            <Button
              size="small"
              icon={FileText}
              onClick={() => openFileOf(source, file.path, onDiscard === null ? null : 'edit')}
            >
              {onDiscard === null ? 'Open the file' : 'Go on editing'}
            </Button>
          )}
          {file.moved && (
            <Button size="small" icon={GitMerge} onClick={() => openFileMerge(source, set.id)}>
              Resolve…
            </Button>
          )}
          {onDiscard !== null && (
            <Button size="small" look="danger" icon={Trash2} onClick={onDiscard}>
              Discard
            </Button>
          )}
          {!one && <LayoutSwitch columns={columns} onChange={setColumns} />}
        </div>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys */}
      <section className="ag-scroll" tabIndex={0} aria-label="Difference">
        {file.before === undefined ? (
          <FromDisk file={file} columns={columns} />
        ) : (
          <TextDiff
            before={file.before}
            after={file.after}
            columns={columns && !one}
            label={`Difference of ${file.path}`}
          />
        )}
      </section>
    </div>
  );
}

/** Against what stands on disk now, where a plan could not say it. */
function FromDisk({ file, columns }: { readonly file: SetFile; readonly columns: boolean }) {
  const { value, error } = useFile(file.path);
  if (value === null && error === null) return <SkeletonRows rows={6} label="Reading the file" />;
  if (value === null && error !== null && error.kind !== 'not-found') return <FailureState error={error} />;
  return (
    <>
      {file.moved && (
        <p className="ag-pad ag-muted">
          Compared with what stands on disk now, so lines that another program wrote look as if you took them
          away.
        </p>
      )}
      <TextDiff
        before={value?.text ?? null}
        after={file.after}
        columns={columns}
        label={`Difference of ${file.path}`}
      />
    </>
  );
}
