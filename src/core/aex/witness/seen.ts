import type { LedgerLook } from '../store.ts';
import { compareSeen } from './compare.ts';
import { seenFacts } from './facts.ts';
import { realPath, recall } from './recall.ts';
import { rememberSeen, type Remembered } from './remember.ts';
import { WITNESS_OFF, type Seen } from './words.ts';

/** Compares a look with earlier ones, then remembers it. `dataDir` null: off. */
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
  const seen = compareSeen(recall(dataDir, realPath(look.paths.db), facts.first?.hash ?? null), facts);
  const { state, text } = seen.verdict;
  const isNew = state === 'first' || state === 'off';
  const told = afterwards(rememberSeen(dataDir, look.paths, facts), isNew, sound, dataDir);
  return told === null ? seen : { ...seen, verdict: { ...seen.verdict, text: `${text} ${told}` } };
}

/** What a person has to know of whether a look is remembered. */
function afterwards(remembered: Remembered, isNew: boolean, sound: boolean, dataDir: string): string | null {
  switch (remembered) {
    case 'kept':
      if (!isNew) return null;
      return sound
        ? 'What it is now is remembered for the next look.'
        : 'It does not add up; what it is now is remembered all the same, so that another change shows.';
    case 'empty':
      return isNew ? 'It has no entry yet by which it could be remembered.' : null;
    case 'inside':
      return `It is not remembered, for ${dataDir}, where Vekscope keeps its files, is the folder of the ledger.`;
    case 'refused':
      return null;
    case 'failed':
      return `It could not be remembered for the next look: ${dataDir} can't be written. Check its permissions and the free space.`;
  }
}
