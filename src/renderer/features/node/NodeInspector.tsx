import { ChevronDown, ChevronUp, MousePointerClick } from 'lucide-react';
import { useMemo } from 'react';
import { revealCall } from '../../state/selection.ts';
import { useSettings } from '../../state/settings.ts';
import { announce } from '../../ui/announce.ts';
import { Button, IconButton } from '../../ui/button/Button.tsx';
import { EmptyState } from '../../ui/empty/EmptyState.tsx';
import { FailureState } from '../../ui/empty/FailureState.tsx';
import type { Zone } from '../../ui/format.ts';
import { createCursor, type Cursor } from '../graph/cursor.ts';
import { rowName } from '../graph/row-text.ts';
import { graphOf } from '../graph/sources.ts';
import { NodePanel } from './NodePanel.tsx';
import { NodeSkeleton } from './NodeSkeleton.tsx';
import { useNode } from './use-node.ts';

type Props = { readonly source: string | null; readonly hash: string | null };

/** The focus stays in the panel: which call is in it now is said. */
async function moveAndSay(cursor: Cursor | null, by: 1 | -1, zone: Zone): Promise<void> {
  const before = cursor?.current()?.hash;
  await cursor?.move(by);
  const call = cursor?.current() ?? null;
  if (call === null) return;
  if (call.hash !== before) announce(rowName(call, zone));
  else announce(by < 0 ? 'This is the newest call.' : 'This is the oldest call.');
}

/** The selected call at the right of the window. */
export function NodeInspector({ source, hash }: Props) {
  const { detail, error, stale, retry } = useNode(source, hash);
  const zone = useSettings((settings) => settings.time);
  const cursor = useMemo(
    () => (source === null ? null : createCursor(source, graphOf(source), announce)),
    [source],
  );
  if (source === null || hash === null) {
    return (
      <EmptyState icon={MousePointerClick} title="No call selected">
        <p>Select a row of the graph to read its input and output here.</p>
      </EmptyState>
    );
  }
  if (detail !== null) {
    const step = (by: 1 | -1) => void moveAndSay(cursor, by, zone);
    return (
      <NodePanel
        source={source}
        detail={detail}
        stale={stale}
        error={error}
        where="inspector"
        onOpen={(other) => revealCall(source, other)}
        onStep={step}
        headEnd={
          <>
            <IconButton
              icon={ChevronUp}
              label="Call above in the graph ( [ in this panel )"
              onClick={() => step(-1)}
            />
            <IconButton
              icon={ChevronDown}
              label="Call below in the graph ( ] in this panel )"
              onClick={() => step(1)}
            />
          </>
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
