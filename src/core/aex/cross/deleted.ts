import type { Severity } from '../../../contract/problem.ts';
import type { ChainVerdict } from '../chain/verdict.ts';
import { NONE } from '../columns.ts';
import type { LedgerLook } from '../store.ts';
import { witness, type Board, type Draft } from './board.ts';
import { KIND, nameOf, seqAt, type Facts } from './facts.ts';
import type { StreamAlignment } from './stream.ts';
import { entriesText, kindName, shown } from './words.ts';

export function isDeleted(facts: Facts, at: number, deleted: ReadonlyMap<string, Draft>): boolean {
  const kind = facts.kind[at]!;
  if (facts.execution[at] !== NONE || kind === KIND.lifecycle || kind === KIND.other) return false;
  return deleted.has(facts.names[facts.agent[at]!]!);
}

/** What deleting an agent does: its entries lose the execution that was part of their hash (formats/aex.md §18.4). */
export function tellDeleted(
  look: LedgerLook,
  facts: Facts,
  chain: ChainVerdict,
  alignment: StreamAlignment,
  board: Board,
): Map<string, Draft> {
  const live = new Set(look.accounts().map(({ name }) => name));
  const deletions = new Map(alignment.deletions.map((one) => [one.agent, one]));
  const found = new Map<string, Draft>();
  const counts = new Map<string, { first: number; last: number; count: number }>();
  const broken = new Set(chain.breaks.filter(({ fits }) => !fits).map(({ seq }) => seq));
  let rehashed = 0;
  let firstRehashed: number | null = null;
  for (let at = 0; at < facts.count; at++) {
    if (facts.execution[at] !== NONE) continue;
    const kind = facts.kind[at]!;
    if (kind === KIND.lifecycle || kind === KIND.other) continue;
    const name = facts.names[facts.agent[at]!]!;
    const gone = facts.agent[at] !== 0 && (!live.has(name) || deletions.has(name));
    if (!gone && broken.has(seqAt(facts, at))) continue;
    const known = counts.get(name);
    const seq = seqAt(facts, at);
    if (chain.moreBreaks === 0 && !broken.has(seq)) {
      rehashed += 1;
      firstRehashed ??= at;
      continue;
    }
    if (known === undefined) counts.set(name, { first: seq, last: seq, count: 1 });
    else {
      known.count += 1;
      known.last = seq;
    }
  }
  if (firstRehashed !== null) tellRehashed(facts, firstRehashed, rehashed, board);
  for (const [name, { first, last, count }] of counts) {
    const row = deletions.get(name)?.row;
    const severity: Severity = row === undefined ? 'error' : 'warning';
    const said =
      row === undefined
        ? 'but no deletion is recorded in the older event stream'
        : `as the older event stream records (${row.timestamp ?? 'without a time'})`;
    const fate = live.has(name)
      ? `was deleted, ${said}, and made again under the same name`
      : `is not in the ledger any more, ${said}`;
    const reason =
      row === undefined
        ? 'AEX records a deletion in the same step, so the row of this agent was removed some other way.'
        : 'This is what AEX itself does when an agent is deleted, no sign of tampering.';
    const draft = board.add(`deleted:${name}`, {
      kind: 'agent-deleted',
      severity,
      seq: first,
      agent: name,
      message: `${reason} The agent ${shown(name)} ${fate}. That takes the execution out of its ${count} entries (${entriesText(first, last)}); it was part of their hashes, so these can't be recomputed any more. The links to the entries around them hold.`,
      since: first,
      sure: row === undefined ? 'likely' : 'proved',
    });
    if (row !== undefined) {
      draft.because.push(witness('stream', `row ${row.id} of events`, 'AGENT_DELETED', true));
    }
    found.set(name, draft);
    board.unknown(
      'entries-of-deleted-agent',
      `What stood in the ${count} entries of the deleted agent ${shown(name)} can't be proved: the execution that was hashed with them is gone.`,
      name,
      first,
    );
  }
  return found;
}

/** The key of that finding: part of the story of the entry that was changed, where one is found. */
export const REHASHED = 'rehashed';

/** An entry without its execution whose hash fits nevertheless: AEX hashed it with one. */
function tellRehashed(facts: Facts, at: number, count: number, board: Board): void {
  const seq = seqAt(facts, at);
  const more = count === 1 ? '' : ` So are ${count - 1} more.`;
  board.add(REHASHED, {
    kind: 'entry-replaced',
    severity: 'error',
    seq,
    agent: nameOf(facts, facts.agent[at]!),
    message: `Entry ${seq}, a ${kindName(facts.kind[at]!)}, names no execution, and its hash fits that. AEX hashes such an entry with its execution, and deleting an agent leaves the hash as it was: it was hashed anew after it lost its execution.${more} The record can't be trusted from entry ${seq} on.`,
    expected: 'an execution, or a hash that does not fit',
    found: 'no execution, and a hash that fits',
    sure: 'proved',
    because: [witness('hash', `entry ${seq}`, 'fits without an execution', false, seq)],
  });
}
