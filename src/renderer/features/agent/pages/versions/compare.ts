import type { PersonaVersion, VersionFigures } from '../../../../../contract/edits.ts';
import { formatCount, formatMoney } from '../../../../ui/format.ts';

/** Records below which a share says nothing about a version. */
export const LEAST_RUNS = 20;
/** Judged evals below which their share or mean says nothing. */
const LEAST_EVALS = 10;
/** How many standard errors a difference must have before it is called one: one in twenty is by chance. */
const CLEAR = 1.96;

/** A figure of two versions side by side, and what can honestly be said of the two. */
export type ComparedRow = {
  readonly id: string;
  readonly label: string;
  readonly a: Cell;
  readonly b: Cell;
  /** the second one against the first one, with its sign; empty where there is nothing to take away */
  readonly change: string;
  readonly says: string;
};
/** `query` null: it is made of no records. */
export type Cell = { readonly text: string; readonly query: string | null };

const none: Cell = { text: '–', query: null };

/** The figures of two versions, the first one as the measure. */
export function compareFigures(a: VersionFigures, b: VersionFigures): readonly ComparedRow[] {
  const few = fewWords('run', LEAST_RUNS, a.primary, b.primary);
  const fewRecords = fewWords('record', LEAST_RUNS, a.runs, b.runs);
  const fewEvals = fewWords('eval', LEAST_EVALS, a.evals.count, b.evals.count);
  return [
    row(
      'primary',
      'Runs',
      count(a.primary, `${a.query} is:primary`),
      count(b.primary, `${b.query} is:primary`),
      {
        change: signedCount(b.primary - a.primary),
      },
    ),
    row('runs', 'Records', count(a.runs, a.query), count(b.runs, b.query), {
      change: signedCount(b.runs - a.runs),
    }),
    row('errors', 'Errors', errors(a), errors(b), {
      change: shareChange(a.errors, a.runs, b.errors, b.runs),
      says: fewRecords ?? shareWords(a.errors, a.runs, b.errors, b.runs, 'errors'),
    }),
    row('cost', 'Cost', money(a.costMicros, a.query), money(b.costMicros, b.query), {
      change: signedMoney(b.costMicros - a.costMicros),
    }),
    row('per-run', 'Cost per run', perRun(a), perRun(b), {
      change:
        a.costPerRunMicros === null || b.costPerRunMicros === null
          ? ''
          : signedMoney(b.costPerRunMicros - a.costPerRunMicros),
      says: few ?? ratioWords(a.costPerRunMicros, b.costPerRunMicros),
    }),
    row('passed', 'Evals passed', passed(a), passed(b), {
      change: shareChange(a.evals.passed, a.evals.count, b.evals.passed, b.evals.count),
      says: fewEvals ?? shareWords(a.evals.passed, a.evals.count, b.evals.passed, b.evals.count, 'passed'),
    }),
    row('mean', 'Mean score', mean(a), mean(b), {
      change: a.evals.mean === null || b.evals.mean === null ? '' : signed(b.evals.mean - a.evals.mean, 2),
      says: fewEvals ?? '',
    }),
    row('hard', 'Hard fails', count(a.evals.hardFails, null), count(b.evals.hardFails, null), {
      change: signedCount(b.evals.hardFails - a.evals.hardFails),
    }),
  ];
}

function row(
  id: string,
  label: string,
  a: Cell,
  b: Cell,
  { change, says = '' }: { readonly change: string; readonly says?: string },
): ComparedRow {
  return { id, label, a, b, change, says };
}

const count = (value: number, query: string | null): Cell => ({
  text: formatCount(value),
  query: value === 0 ? null : query,
});
const errors = (of: VersionFigures): Cell => ({
  text: of.runs === 0 ? '–' : `${formatCount(of.errors)} (${percent(of.errors / of.runs)})`,
  query: of.runs === 0 ? null : `${of.query} status:error`,
});
const money = (micros: number, query: string): Cell => ({
  text: formatMoney(micros),
  query: micros === 0 ? null : query,
});
const perRun = ({ costPerRunMicros, query }: VersionFigures): Cell =>
  costPerRunMicros === null ? none : { text: formatMoney(costPerRunMicros), query };
const passed = ({ evals }: VersionFigures): Cell =>
  evals.count === 0
    ? none
    : {
        text: `${formatCount(evals.passed)} of ${formatCount(evals.count)} (${percent(evals.passed / evals.count)})`,
        query: null,
      };
const mean = ({ evals }: VersionFigures): Cell =>
  evals.mean === null ? none : { text: evals.mean.toFixed(2), query: null };

const percent = (share: number): string => `${(share * 100).toFixed(1)}\u00A0%`;
const sign = (value: number): string => (value > 0 ? '+' : value < 0 ? '\u2212' : '');
const signed = (value: number, digits: number): string => `${sign(value)}${Math.abs(value).toFixed(digits)}`;
const signedCount = (value: number): string => `${sign(value)}${formatCount(Math.abs(value))}`;
const signedMoney = (micros: number): string => `${sign(micros)}${formatMoney(Math.abs(micros))}`;

function shareChange(a: number, ofA: number, b: number, ofB: number): string {
  if (ofA === 0 || ofB === 0) return '';
  return `${signed((b / ofB - a / ofA) * 100, 1)} points`;
}

/** Why two counts are too few to compare, or null. */
function fewWords(what: string, least: number, a: number, b: number): string | null {
  if (a === 0 && b === 0) return `no ${what} under either`;
  return Math.min(a, b) < least ? `too few to tell: it takes ${least} ${what}s on both sides` : null;
}

/** Whether two shares differ by more than chance would give, in words. */
function shareWords(a: number, ofA: number, b: number, ofB: number, what: 'errors' | 'passed'): string {
  const all = (a + b) / (ofA + ofB);
  const error = Math.sqrt(all * (1 - all) * (1 / ofA + 1 / ofB));
  const by = b / ofB - a / ofA;
  if (error === 0 || Math.abs(by) < CLEAR * error) return 'no more than chance would give';
  if (what === 'errors')
    return by > 0 ? 'more errors than chance would give' : 'fewer errors than chance would give';
  return by > 0 ? 'more passed than chance would give' : 'fewer passed than chance would give';
}

function ratioWords(a: number | null, b: number | null): string {
  if (a === null || b === null || a === 0 || a === b) return '';
  const by = Math.abs(b / a - 1) * 100;
  const words = by >= 10 ? by.toFixed(0) : by.toFixed(1);
  return b > a ? `${words} % dearer` : `${words} % cheaper`;
}

/** Texts that differ between two versions, the first one first. */
export function changedTexts(
  a: PersonaVersion,
  b: PersonaVersion,
): readonly { readonly path: string; readonly before: string | null; readonly after: string | null }[] {
  const before = new Map(a.files.map(({ path, sha256 }) => [path, sha256]));
  const after = new Map(b.files.map(({ path, sha256 }) => [path, sha256]));
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((path) => ({ path, before: before.get(path) ?? null, after: after.get(path) ?? null }))
    .filter((file) => file.before !== file.after);
}
