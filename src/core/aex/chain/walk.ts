import { limits } from '../../storage/limits.ts';
import { columnText } from '../entry.ts';
import type { LedgerLook } from '../store.ts';
import { chainVerdict } from './detail.ts';
import { BEFORE_FIRST, breakOf, hasBadText, isSound, type Before, type LinkRow } from './links.ts';
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
  const others = new Map<string, Before>();
  const breaks: ChainBreak[] = [];
  let more = 0;
  let events = 0;
  let seq: number | null = null;
  let hash = BEFORE_FIRST.hash;
  return {
    row(row, partition) {
      let beforeSeq = seq;
      let beforeHash = hash;
      if (partition !== null) {
        const before = others.get(partition) ?? BEFORE_FIRST;
        beforeSeq = before.seq;
        beforeHash = before.hash;
      }
      if (!isSound(row, beforeHash) || hasBadText(look, row)) {
        if (breaks.length < most) {
          const found = breakOf(row, { seq: beforeSeq, hash: beforeHash }, partition);
          breaks.push(found.fits && found.linked ? { ...found, ownHash: null, fits: false } : found);
        } else more++;
      }
      events++;
      seq = Number(row[0]);
      hash = columnText(row[5]);
      if (partition !== null) others.set(partition, { seq, hash });
    },
    verdict: () => chainVerdict(events, breaks, more, seq === null ? null : { seq, hash }),
  };
}
