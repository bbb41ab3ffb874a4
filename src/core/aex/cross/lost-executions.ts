import type { ChainBreak } from '../chain/verdict.ts';
import { NONE } from '../columns.ts';
import { witness, type Board } from './board.ts';
import { KIND, nameOf, placeOf, SEEN, type Facts } from './facts.ts';
import { capital, entriesText, listed, shown, stepName } from './words.ts';

/** Whether an entry names no execution although AEX writes one with every entry of its type. */
export function isWithoutExecution(facts: Facts, at: number): boolean {
  const kind = facts.kind[at]!;
  return facts.execution[at] === NONE && kind !== KIND.lifecycle && kind !== KIND.other;
}

/**
 * Entries that lost their execution, and with it a part of what was hashed: the row was deleted, and SQLite took it out
 * of its entries. Those behind each other are one finding.
 */
export function tellLostExecutions(facts: Facts, lost: readonly ChainBreak[], board: Board): void {
  for (let i = 0; i < lost.length;) {
    const first = i;
    const agent = facts.agent[placeOf(facts, lost[i]!.seq)]!;
    do i += 1;
    while (
      i < lost.length &&
      lost[i]!.seq === lost[i - 1]!.seq + 1 &&
      facts.agent[placeOf(facts, lost[i]!.seq)] === agent
    );
    tellStretch(facts, lost.slice(first, i), board);
  }
}

function tellStretch(facts: Facts, lost: readonly ChainBreak[], board: Board): void {
  const places = lost.map(({ seq }) => placeOf(facts, seq));
  for (const at of places) facts.flags[at]! |= SEEN.broken;
  const [from, to] = [lost[0]!.seq, lost.at(-1)!.seq];
  const one = lost.length === 1;
  const agent = nameOf(facts, facts.agent[places[0]!]!);
  const names = listed([...new Set(places.map((at) => stepName(facts.kind[at]!)))].slice(0, 6));
  const draft = board.add(`entry:${from}`, {
    kind: 'entry-altered',
    severity: 'error',
    seq: from,
    agent,
    message: `${capital(entriesText(from, to))} of ${shown(agent)} (${names}) ${one ? 'has' : 'have'} lost ${one ? 'its' : 'their'} execution: its row was deleted, which takes its id out of its entries, and the id was part of ${one ? 'the hash' : 'their hashes'}. AEX deletes executions with their whole agent alone, and ${shown(agent)} is still there. What ${one ? 'the entry says' : 'these entries say'} can't be proved any more; those behind ${one ? 'it' : 'them'} are chained to the original.`,
    expected: 'an execution',
    found: 'none',
    sure: 'likely',
    range: { from, to },
  });
  for (const { seq } of lost.slice(0, 12)) {
    const says = 'names no execution, and its stored hash is not that of its content';
    draft.because.push(witness('hash', `entry ${seq}`, says, false, seq));
  }
}
