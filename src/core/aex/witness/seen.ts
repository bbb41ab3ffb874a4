import type { LedgerLook } from '../store.ts';
import { compareSeen, WITNESS_OFF } from './compare.ts';
import { seenFacts } from './facts.ts';
import { rememberSeen, type Remembered } from './remember.ts';
import type { Seen } from './words.ts';

/** Compares a look with earlier ones, then remembers it. */
export function lookBack(
  look: LedgerLook,
  {
    dataDir,
    nowMicros,
    endMicros = nowMicros,
    sinceMicros = Infinity,
    sound,
  }: {
    readonly dataDir: string | null;
    readonly nowMicros: number;
    readonly endMicros?: number;
    readonly sinceMicros?: number;
    readonly sound: boolean;
  },
): Seen {
  if (dataDir === null) return { verdict: WITNESS_OFF, findings: [] };
  if (look.how.salvaged) {
    const text = 'The file is damaged, so it was not compared with what was seen earlier.';
    return { verdict: { ...WITNESS_OFF, text }, findings: [] };
  }
  const facts = seenFacts(look, { sound, nowMicros, endMicros, sinceMicros });
  const seen = compareSeen(dataDir, look.paths, facts);
  const { state, text } = seen.verdict;
  const told = afterwards(rememberSeen(dataDir, look.paths, facts), state === 'first', dataDir);
  return told === null ? seen : { ...seen, verdict: { ...seen.verdict, text: `${text} ${told}` } };
}

/** What a person has to know of whether a look is remembered. */
function afterwards(remembered: Remembered, isFirst: boolean, dataDir: string): string | null {
  switch (remembered) {
    case 'kept':
      return isFirst ? 'What it is now is remembered for the next look.' : null;
    case 'unsound':
      return isFirst ? 'It does not add up, so what it is now is not remembered.' : null;
    case 'empty':
      return 'It has no entry yet by which it could be remembered.';
    case 'inside':
      return `It is not remembered, for ${dataDir}, where Vekscope keeps its files, lies in the folder of the ledger.`;
    case 'refused':
      return null;
    case 'failed':
      return `It could not be remembered for the next look: ${dataDir} can't be written. Check its permissions and the free space.`;
  }
}
