import { NONE } from '../columns.ts';
import { namesOf } from './beside.ts';
import { KIND, type Facts } from './facts.ts';
import type { StreamFacts } from './stream-facts.ts';
import { STATEMENT_SECONDS } from './times.ts';

/** Whether the row at a place has the number that comes next and says the same as an entry: exactly `sameAs`. */
export function plainStream(
  facts: Facts,
  rows: StreamFacts,
  words: readonly string[],
): (at: number, place: number, id: number) => boolean {
  const names = namesOf(facts, words);
  return (at, place, id) => {
    if (place >= rows.count || rows.id[place] !== id) return false;
    const kind = rows.kind[place]!;
    if (kind !== facts.kind[at] || names[rows.agent[place]!] !== facts.agent[at]) return false;
    if (Math.abs(rows.seconds[place]! - facts.seconds[at]!) > STATEMENT_SECONDS) return false;
    const first = rows.first[place]!;
    switch (kind) {
      case KIND.commit:
        return first === facts.amount[at] && names[rows.text[place]!] === facts.model[facts.side[at]!];
      case KIND.deny:
        return first === facts.estimated[at] && rows.second[place] === facts.amount[at];
      case KIND.tool:
        return (
          first === facts.amount[at] &&
          facts.side[at] === rows.text[place] &&
          (facts.execution[at] === NONE ||
            facts.ids.isMark(facts.execution[at]!, rows.marks, rows.second[place]!))
        );
      case KIND['tool-denied']:
        return facts.side[at] === rows.text[place];
      default:
        return true;
    }
  };
}
