import type { BurnEstimate } from '../../../contract/ledger.ts';
import type { LedgerColumns } from '../columns.ts';
import { ledgerQuery, ledgerTerm, timeTerm } from '../query/query.ts';
import { costOf, KIND } from '../views/rows.ts';
import { BLOCK_ROWS, tallyOf } from './tally.ts';

const HOUR = 3600e6;
/** The windows over which a rate is measured, shortest first. */
const WINDOWS = [HOUR, 24 * HOUR, 7 * 24 * HOUR] as const;
/** Fewer settlements say nothing about a rate. */
const LEAST_SETTLEMENTS = 3;
/** An account that began within the window is measured from its first entry on, but never over less. */
const LEAST_WINDOW = 60e6;
const HUNDRED_YEARS = 100 * 365.25 * 24 * HOUR;

type Measure = { first: number; readonly settlements: number[]; readonly spent: number[] };
const blank = (): Measure => ({ first: Number.NaN, settlements: [0, 0, 0], spent: [0, 0, 0] });

/**
 * How fast each agent spends, and (key null) all together: an estimate. It is measured over the last hour, else the last
 * day, else the last seven days before `untilMicros` (that moment included), whichever is the first with three
 * settlements; an agent without so many, or that spent nothing in them, has none. `available`: what each may still
 * spend, of all under null; it ends when it would be spent at that rate. `untilMicros`: the present, or for a ledger that
 * nothing writes any more the time of its last entry, which then has to be said.
 */
export function burnsOf(
  columns: LedgerColumns,
  untilMicros: number,
  available: ReadonlyMap<string | null, number>,
): ReadonlyMap<string | null, BurnEstimate> {
  const to = Math.floor(untilMicros) + 1;
  const found = new Map<string | null, BurnEstimate>();
  for (const [agent, measure] of measuresOf(columns, to)) {
    const at = measure.settlements.findIndex((settlements) => settlements >= LEAST_SETTLEMENTS);
    if (at === -1 || measure.spent[at]! <= 0) continue;
    const from = Math.min(Math.max(to - WINDOWS[at]!, measure.first), to - LEAST_WINDOW);
    const perMicro = measure.spent[at]! / (to - from);
    const left = available.get(agent);
    const lasts = left === undefined ? Number.POSITIVE_INFINITY : Math.max(0, left) / perMicro;
    found.set(agent, {
      microPerHour: Math.round(perMicro * HOUR),
      fromMicros: from,
      toMicros: to,
      settlements: measure.settlements[at]!,
      query: ledgerQuery(
        agent === null ? null : ledgerTerm('agent', agent),
        'is:settlement',
        timeTerm(from, to),
      ),
      exhaustedAtMicros: lasts > HUNDRED_YEARS ? null : Math.round(untilMicros + lasts),
    });
  }
  return found;
}

/**
 * Settlements and what they cost within each window before `to`, and the time of the first entry. Of the log only stretches
 * are read that have an entry within the longest window.
 */
function measuresOf(columns: LedgerColumns, to: number): ReadonlyMap<string | null, Measure> {
  const { count, agent, kind, micros, texts } = columns;
  const tally = tallyOf(columns);
  const before = (first: number): number => (first < to ? first : Number.NaN);
  const all: Measure = { ...blank(), first: before(tally.first) };
  const byId = new Map<number, Measure>();
  for (const [id, { first }] of tally.agents) byId.set(id, { ...blank(), first: before(first) });
  const from = to - WINDOWS[2];
  for (let block = 0; block < tally.latest.length; block++) {
    if (!(tally.latest[block]! >= from)) continue;
    const end = Math.min(count, (block + 1) * BLOCK_ROWS);
    for (let row = block * BLOCK_ROWS; row < end; row++) {
      const time = micros[row]!;
      if (kind[row] !== KIND.commit || !(time < to) || time < from) continue;
      const own = byId.get(agent[row]!);
      const cost = costOf(columns, row);
      for (let at = 0; at < WINDOWS.length; at++) {
        if (time < to - WINDOWS[at]!) continue;
        all.settlements[at]! += 1;
        all.spent[at]! += cost;
        if (own === undefined) continue;
        own.settlements[at]! += 1;
        own.spent[at]! += cost;
      }
    }
  }
  const measures = new Map<string | null, Measure>([[null, all]]);
  for (const [id, own] of byId) measures.set(texts.text(id)!, own);
  return measures;
}
