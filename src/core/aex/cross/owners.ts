import type { LedgerFindingKind } from '../../../contract/ledger-report.ts';
import { nameOf, SEEN, seqAt, type Facts } from './facts.ts';
import type { StreamRow } from './stream-rows.ts';
import type { Owner, Vote } from './votes.ts';
import { shortId, shown, stepName } from './words.ts';

/** An entry as the record that may be wrong. */
export function entryOwner(facts: Facts, at: number, kind: LedgerFindingKind, id: string | null): Owner {
  const seq = seqAt(facts, at);
  const hashed = kind === 'amount-differs';
  return {
    key: `entry:${seq}`,
    kind,
    seq,
    executionId: id,
    agent: nameOf(facts, facts.agent[at]!),
    name: `Entry ${seq} (${stepName(facts.kind[at]!)}${kind === 'agent-differs' ? '' : ofAgent(nameOf(facts, facts.agent[at]!), ', ')})`,
    note: hashed
      ? `Its hash fits, so it was hashed anew with everything behind it: nothing can be trusted from entry ${seq} on.`
      : `The hash does not cover this, so the chain does not notice; only entry ${seq} is affected.`,
  };
}

export function executionOwner(id: string, agent: string | null, seq: number | null): Owner {
  return {
    key: `execution:${id}`,
    kind: 'execution-differs',
    seq,
    executionId: id,
    agent,
    name: `Execution ${shortId(id)}${whose(agent, seq)}`,
    note: 'No hash covers its row; the entries are not affected.',
  };
}

export function reservationOwner(id: string, agent: string | null, seq: number | null): Owner {
  return {
    key: `reservation:${id}`,
    kind: 'reservation-differs',
    seq,
    executionId: id,
    agent,
    name: `The reservation of execution ${shortId(id)}${whose(agent, seq)}`,
    note: 'No hash covers its row; the entries are not affected.',
  };
}

export function streamOwner(row: StreamRow, id: string | null, seq: number | null): Owner {
  return {
    key: `stream:${row.id}`,
    kind: 'stream-differs',
    seq,
    executionId: id,
    agent: row.agent,
    name: `Row ${row.id} of the older event stream${whose(row.agent, seq)}`,
    note: 'No hash covers that stream; the entries are not affected.',
  };
}

const ofAgent = (agent: string | null, before: string): string =>
  agent === null ? '' : `${before}${shown(agent)}`;

/** ` (reviewer, entry 50)`: the agent and the entry that a record belongs to. */
function whose(agent: string | null, seq: number | null): string {
  const place = `${ofAgent(agent, '')}${seq === null ? '' : `${agent === null ? '' : ', '}entry ${seq}`}`;
  return place === '' ? '' : ` (${place})`;
}

/** How much an entry counts against one other record. */
export function entryWeight(facts: Facts, at: number): number {
  const flags = facts.flags[at]!;
  if ((flags & SEEN.restored) !== 0) return 3;
  if ((flags & SEEN.rebuilt) !== 0) return 0.1;
  return (flags & SEEN.broken) !== 0 ? 0.2 : 1.2;
}

export function entryVote<T>(
  facts: Facts,
  at: number,
  value: T,
  id: string | null,
  kind: LedgerFindingKind,
  weight = entryWeight(facts, at),
): Vote<T> {
  const seq = seqAt(facts, at);
  const rebuilt = (facts.flags[at]! & SEEN.rebuilt) !== 0;
  return {
    value,
    weight,
    owner: rebuilt ? null : entryOwner(facts, at, kind, id),
    witness: 'entry',
    where: rebuilt ? `what is known of entry ${seq}` : `entry ${seq}`,
    seq,
  };
}
