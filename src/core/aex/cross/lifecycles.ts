import type { AccountRow } from '../rows.ts';
import type { AgentContext } from './agents.ts';
import { metadataOf } from './bodies.ts';
import { addWitness, witness } from './board.ts';
import { KIND, seqAt } from './facts.ts';
import { shown } from './words.ts';

/** Changes of state form a chain, end in the state of the row, and allow every request between them. */
export function checkLifecycles(context: AgentContext, accounts: readonly AccountRow[]): void {
  const { facts, board, from, look } = context;
  const state = new Map<number, { state: string; reason: string | null; at: number }>();
  let checked = 0;
  for (let at = 0; at < facts.count; at++) {
    const kind = facts.kind[at]!;
    const agent = facts.agent[at]!;
    if (kind === KIND.lifecycle) {
      if (at < (from.get(agent) ?? 0)) continue;
      const transition = facts.transitions[facts.side[at]!]!;
      const before = state.get(agent)?.state ?? 'READY';
      checked += 1;
      if (transition.from !== before) tellTransition(context, at, before, transition.from);
      state.set(agent, { state: transition.to ?? '', reason: transition.reason, at });
    } else if ((kind === KIND.reserve || kind === KIND.deny) && state.size > 0) {
      const known = state.get(agent);
      if (known !== undefined && known.state !== 'READY' && at >= (from.get(agent) ?? 0)) {
        const seq = seqAt(facts, at);
        const story = board.get(`entry:${seqAt(facts, known.at)}`);
        state.set(agent, { ...known, state: 'READY' });
        if (story?.severity === 'error') {
          const said = `a request of ${shown(facts.names[agent]!)}, which would have been ${shown(known.state)}`;
          addWitness(story, witness('entry', `entry ${seq}`, said, false, seq));
          continue;
        }
        board.add(`entry:${seq}`, {
          kind: 'lifecycle-differs',
          severity: 'error',
          seq,
          agent: facts.names[agent]!,
          message: `Entry ${seq} is a request of ${shown(facts.names[agent]!)}, which was ${shown(known.state)} since entry ${seqAt(facts, known.at)}. AEX admits requests of agents that are READY only: a change of state is missing or was changed.`,
          expected: 'READY',
          found: known.state,
          because: [
            witness(
              'entry',
              `entry ${seqAt(facts, known.at)}`,
              `state ${shown(known.state)}`,
              true,
              seqAt(facts, known.at),
            ),
          ],
        });
      }
    }
  }
  if (!look.has('agents', 'lifecycle_state')) return;
  for (const account of accounts) {
    const number = facts.numbers.get(account.name) ?? -1;
    const known = state.get(number);
    const wanted = known?.state ?? 'READY';
    const reason = known?.reason ?? null;
    if (
      account.lifecycleState === wanted &&
      (account.lifecycleReason === reason || !look.has('agents', 'lifecycle_reason'))
    )
      continue;
    const seq = known === undefined ? null : seqAt(facts, known.at);
    const open = seq === null ? undefined : board.get(`entry:${seq}`);
    const found = `${account.lifecycleState ?? 'none'}${account.lifecycleReason === null ? '' : ` (${shown(account.lifecycleReason)})`}`;
    if (open !== undefined) {
      addWitness(open, witness('counter', `the row of ${shown(account.name)}`, found, false));
      continue;
    }
    board.add(`lifecycle:${account.name}`, {
      kind: 'lifecycle-differs',
      severity: 'error',
      agent: account.name,
      message: `The row of ${shown(account.name)} says ${found}; ${seq === null ? 'no change of state was ever recorded' : `its last change of state, entry ${seq}, led to ${wanted}${reason === null ? '' : ` (${shown(reason)})`}`}. The row was changed without AEX.`,
      expected: `${wanted}${reason === null ? '' : ` (${shown(reason)})`}`,
      found,
      since: seq,
      because: seq === null ? [] : [witness('entry', `entry ${seq}`, `to ${wanted}`, true, seq)],
    });
  }
  if (checked > 0)
    board.sound(
      'lifecycle',
      'Changes of state follow each other and end in the state of the agents.',
      checked,
    );
}

function tellTransition(context: AgentContext, at: number, before: string, from: string | null): void {
  const { facts, board, gaps } = context;
  const seq = seqAt(facts, at);
  const name = facts.names[facts.agent[at]!]!;
  const gap = gaps.find((one) => one.from <= seq);
  if (gap !== undefined && (gap.to ?? Infinity) - gap.from > gap.inserted) {
    addWitness(
      gap.draft,
      witness(
        'entry',
        `entry ${seq}`,
        `begins at ${shown(from)}, the last known state is ${shown(before)}`,
        true,
        seq,
      ),
    );
    return;
  }
  const lost = context.alignment.extra.find(
    ({ row }) =>
      row.action === 'AGENT_STATE' &&
      row.agent === name &&
      metadataOf(row.metadata)?.get('to') === from &&
      board.get(`stream:${row.id}`) !== undefined,
  );
  if (lost !== undefined) {
    const draft = board.get(`stream:${lost.row.id}`)!;
    const place = Math.min(lost.before, at);
    draft.kind = 'entry-missing';
    draft.seq = seqAt(facts, place);
    draft.since = draft.seq;
    draft.message = `A change of state of ${shown(name)} to ${shown(from)} is missing: it was removed, and what stood behind it was numbered and hashed anew, so that the chain shows nothing. Row ${lost.row.id} of the older event stream still has it, and entry ${seq} begins at ${shown(from)}. By that row it stood at about entry ${draft.seq}. The hashes prove nothing from there on.`;
    draft.expected = `a change of state to ${shown(from)}`;
    draft.found = 'nothing';
    addWitness(draft, witness('entry', `entry ${seq}`, `from ${shown(from)}`, true, seq));
    return;
  }
  board.add(`entry:${seq}`, {
    kind: 'lifecycle-differs',
    severity: 'error',
    seq,
    agent: name,
    message: `Entry ${seq} changes ${shown(name)} from ${shown(from)}, but it was ${shown(before)}. A change of state before it is missing, or belongs to another agent.`,
    expected: before,
    found: from ?? 'none',
    because: [witness('entry', `entry ${seq}`, `from ${shown(from)}`, false, seq)],
  });
}
