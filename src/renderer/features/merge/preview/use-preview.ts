import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../../contract/failure.ts';
import type { MergePreview } from '../../../../contract/merge.ts';
import type { VekOverview } from '../../../../contract/vek.ts';
import { attempt } from '../../../app/client.ts';
import { api } from '../../../app/engine.ts';
import { useOverview } from '../../../state/workspace.ts';
import { movesOf, type Move } from './words.ts';

export type Previewed = {
  /** the newest one; stays while it is made anew */
  readonly preview: MergePreview | null;
  /** why there is none */
  readonly error: Failure | null;
  readonly busy: boolean;
  /** what moved since the dialog was opened, while it was open */
  readonly moves: readonly Move[];
  /** makes it anew, such as after what counts as one document was changed */
  readonly again: () => void;
  readonly stop: () => void;
};

type Answer = {
  readonly preview: MergePreview | null;
  readonly error: Failure | null;
  readonly key: string | null;
  /** the branches that were asked about */
  readonly pair: string | null;
  readonly moves: readonly Move[];
};

const NONE: Answer = { preview: null, error: null, key: null, pair: null, moves: [] };

/**
 * What merging `from` (null: nothing is asked yet) into `into` (null: the current branch) would be, made anew when one
 * of the two branches moves.
 */
export function usePreview(source: string, into: string | null, from: string | null): Previewed {
  const overview = useOverview(source).value;
  const [round, setRound] = useState(0);
  const [answer, setAnswer] = useState<Answer>(NONE);
  const running = useRef<AbortController | null>(null);
  const name = into ?? (overview?.head.state === 'branch' ? overview.head.branch : null);
  const pair = JSON.stringify([source, into, from]);
  // a session that ends, or a file that can't be written any more, is another answer too
  const writing = `${overview?.lock?.stale ?? 'free'} ${overview?.readOnlyReason ?? ''}`;
  const key = `${pair} ${round} ${tipOf(overview, name)} ${tipOf(overview, from)} ${writing}`;

  useEffect(() => {
    if (from === null) return undefined;
    const controller = new AbortController();
    running.current = controller;
    const ask = async () => {
      const made = await attempt(api.merge.preview({ source, into, from }, { signal: controller.signal }));
      if (running.current !== controller) return;
      setAnswer((before) => {
        const known = before.pair === pair ? before : NONE;
        if (!made.ok) return { ...known, error: made.error, key, pair };
        const moves = known.preview === null ? [] : movesOf(known.preview, made.value);
        return { preview: made.value, error: null, key, pair, moves: joined(known.moves, moves) };
      });
    };
    void ask();
    return () => {
      running.current = null;
      controller.abort();
    };
  }, [source, into, from, pair, key]);

  const again = useCallback(() => setRound((before) => before + 1), []);
  const stop = useCallback(() => running.current?.abort(), []);
  const { preview, error, moves } = answer.pair === pair ? answer : NONE;
  const busy = from !== null && answer.key !== key;
  return { preview, error: busy ? null : error, busy, moves, again, stop };
}

/** A branch that moves twice moved from where it was first. */
function joined(before: readonly Move[], more: readonly Move[]): readonly Move[] {
  return [
    ...before.filter(({ name }) => !more.some((move) => move.name === name)),
    ...more.map((move) => ({
      ...move,
      before: before.find(({ name }) => name === move.name)?.before ?? move.before,
    })),
  ];
}

function tipOf(overview: VekOverview | null, name: string | null): string {
  if (overview === null || name === null) return '';
  const refs = [...overview.branches, ...overview.tags, ...overview.checkpoints];
  return refs.find((ref) => ref.name === name)?.hash ?? '';
}
