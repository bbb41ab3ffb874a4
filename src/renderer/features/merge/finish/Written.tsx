import { GitMerge } from 'lucide-react';
import type { MergePreview } from '../../../../contract/merge.ts';
import type { Operation } from '../../../../contract/operations.ts';
import { openAction } from '../../../state/action-form.ts';
import { openMergePreview } from '../../../state/merge-form.ts';
import { revealCall } from '../../../state/selection.ts';
import { closeTab, openGraph, openNodeTab, tabId } from '../../../state/tabs.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { EmptyState } from '../../../ui/empty/EmptyState.tsx';
import { formatCounted, shortHash } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { useScene } from '../state/scene.ts';

/** What a merge came to, once it is written. */
export function Written({ operation }: { readonly operation: Operation }) {
  const { source, loaded, names } = useScene();
  const { into, from } = loaded.tips;
  const call = operation.refs.find(({ name }) => name === into.name)?.after ?? null;
  const resolved = operation.action.kind === 'merge' ? operation.action.resolved : 0;
  return (
    <EmptyState
      icon={GitMerge}
      title={
        <>
          {names.theirs.name} is merged into {names.ours.name}
        </>
      }
      actions={
        <>
          {call !== null && (
            <>
              <Button
                look="primary"
                onClick={() => {
                  openGraph(source);
                  revealCall(source, call);
                }}
              >
                Show in graph
              </Button>
              <Button onClick={() => openNodeTab(source, call, '__merge__')}>Show the merge call</Button>
            </>
          )}
          <Button
            onClick={() =>
              openAction(source, { kind: 'undo', operation: operation.id, title: operation.title })
            }
          >
            Undo…
          </Button>
          <Button
            look="quiet"
            onClick={() => closeTab(tabId({ kind: 'merge', source, into: into.name, from: from.name }))}
          >
            Close tab
          </Button>
        </>
      }
    >
      <p>
        {call !== null && (
          <>
            The merge call is <span className="hash">{shortHash(call)}</span>
            {resolved > 0 ? `, with ${formatCounted(resolved, 'resolved document')} in its output. ` : '. '}
          </>
        )}
        After an undo you can go on resolving where you were.
      </p>
    </EmptyState>
  );
}

/** Two branches between which there is nothing to resolve. */
export function Already({ preview }: { readonly preview: MergePreview }) {
  const { source, names, key } = useScene();
  void key;
  const { into, from } = preview;
  const [ours, theirs] = [names.ours.name, names.theirs.name];
  return (
    <EmptyState
      icon={GitMerge}
      title={preview.already ? `${ours} has every call of ${theirs}` : 'No document differs'}
      actions={
        <>
          {!preview.already && (
            <Button
              look="primary"
              onClick={() => openMergePreview(source, { into: into.name, from: from.name })}
            >
              Preview merge…
            </Button>
          )}
          <Button onClick={() => openGraph(source)}>Show graph</Button>
          <Button
            look="quiet"
            onClick={() => closeTab(tabId({ kind: 'merge', source, into: into.name, from: from.name }))}
          >
            Close tab
          </Button>
        </>
      }
    >
      <p>
        {preview.already
          ? 'There is nothing to merge.'
          : `${visibleText(ours)} and ${visibleText(theirs)} changed nothing that the other did not, so there is nothing to resolve. The merge itself can be written.`}
      </p>
    </EmptyState>
  );
}
