import { MousePointerClick } from 'lucide-react';
import { Button } from '../../ui/button/Button.tsx';
import { EmptyState } from '../../ui/empty/EmptyState.tsx';
import { FailureState } from '../../ui/empty/FailureState.tsx';
import { SkeletonRows } from '../../ui/skeleton/Skeleton.tsx';
import { NodePanel } from './NodePanel.tsx';
import { useNode } from './use-node.ts';

type Props = { readonly source: string | null; readonly hash: string | null };

/** The selected call at the right of the window. */
export function NodeInspector({ source, hash }: Props) {
  const { detail, error, stale, retry } = useNode(source, hash);
  if (source === null || hash === null) {
    return (
      <EmptyState icon={MousePointerClick} title="No call selected">
        <p>Select a row of the graph to read its input and output here.</p>
      </EmptyState>
    );
  }
  if (detail !== null)
    return <NodePanel source={source} detail={detail} stale={stale} error={error} where="inspector" />;
  if (error !== null)
    return (
      <FailureState
        error={error}
        actions={
          <Button size="small" onClick={retry}>
            Read again
          </Button>
        }
      />
    );
  return <SkeletonRows rows={8} label="Reading the call" />;
}
