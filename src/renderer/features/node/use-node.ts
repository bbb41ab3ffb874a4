import { useEffect, useState } from 'react';
import type { Failure } from '../../../contract/failure.ts';
import type { NodeDetail } from '../../../contract/vek.ts';
import { attempt } from '../../app/client.ts';
import { api } from '../../app/engine.ts';
import { onSourceChanged } from '../../state/workspace.ts';

/**
 * A call as last read. `detail` stays while it is read again; `stale` is true from the moment the store changed
 * until its hashes were recomputed, so that nothing is called verified that was not.
 */
export type NodeState = {
  readonly detail: NodeDetail | null;
  readonly error: Failure | null;
  readonly stale: boolean;
};

const NOTHING: NodeState = { detail: null, error: null, stale: false };

/** Reads a call and keeps it in step with the store; the one before stays until the new one is there. */
export function useNode(
  source: string | null,
  hash: string | null,
): NodeState & { readonly retry: () => void } {
  const [state, setState] = useState<NodeState>(NOTHING);
  const [round, setRound] = useState(0);

  useEffect(() => {
    if (source === null || hash === null) return undefined;
    let controller: AbortController | null = null;
    let again = false;
    let over = false;
    const read = async (): Promise<void> => {
      if (controller !== null) {
        again = true;
        return;
      }
      const mine = new AbortController();
      controller = mine;
      again = false;
      const answer = await attempt(api.vek.node({ source, hash }, { signal: mine.signal }));
      controller = null;
      if (over) return;
      setState((before) =>
        answer.ok
          ? { detail: answer.value, error: null, stale: again }
          : {
              detail: before.detail?.record.hash === hash ? before.detail : null,
              error: answer.error,
              stale: true,
            },
      );
      if (again) void read();
    };
    const stop = onSourceChanged((changed) => {
      if (changed !== source) return;
      setState((before) => ({ ...before, stale: true }));
      void read();
    });
    void read();
    return () => {
      over = true;
      stop();
      controller?.abort();
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a new round reads again
  }, [source, hash, round]);

  const none = source === null || hash === null;
  return { ...(none ? NOTHING : state), retry: () => setRound((before) => before + 1) };
}
