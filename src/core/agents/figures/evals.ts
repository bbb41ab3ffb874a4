import type { EvalRow } from '../parts/evals.ts';
import { dayOf, textOf, within } from './days.ts';
import type { Span } from './days.ts';
import { counted, roundEven } from './numbers.ts';

/** What the eval lines of a window come to (formats/atomic-agents.md §8). `scorable` leaves out errors of the judge. */
export type EvalWindow = {
  readonly rows: number;
  readonly scorable: number;
  readonly passed: number;
  readonly hardFails: number;
  readonly passRate: number | null;
  readonly hardFailRate: number | null;
  /** mean of the weighted scores of what was judged */
  readonly meanScore: number | null;
};

/** The day of an eval line, by its `ts`; else by the name of its file. */
function dayOfRow(row: EvalRow): number | null {
  return row.day === null ? null : dayOf(row.day);
}

function rowsWithin(rows: readonly EvalRow[], span: Span): EvalRow[] {
  return rows.filter((row) => {
    const day = dayOfRow(row);
    return day !== null && within(day, span);
  });
}

/** Counts the eval lines of a window. */
export function evalWindow(rows: readonly EvalRow[], span: Span): EvalWindow {
  const inside = rowsWithin(rows, span);
  const judged = inside.filter(({ verdict }) => verdict === 'pass' || verdict === 'fail');
  const passed = judged.filter(({ verdict }) => verdict === 'pass').length;
  const hardFails = judged.filter((row) => row.hardFails.length > 0).length;
  const scores = judged.flatMap(({ weightedScore }) => (weightedScore === null ? [] : [weightedScore]));
  const rate = (part: number): number | null => (judged.length === 0 ? null : part / judged.length);
  return {
    rows: inside.length,
    scorable: judged.length,
    passed,
    hardFails,
    passRate: rate(passed),
    hardFailRate: rate(hardFails),
    meanScore: scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length,
  };
}

/** The last score of [t−30, t] against the last one of [t−60, t−31] (formats/atomic-agents.md §9). */
export type ScoreDelta = {
  readonly delta: number | null;
  readonly how: string;
};

/** The single delta that the attention queue takes, not that of §7 (a mean of days). */
export function scoreDelta(rows: readonly EvalRow[], today: number): ScoreDelta {
  const last = (span: Span): EvalRow | null =>
    rowsWithin(rows, span).reduce<EvalRow | null>(
      (best, row) =>
        row.weightedScore !== null && (best === null || (row.ts ?? '') >= (best.ts ?? '')) ? row : best,
      null,
    );
  const recent = last({ from: today - 30, to: today });
  const prior = last({ from: today - 60, to: today - 31 });
  const since = textOf(today - 30);
  if (recent === null) return { delta: null, how: `No eval was scored since ${since}.` };
  if (prior === null) return { delta: null, how: `No eval was scored in the 30 days before ${since}.` };
  const delta = roundEven(recent.weightedScore! - prior.weightedScore!, 6);
  return {
    delta,
    how: `The last eval of the last 30 days scored ${recent.weightedScore} (${recent.day ?? 'undated'}), the last one of the 30 days before ${prior.weightedScore} (${prior.day ?? 'undated'}): ${delta > 0 ? '+' : delta < 0 ? '−' : ''}${Math.abs(delta)}.`,
  };
}

/** How many evals there were, in words. */
export function evalWords(window: EvalWindow): string {
  const left = window.rows - window.scorable;
  return `${counted(window.scorable, 'eval')} judged in the last 30 days${left > 0 ? `, ${left} left out because the judge failed` : ''}`;
}
