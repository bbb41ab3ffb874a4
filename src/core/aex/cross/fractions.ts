import { field } from '../../json/build.ts';
import { parseJson } from '../../json/parse.ts';
import type { JsonNode } from '../../json/tree.ts';
import type { LedgerFindingKind } from '../../../contract/ledger-report.ts';
import type { StoredEntry } from '../entry.ts';
import type { LedgerLook } from '../store.ts';
import { witness, type Board } from './board.ts';
import { SEEN, seqAt, type Facts } from './facts.ts';
import { shown } from './words.ts';

/** Findings about an amount of one call, and about the sums of an agent. */
const OF_CALLS: ReadonlySet<LedgerFindingKind> = new Set([
  'amount-differs',
  'tokens-differ',
  'value-unreadable',
  'execution-differs',
  'reservation-differs',
  'stream-differs',
  'price-differs',
]);
const OF_AGENTS: ReadonlySet<LedgerFindingKind> = new Set([
  'spent-differs',
  'reserved-differs',
  'tokens-differ',
  'budget-differs',
  'rate-window-differs',
]);

/** Characters of an answer of a stream, which holds its usage alone. */
const MAX_ANSWER = 10_000;

type Fractional = { readonly first: number; count: number };

/**
 * AEX takes the tokens of a stream as the provider counts them: `12.0`, or fractions of tokens, stand as they are in the
 * entry, and fractions in all that adds them up, where its own replay leaves them out. What follows from that accuses
 * nobody. Gives the numbers of entries that are of no other form than AEX writes.
 */
export function explainFractions(look: LedgerLook, facts: Facts, board: Board): ReadonlySet<number> {
  const explained = new Set<number>();
  const agents = new Map<string, Fractional>();
  for (const { at } of facts.odd) {
    if ((facts.flags[at]! & (SEEN.broken | SEEN.rebuilt | SEEN.restored)) !== 0) continue;
    const seq = seqAt(facts, at);
    const entry = look.entry(seq);
    if (entry === null || entry.odd !== null || entry.agent === null) continue;
    const fraction = entry.type === 'usage.commit' ? streamed(look, entry) : null;
    if (fraction !== null) explained.add(seq);
    if (fraction === true) {
      const known = agents.get(entry.agent);
      if (known === undefined) agents.set(entry.agent, { first: seq, count: 1 });
      else known.count += 1;
    } else if (entry.type === 'budget.deny' && agents.has(entry.agent) && remainsFraction(entry)) {
      explained.add(seq);
    }
  }
  if (agents.size === 0) return explained;
  for (const [key, { kind, seq, agent }] of board.keyed()) {
    const ofCall = seq !== null && explained.has(seq) && OF_CALLS.has(kind);
    if (ofCall || (agent !== null && agents.has(agent) && OF_AGENTS.has(kind))) board.delete(key);
  }
  for (const [agent, one] of agents) tellFractions(board, agent, one);
  return explained;
}

function tellFractions(board: Board, agent: string, { first, count }: Fractional): void {
  const which =
    count === 1 ? `Entry ${first} settles` : `${count} entries, the first is entry ${first}, settle`;
  board.add(`fractions:${agent}`, {
    kind: 'value-unreadable',
    severity: 'warning',
    seq: first,
    agent,
    message: `${which} fractions of tokens for ${shown(agent)}: the provider of a stream counted them so, and AEX takes them as they are. Its own checks leave the fractions out and fail. The call’s own records agree; the sums of ${shown(agent)} can’t be compared exactly. No sign of tampering.`,
    since: null,
    sure: 'proved',
    because: [witness('execution', 'the stored answer of the stream', 'the same tokens', true, first)],
  });
}

/**
 * Whether a settlement has the tokens that the answer of its stream says, digit by digit, and its reservation the cost:
 * true with fractions of micro-dollars or tokens, false with whole ones that are written as floats; null: they don't agree.
 */
function streamed(look: LedgerLook, { executionId, payload }: StoredEntry): boolean | null {
  const body = executionId === null ? null : look.body(executionId, 'response', MAX_ANSWER);
  const answer = body === null || body.cut ? null : objectOf(body.text);
  const said = objectOf(payload);
  const usage = answer === null ? undefined : field(answer, 'usage');
  if (said === null || usage?.kind !== 'object' || field(answer, 'stream')?.kind !== 'bool') return null;
  let isFraction = false;
  for (const key of ['prompt_tokens', 'completion_tokens'] as const) {
    const own = digits(field(said, key));
    if (own === null || own !== digits(field(usage, key))) return null;
    if (!Number.isInteger(Number(own))) isFraction = true;
  }
  const cost = digits(field(said, 'cost_micro'));
  if (cost === null || Number(cost) !== settled(look, executionId!)) return null;
  return isFraction || !Number.isInteger(Number(cost));
}

function settled(look: LedgerLook, id: string): number | null {
  const rows = look.select('reservations', ['execution_id', 'actual_micro']);
  const stored: unknown = look.db
    .prepare<[string], unknown>(`SELECT actual_micro FROM (${rows}) WHERE execution_id = ?`)
    .pluck()
    .get(id);
  return typeof stored === 'number' ? stored : null;
}

const remainsFraction = ({ payload }: StoredEntry): boolean =>
  field(objectOf(payload), 'remaining_micro')?.kind === 'float';

function objectOf(text: string): JsonNode | null {
  const parsed = parseJson(text);
  return parsed.ok && parsed.node.kind === 'object' ? parsed.node : null;
}

function digits(node: JsonNode | undefined): string | null {
  if (node?.kind === 'bool') return node.value ? '1' : '0';
  return node?.kind === 'int' || node?.kind === 'float' ? node.text : null;
}
