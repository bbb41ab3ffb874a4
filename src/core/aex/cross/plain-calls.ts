import { NONE } from '../columns.ts';
import { namesOf } from './beside.ts';
import type { CallContext, RouteSeen } from './call.ts';
import { SHAPE, type CallFacts } from './call-columns.ts';
import { ENDPOINT_LIST } from './call-facts.ts';
import { KIND } from './facts.ts';
import { LOCK_SECONDS } from './times.ts';

/** Numbers of names fit below this, where a route's and a model's are put into one. */
const MOST_NAMES = 2 ** 20;

/**
 * Says of one execution after the other whether nothing in it differs from its entries, by its columns alone: exactly
 * where `checkCall` would find nothing to tell. Counts it then.
 */
export function plainCalls(
  context: CallContext,
  rows: CallFacts,
  idOf: (rowid: number) => string,
): (i: number) => boolean {
  const { facts, calls, alignment, prices, counts, routes } = context;
  const { words } = context.beside;
  const names = namesOf(facts, words);
  const { differing } = alignment;
  const { kind, seconds, estimated, amount, side, agent, model, prompt, completion } = facts;
  const seen = new Map<number, RouteSeen | null>();
  const isTool = toolModels(facts.names);
  let hint = 0;

  const settledAsStored = (i: number, n: number, end: number, shape: number): boolean => {
    if (calls.dispatch[n] === NONE || rows.actual[i] !== amount[end]) return false;
    const at = side[end]!;
    const cost = amount[end]!;
    const tool = calls.tool[n]!;
    if (tool !== NONE && kind[tool] === KIND.tool && amount[tool] !== cost) return false;
    const its = model[at]!;
    if (!prices.agrees(its, prompt[at]!, completion[at]!, cost)) return false;
    if ((shape & SHAPE.tool) !== 0) {
      if (its === 0 || names[rows.route[i]!] !== its || prompt[at] !== 0 || completion[at] !== 0)
        return false;
      counts.policies += 1;
    } else {
      if (rows.first[i] !== prompt[at] || rows.second[i] !== completion[at] || isTool(its)) return false;
      if (its >= MOST_NAMES) return false;
      if ((shape & SHAPE.plainPolicy) !== 0) counts.policies += 1;
      if (its !== 0) noteRoute(i, its, end);
    }
    counts.bodies += 1;
    return true;
  };
  const noteRoute = (i: number, its: number, end: number): void => {
    counts.routes += 1;
    const route = rows.route[i]!;
    const key = route * MOST_NAMES + its;
    let one = seen.get(key);
    if (one === undefined) {
      const hash = words[Math.floor(route / 8)]!;
      one = routes.note(ENDPOINT_LIST[route % 8]!, its, hash, idOf(rows.rowid[i]!), end);
      seen.set(key, one);
    } else if (one !== null) one.count += 1;
  };

  return (i) => {
    const shape = rows.shape[i]!;
    if (shape === SHAPE.odd) return false;
    const n = facts.ids.findMark(rows.marks, i * 4, hint);
    if (n === NONE || n >= calls.count) return false;
    hint = n + 1;
    const reserve = calls.reserve[n]!;
    const end = calls.end[n]!;
    if (end === NONE) return false;
    const dispatch = calls.dispatch[n]!;
    const tool = calls.tool[n]!;
    const its = names[rows.agent[i]!]!;
    if (agent[end] !== its || (dispatch !== NONE && agent[dispatch] !== its)) return false;
    if (tool !== NONE && agent[tool] !== its) return false;
    if (differing.size > 0 && (differing.has(end) || (tool !== NONE && differing.has(tool)))) return false;
    if (Math.abs(seconds[end]! - rows.terminal[i]!) > LOCK_SECONDS) return false;
    const how = shape & SHAPE.ends;
    const endKind = kind[end]!;
    if (how === SHAPE.deny) {
      if (endKind !== KIND.deny || reserve !== NONE) return false;
      if (Math.abs(seconds[end]! - rows.created[i]!) > LOCK_SECONDS) return false;
      if (rows.estimated[i] !== estimated[end] || rows.actual[i] !== amount[end]) return false;
      if ((shape & SHAPE.plainPolicy) !== 0) counts.policies += 1;
    } else {
      if (reserve === NONE || agent[reserve] !== its) return false;
      const first = estimated[reserve]!;
      if (estimated[end] !== first || rows.estimated[i] !== first) return false;
      if (kind[reserve] !== KIND.reserve || side[reserve] !== rows.expiry[i]) return false;
      if (Math.abs(seconds[reserve]! - rows.created[i]!) > LOCK_SECONDS) return false;
      if (how === SHAPE.commit) {
        if (endKind !== KIND.commit || !settledAsStored(i, n, end, shape)) return false;
      } else {
        if (endKind !== KIND.release || side[end] !== rows.first[i]) return false;
        if ((shape & SHAPE.plainPolicy) !== 0) counts.policies += 1;
      }
      counts.reservations += 1;
    }
    counts.rows += 1;
    calls.found[n] = 1;
    return true;
  };
}

/** Whether the model of a number is a tool. */
function toolModels(names: readonly string[]): (number: number) => boolean {
  const known: boolean[] = [];
  return (number) => (known[number] ??= number !== 0 && names[number]!.startsWith('tool:'));
}
