import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../../contract/failure.ts';
import type { LedgerTimeline } from '../../../../contract/ledger-timeline.ts';
import { attempt } from '../../../app/client.ts';
import { api } from '../../../app/engine.ts';
import { useAnswer, type Answer } from '../../../app/use-answer.ts';
import { onSourceChanged } from '../../../state/workspace.ts';
import { createAsker, serves, type Asker } from './asker.ts';
import type { Span } from './span.ts';

/** Pieces of the whole record: enough for the strip on a large screen, and for the first look. */
const WHOLE_PIECES = 1600;

/** All of the record, again when the ledger changed. */
export const useWholeTimeline = (source: string, agent: string | null): Answer<LedgerTimeline> =>
  useAnswer(
    source,
    `timeline ${agent === null ? 'all' : `of ${agent}`}`,
    () => api.ledger.timeline({ source, agent, from: null, to: null, buckets: WHOLE_PIECES, fold: true }),
    { keep: false },
  );

type Detail = { readonly of: string; readonly answer: LedgerTimeline };

/**
 * The finest answer for what is in sight: the last one stays while a better one is on its way. `want` says what is in
 * sight, as often as it moves.
 */
export function useDetail(
  source: string,
  agent: string | null,
  whole: LedgerTimeline | null,
  span: Span | null,
  width: number,
): { readonly timeline: LedgerTimeline | null; readonly failure: Failure | null } {
  const key = `${source}\n${agent === null ? 'all' : `of ${agent}`}`;
  const [detail, setDetail] = useState<Detail | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const asker = useRef<Asker | null>(null);
  const need = span !== null && width > 0 && whole !== null && !serves(whole, span, width);
  const latest = useRef({ whole, span, width, need });
  useEffect(() => {
    latest.current = { whole, span, width, need };
  });
  const take = useCallback(
    (answer: LedgerTimeline) => {
      setFailure(null);
      setDetail({ of: key, answer });
    },
    [key],
  );
  useEffect(() => {
    const made = createAsker(
      ({ from, to, buckets }) =>
        attempt(api.ledger.timeline({ source, agent, from, to, buckets, fold: true })),
      () => latest.current.whole,
      take,
      setFailure,
    );
    asker.current = made;
    // another agent, the same place
    const now = latest.current;
    if (now.need && now.span !== null) made.want(now.span, now.width);
    const end = onSourceChanged((changed) => {
      if (changed === source) made.refresh();
    });
    return () => {
      end();
      made.end();
    };
  }, [source, agent, take]);
  const [from, to] = [span?.from ?? 0, span?.to ?? 0];
  useEffect(() => {
    if (need) asker.current?.want({ from, to }, width);
  }, [need, from, to, width]);
  const mine = detail !== null && detail.of === key ? detail.answer : null;
  if (whole === null) return { timeline: null, failure };
  return { timeline: need && mine !== null && covers(mine, span, whole) ? mine : whole, failure };
}

/** Whether an answer has all of a window, however coarse. */
function covers(answer: LedgerTimeline, span: Span, whole: LedgerTimeline): boolean {
  const from = Math.max(span.from, whole.wholeFromMicros ?? span.from);
  const to = Math.min(span.to, whole.wholeToMicros ?? span.to);
  return answer.fromMicros <= from && answer.toMicros >= to;
}
