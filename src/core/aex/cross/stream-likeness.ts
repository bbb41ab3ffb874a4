import { NONE } from '../columns.ts';
import { metadataOf } from './bodies.ts';
import { KIND, nameOf, type Facts } from './facts.ts';
import { textMark } from './id-table.ts';
import { ACTIONS } from './stream-facts.ts';
import type { StreamRow } from './stream-rows.ts';
import { secondsOf, STATEMENT_SECONDS } from './times.ts';

const TWINNED = new Set(ACTIONS.values());

/** Rows and entries that are looked at on either side to find where both go on together. */
export const WINDOW = 48;
/** `missing`: numbers that are left out before it. */
export type Twin = { readonly row: StreamRow; readonly kind: number; readonly missing: number };

export function nextTwinned(facts: Facts, from: number): number {
  let at = from;
  while (at < facts.count && !TWINNED.has(facts.kind[at]!)) at += 1;
  return at;
}

/** Missing rows whose entries are looked past. */
const MOST_MISSING = 3_000;

/**
 * How many rows and entries to skip so that the next pair fits best; ties go to the fewest skipped. Entries of rows whose
 * numbers are missing cost nothing.
 */
export function together(facts: Facts, at: number, ahead: readonly Twin[]): readonly [number, number] {
  const missing = Math.min(ahead[0]?.missing ?? 0, MOST_MISSING);
  const places = [at];
  while (places.length < WINDOW + missing) {
    const next = nextTwinned(facts, places[places.length - 1]! + 1);
    if (next >= facts.count) break;
    places.push(next);
  }
  let best: readonly [number, number] = [ahead.length, places.length];
  let bestCost = Infinity;
  for (let rows = 0; rows < ahead.length && rows < bestCost; rows++) {
    for (let entries = 0; entries < places.length; entries++) {
      // refusals and deletions have a row and no entry
      const skipped = entries <= missing ? (missing - entries) * 0.05 : entries - missing;
      if (entries > missing && rows + skipped >= bestCost) break;
      const likeness = likenessOf(facts, places[entries]!, ahead[rows]!);
      if (likeness < 2) continue;
      const behind = ahead[rows + 1];
      const next = places[entries + 1];
      const goesOn = behind === undefined || next === undefined || likenessOf(facts, next, behind) === 3;
      const cost = rows + skipped + (3 - likeness) * 0.9 + (goesOn ? 0 : 0.6);
      if (cost < bestCost) {
        bestCost = cost;
        best = [rows, entries];
      }
    }
  }
  return best;
}

/** 0 to 3: how much of agent, figures and time agrees; −1: another kind. */
function likenessOf(facts: Facts, at: number, twin: Twin): number {
  if (facts.kind[at] !== twin.kind) return -1;
  const seconds = secondsOf(twin.row.timestamp);
  const near = seconds !== null && Math.abs(seconds - facts.seconds[at]!) <= STATEMENT_SECONDS;
  const agent = isOf(facts, at, twin.row);
  return (agent ? 1 : 0) + (near ? 1 : 0) + (sameFigures(facts, at, twin.row) ? 1 : 0);
}

export function sameAs(facts: Facts, at: number, row: StreamRow): boolean {
  const seconds = secondsOf(row.timestamp);
  return (
    seconds !== null &&
    Math.abs(seconds - facts.seconds[at]!) <= STATEMENT_SECONDS &&
    isOf(facts, at, row) &&
    sameFigures(facts, at, row)
  );
}

/** Whether a row names the agent of an entry, by any name that is known of it. */
export function isOf(facts: Facts, at: number, { agent }: StreamRow): boolean {
  return (agent === null ? 0 : (facts.numbers.get(agent) ?? -1)) === facts.agent[at];
}

function sameFigures(facts: Facts, at: number, row: StreamRow): boolean {
  const kind = facts.kind[at]!;
  if (kind === KIND.commit) {
    return row.cost === facts.amount[at] && row.metadata === nameOf(facts, facts.model[facts.side[at]!]!);
  }
  if (row.cost !== 0) return false;
  const said = metadataOf(row.metadata);
  if (said === null) return false;
  if (kind === KIND.deny) {
    return (
      said.get('estimated_micro') === facts.estimated[at] && said.get('remaining_micro') === facts.amount[at]
    );
  }
  if (kind === KIND.lifecycle) {
    const transition = facts.transitions[facts.side[at]!]!;
    return (
      said.get('from') === transition.from &&
      said.get('to') === transition.to &&
      (said.get('reason') ?? null) === transition.reason
    );
  }
  if (kind === KIND.tool) {
    const id = said.get('execution_id');
    return (
      said.get('cost_micro') === facts.amount[at] &&
      typeof id === 'string' &&
      // deleting an agent takes the execution out of its entries and leaves these rows as they are
      (facts.execution[at] === NONE || facts.ids.find(id) === facts.execution[at]) &&
      facts.side[at] === textMark(String(said.get('tool_name')))
    );
  }
  if (kind === KIND['tool-denied']) return facts.side[at] === textMark(String(said.get('error')));
  return true;
}
