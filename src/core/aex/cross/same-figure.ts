import { readPayload } from '../entry.ts';
import type { LedgerLook } from '../store.ts';
import { addWitness, witness, type Board } from './board.ts';
import { placeOf, type Facts } from './facts.ts';
import { settledShare, shiftOf, type Shift } from './shifts.ts';
import { amountWords } from './words.ts';

const BESIDE: ReadonlySet<string> = new Set(['reservation-differs', 'stream-differs', 'execution-differs']);
const WITNESSES = { 'reservation-differs': 'reservation', 'stream-differs': 'stream' } as const;

/**
 * A figure that was changed in an entry, and the same in other records of the call: one finding, that of the entry whose
 * hash proves it. What its agent's counters count by that is noted.
 */
export function joinSameFigure(look: LedgerLook, facts: Facts, shifts: Shift[], board: Board): void {
  for (const [key, altered] of board.keyed()) {
    if (altered.kind !== 'entry-altered' || altered.executionId === null || altered.seq === null) continue;
    const entry = look.entry(altered.seq);
    if (entry === null) continue;
    const stored = readPayload(entry.type, entry.payload);
    const figures = new Set(amountWords(stored));
    for (const [other, draft] of board.keyed()) {
      const isIts =
        BESIDE.has(draft.kind) &&
        (draft.executionId === altered.executionId ||
          (draft.executionId === null && draft.seq === altered.seq));
      if (!isIts || !(draft.found ?? '').split(', ').every((one) => figures.has(one))) continue;
      const name = /^(.*?) says /.exec(draft.message)?.[1] ?? 'another record';
      altered.message = `${altered.message} The same stands in ${name.replace(/^(?:The|Row|Execution)/, (word) => word.toLowerCase())}.`;
      const its = WITNESSES[draft.kind as keyof typeof WITNESSES] ?? 'execution';
      addWitness(altered, witness(its, name, `${draft.found}, as the entry stands now`, false));
      for (const said of draft.because) if (!said.agrees) addWitness(altered, said);
      board.delete(other);
    }
    const at = placeOf(facts, altered.seq);
    if (entry.type !== 'usage.commit' || altered.expected === null) continue;
    const truth = settledShare(facts, at);
    const share = {
      spent: (stored.cost ?? truth.spent) - truth.spent,
      reserved: 0,
      prompt: (stored.prompt ?? truth.prompt) - truth.prompt,
      completion: (stored.completion ?? truth.completion) - truth.completion,
    };
    shifts.push(shiftOf(share, 1, facts.agent[at]!, at, key));
  }
}
