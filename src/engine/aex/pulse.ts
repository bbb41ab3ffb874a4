import type { LedgerOverview } from '../../contract/ledger.ts';
import { microsOf } from './row.ts';

/** Whether entries were written within the last moments; tells when that is over. */
export type Pulse = {
  /** what the last entry is now */
  look(last: LedgerOverview['last']): void;
  writing(): boolean;
  close(): void;
};

/** A new last entry counts, and one whose own time is that recent. */
export function createPulse(lastsMs: number, over: () => void): Pulse {
  let known: number | null = null;
  let until = 0;
  let timer: NodeJS.Timeout | null = null;
  return {
    look(last) {
      if (last === null || last.seq === known) return;
      const first = known === null;
      const age = Date.now() - (microsOf(last.ts) ?? 0) / 1000;
      known = last.seq;
      if (first && (age < 0 || age > lastsMs)) return;
      const left = first ? lastsMs - age : lastsMs;
      until = Date.now() + left;
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(() => {
        timer = null;
        over();
      }, left + 10);
      timer.unref();
    },
    writing: () => Date.now() < until,
    close() {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
