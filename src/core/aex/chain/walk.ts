import { limits } from '../../storage/limits.ts';
import { columnText } from '../entry.ts';
import type { LedgerLook } from '../store.ts';
import { chainVerdict } from './detail.ts';
import { BEFORE_FIRST, breakOf, isSound, type Before, type LinkRow } from './links.ts';
import type { ChainBreak, ChainVerdict } from './verdict.ts';

/** A walk along the chain: rows by ascending seq, then the verdict. */
export type ChainWalk = {
  row(row: LinkRow, partition: string | null): void;
  verdict(): ChainVerdict;
};

/**
 * Follows the chain row by row. With partitions (2.1) each has a chain of its own (formats/aex.md §17). Holds nothing of
 * a sound chain but its end.
 */
export function createWalk(look: LedgerLook, most: number = limits.ledgerBreaks): ChainWalk {
  const ends = new Map<string, Before>();
  const breaks: ChainBreak[] = [];
  let more = 0;
  let events = 0;
  let last: Before = BEFORE_FIRST;
  return {
    row(row, partition) {
      const before = partition === null ? last : (ends.get(partition) ?? BEFORE_FIRST);
      if (!isSound(look, row, before.hash)) {
        if (breaks.length < most) breaks.push(breakOf(look, row, before, partition));
        else more++;
      }
      events++;
      last = { seq: Number(row[0]), hash: columnText(row[5]) };
      if (partition !== null) ends.set(partition, last);
    },
    verdict: () =>
      chainVerdict(events, breaks, more, last.seq === null ? null : { seq: last.seq, hash: last.hash }),
  };
}
