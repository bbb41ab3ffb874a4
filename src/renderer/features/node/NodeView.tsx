import { GitCommitHorizontal } from 'lucide-react';
import { revealCall } from '../../state/selection.ts';
import { openGraph, openNodeTab } from '../../state/tabs.ts';
import { Button } from '../../ui/button/Button.tsx';
import { FailureState } from '../../ui/empty/FailureState.tsx';
import { NodePanel } from './NodePanel.tsx';
import { NodeSkeleton } from './NodeSkeleton.tsx';
import { useNode } from './use-node.ts';

/** One call as a tab of its own: it stays on this call, whatever is selected. */
export function NodeView({ source, hash }: { readonly source: string; readonly hash: string }) {
  const { detail, error, stale, retry } = useNode(source, hash);
  const show = () => {
    openGraph(source);
    revealCall(source, hash);
  };
  if (detail !== null) {
    const links = [...detail.parents, ...detail.children];
    return (
      <NodePanel
        source={source}
        detail={detail}
        stale={stale}
        error={error}
        where="tab"
        onStep={null}
        onOpen={(other) =>
          openNodeTab(source, other, links.find((link) => link.hash === other)?.tool ?? 'call')
        }
        headEnd={
          <Button size="small" icon={GitCommitHorizontal} onClick={show}>
            Show in graph
          </Button>
        }
      />
    );
  }
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
  return <NodeSkeleton />;
}
