import type { Failure, Result } from '../../../../contract/failure.ts';
import { MAX_TIMELINE_BUCKETS, type LedgerTimeline } from '../../../../contract/ledger-timeline.ts';
import { momentAt, shownBefore, type Span } from './span.ts';

/** How much more than is in sight is asked for, on either side, as a part of it. */
const OVERSCAN = 0.5;
/** A piece may be so wide on screen before finer ones are asked for, in px. */
const COARSE_PX = 1.6;

export type Question = { readonly from: number; readonly to: number; readonly buckets: number };
type Ask = (question: Question) => Promise<Result<LedgerTimeline>>;

export type Asker = {
  /** says what is in sight; asks where the answer at hand does not do */
  readonly want: (span: Span, width: number) => void;
  /** asks again for what is in sight: the ledger changed */
  readonly refresh: () => void;
  readonly end: () => void;
};

/**
 * Asks for what is in sight and somewhat more, never more than one question at once: what is wanted meanwhile is asked
 * when the answer is there. `at` is the last whole answer, by whose folded gaps the overscan is measured.
 */
export function createAsker(
  ask: Ask,
  at: () => LedgerTimeline | null,
  onAnswer: (answer: LedgerTimeline) => void,
  onFailure: (error: Failure) => void,
): Asker {
  let answer: LedgerTimeline | null = null;
  let wanted: { span: Span; width: number } | null = null;
  let busy = false;
  let dirty = false;
  let over = false;

  const next = async (): Promise<void> => {
    if (busy || over || wanted === null) return;
    if (!dirty && answer !== null && serves(answer, wanted.span, wanted.width)) return;
    busy = true;
    dirty = false;
    const got = await ask(questionOf(at(), wanted.span, wanted.width));
    busy = false;
    // oxlint-disable-next-line typescript/no-unnecessary-condition -- it may end while an answer is awaited
    if (over) return;
    if (got.ok) {
      answer = got.value;
      onAnswer(got.value);
    } else {
      onFailure(got.error);
      return;
    }
    await next();
  };
  return {
    want: (span, width) => {
      wanted = { span, width };
      void next();
    },
    refresh: () => {
      dirty = true;
      void next();
    },
    end: () => {
      over = true;
    },
  };
}

/** What to ask for so that `span` can be moved a little without another question. */
export function questionOf(whole: LedgerTimeline | null, span: Span, width: number): Question {
  const stretches = whole?.stretches ?? [];
  const low = shownBefore(stretches, span.from);
  const high = shownBefore(stretches, span.to);
  const more = (high - low) * OVERSCAN;
  const buckets = Math.max(1, Math.min(MAX_TIMELINE_BUCKETS, Math.ceil(width * (1 + 2 * OVERSCAN))));
  return {
    from: Math.floor(momentAt(stretches, low - more)),
    to: Math.ceil(momentAt(stretches, high + more)),
    buckets,
  };
}

/** Whether an answer covers a window and is fine enough for it. */
export function serves(answer: LedgerTimeline, span: Span, width: number): boolean {
  const wholeFrom = answer.wholeFromMicros ?? span.from;
  const wholeTo = answer.wholeToMicros ?? span.to;
  const covers =
    answer.fromMicros <= Math.max(span.from, wholeFrom) && answer.toMicros >= Math.min(span.to, wholeTo);
  if (!covers) return false;
  const pieces = answer.buckets.starts.length;
  const long = answer.stretches.reduce((sum, { fromMicros, toMicros }) => sum + toMicros - fromMicros, 0);
  const seen = shownBefore(answer.stretches, span.to) - shownBefore(answer.stretches, span.from);
  if (seen <= 0) return true;
  return (long / Math.max(1, pieces)) * (width / seen) <= COARSE_PX || long / Math.max(1, pieces) <= 1;
}
