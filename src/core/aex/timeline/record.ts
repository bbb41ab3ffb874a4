import type { ChainStretch } from '../../../contract/ledger-chain.ts';
import type { RecordState } from '../../../contract/ledger-timeline.ts';
import { stretchWeight } from '../check/stretches.ts';
import type { LedgerColumns } from '../columns.ts';

/** What is so of each entry by the last check: `codes[row]` is its place in `states`, which has the worst last. */
export type RowRecord = { readonly states: readonly RecordState[]; readonly codes: Uint8Array };

const OPEN: RecordState = { is: 'open', by: null };
/** What is not checked is worse than what is verified, and better than anything else. */
const weightOf = ({ is }: RecordState): number => (is === 'open' ? 0.5 : stretchWeight(is));
const keyOf = ({ is, by }: RecordState): string => `${is} ${by}`;

const kept = new WeakMap<
  readonly ChainStretch[],
  { readonly columns: LedgerColumns; readonly count: number; readonly record: RowRecord }
>();
const UNCHECKED: readonly ChainStretch[] = [];

/** Of every entry the stretch of the chain that it is part of; `stretches` absent: nothing was checked, or it does not count. */
export function recordOf(columns: LedgerColumns, stretches: readonly ChainStretch[] = UNCHECKED): RowRecord {
  const before = kept.get(stretches);
  if (before?.columns === columns && before.count === columns.count) return before.record;
  const there = stretches.filter(({ is, from, to }) => is !== 'missing' && to >= from);
  const states = [...new Map([OPEN, ...there].map(({ is, by }) => [keyOf({ is, by }), { is, by }])).values()]
    .toSorted((a, b) => weightOf(a) - weightOf(b))
    .slice(-255);
  const places = new Map(states.map((state, at) => [keyOf(state), at]));
  const open = places.get(keyOf(OPEN)) ?? 0;
  const codes = new Uint8Array(columns.count).fill(open);
  let at = 0;
  for (let row = 0; row < columns.count && at < there.length; row++) {
    const seq = columns.seq[row]!;
    while (at < there.length && there[at]!.to < seq) at += 1;
    const one = there[at];
    if (one !== undefined && one.from <= seq) codes[row] = places.get(keyOf(one)) ?? open;
  }
  const record = { states, codes };
  kept.set(stretches, { columns, count: columns.count, record });
  return record;
}
