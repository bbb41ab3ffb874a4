import type { FindingRef, LedgerFinding } from '../../../contract/ledger-report.ts';
import type { ProvedMoney, TimelineBuckets } from '../../../contract/ledger-timeline.ts';
import { refOf, stepAt, type Proved, type ProvedStep } from '../figures/proved.ts';
import type { LedgerFacts } from '../views/facts.ts';
import { firstAt, type TimeOrder } from './order.ts';
import type { TimeSeries } from './spans.ts';
import type { Pieces } from './stretches.ts';

/** Findings that are named one by one. */
const NAMED = 20;

type Money = { readonly all: TimeSeries; readonly facts: LedgerFacts };

/**
 * The lines by what is proved, for an agent or for all that have a budget today; null where that is what stands there. A
 * piece takes what counts after the entry of all that is last in it.
 */
export function provedMoney(
  { all, facts }: Money,
  agent: string | null,
  proved: Proved,
  pieces: Pieces,
  { unspent, available }: Pick<TimelineBuckets, 'unspent' | 'available'>,
): ProvedMoney | null {
  const by = proved.by.filter((one) => isOf(one, agent));
  if (by.length === 0) return null;
  const names = agent === null ? [...facts.budgets.keys()] : [agent];
  const steps = names.flatMap((name): (readonly ProvedStep[])[] => {
    const own = proved.steps.get(name);
    return own === undefined ? [] : [own];
  });
  let budgetMicro = 0;
  let more = 0;
  for (const name of names) {
    const stored = facts.budgets.get(name) ?? 0;
    const budget = proved.budgets.get(name) ?? stored;
    budgetMicro += budget;
    more += budget - stored;
  }
  if (steps.length === 0 && more === 0) return null;
  const made = { unspent: [...unspent], available: [...available] };
  for (let piece = 0; piece < pieces.starts.length; piece++) {
    const end = firstAt(all.drawn, pieces.ends[piece]!);
    const row = end === 0 ? -1 : (all.line ?? all.rows)[end - 1]!;
    let [spent, reserved] = [0, 0];
    for (const own of steps) {
      const step = stepAt(own, row);
      spent += step?.spent ?? 0;
      reserved += step?.reserved ?? 0;
    }
    made.unspent[piece]! += more - spent;
    made.available[piece]! += more - spent - reserved;
  }
  return {
    budgetMicro,
    fromMicros: more === 0 ? firstMoment(all, steps) : (all.drawn[0] ?? 0),
    ...made,
    by: by.slice(0, NAMED).map(refOf),
    byCount: by.length,
  };
}

/** Those that leave open what was right, for an agent or all. */
export function doubtedBy(
  proved: Proved,
  agent: string | null,
): { readonly doubted: readonly FindingRef[]; readonly doubtedCount: number } {
  const doubted = proved.doubted.filter((one) => isOf(one, agent));
  return { doubted: doubted.slice(0, NAMED).map(refOf), doubtedCount: doubted.length };
}

/** About an agent, or about nobody in particular. */
const isOf = ({ agent, gone = [] }: LedgerFinding, wanted: string | null): boolean =>
  wanted === null || agent === null || agent === wanted || gone.some((one) => one.agent === wanted);

/** Where the first step is drawn. */
function firstMoment({ rows, drawn }: TimeOrder, steps: readonly (readonly ProvedStep[])[]): number {
  const first = Math.min(...steps.map((own) => own[0]?.row ?? Infinity));
  const at = rows.findIndex((row) => row >= first);
  return drawn[Math.max(0, at)] ?? 0;
}
