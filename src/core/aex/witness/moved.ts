import type { WitnessVerdict } from '../../../contract/ledger-report.ts';
import { shown } from '../cross/words.ts';
import type { SeenFacts } from './facts.ts';
import { fateOf } from './fate.ts';
import type { Memory } from './memory.ts';
import { came, finding, NOT_SEEN, seenWitness, verdict, when, type Seen } from './words.ts';

/**
 * A ledger with this first entry was seen at another path, where nothing is any more: it was moved, or this is a copy of
 * it. What is not here of it is told and accuses nobody.
 */
export function tellMoved(moved: Memory, facts: SeenFacts): Seen {
  const { head, path } = moved;
  const place = `${shown(path)}, where nothing is any more`;
  const fate = fateOf(moved, facts);
  if (fate.fate === 'kept') {
    const more = facts.events - head.events;
    const text = `It was seen on ${when(head)} at ${place}. Everything that was seen then is still there${more > 0 ? `; ${came(more)} since` : ''}.`;
    return { verdict: verdict(more > 0 ? 'grown' : 'same', head, text), findings: [] };
  }
  const from = fate.fate === 'shorter' ? fate.last + 1 : fate.same + 1;
  const message = `A ledger with the same beginning was seen on ${when(head)} at ${place}. It had entries up to ${head.seq}, and this one has not the same from entry ${from} on. If it is that one, moved, they are gone or changed; it may as well be an older copy.`;
  const text = `At this place it was not seen before. ${message}`;
  const known: WitnessVerdict = { ...NOT_SEEN, text };
  return {
    verdict: known,
    findings: [
      finding(
        'seen-restored',
        'notice',
        null,
        message,
        `entries up to ${head.seq}`,
        `the same up to entry ${from - 1}`,
        'possible',
        [seenWitness(head, `${head.events} entries, the last one ${head.seq}, at ${shown(path)}`)],
      ),
    ],
  };
}
