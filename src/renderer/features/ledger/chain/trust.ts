import type { ChainState, EntryRow } from '../../../../contract/ledger.ts';
import type { LedgerFinding } from '../../../../contract/ledger-report.ts';
import { doubtOf } from '../findings/words.ts';

/** Something in the chain that a finding explains: an entry that is gone, was replaced, or is not what was written. */
export type ChainBreak = { readonly seq: number; readonly kind: LedgerFinding['kind'] };

/** What the findings say of the chain, beyond whether its hashes fit. */
export type Trust = {
  /** from this entry on a fitting hash proves nothing, for the chain would have been made anew; null: nowhere */
  readonly doubtedFrom: number | null;
  /** in the order of entries */
  readonly breaks: readonly ChainBreak[];
  /** the first entry that was cut off at the end; null: none was, as far as is known */
  readonly tail: number | null;
};

export const SOUND: Trust = { doubtedFrom: null, breaks: [], tail: null };

const BREAKS: ReadonlySet<LedgerFinding['kind']> = new Set([
  'entry-altered',
  'entry-respelled',
  'entry-replaced',
  'entry-missing',
  'entries-reordered',
  'chain-broken',
  'agent-deleted',
]);
/** Here the hashes fit although the content does not: what follows was hashed anew. */
const HASHED_ANEW: ReadonlySet<LedgerFinding['kind']> = new Set(['amount-differs', 'seen-other']);

/** What the findings of a check say of the chain. */
export function trustOf(findings: readonly LedgerFinding[]): Trust {
  const said = findings.filter(({ severity }) => severity !== 'notice');
  const doubts = said
    .filter(({ kind }) => HASHED_ANEW.has(kind))
    .flatMap((finding) => doubtOf(finding)?.seq ?? []);
  const breaks = said
    .flatMap(({ kind, seq }) => (seq !== null && BREAKS.has(kind) ? [{ seq, kind }] : []))
    .toSorted((a, b) => a.seq - b.seq);
  const tail = said.find(({ kind }) => kind === 'tail-missing')?.seq ?? null;
  return { doubtedFrom: doubts.length === 0 ? null : Math.min(...doubts), breaks, tail };
}

/** `doubted`: its hash fits, and that proves nothing. `after-gap`: it is sound itself and names what is gone or was replaced. */
export type ShownChain = ChainState | 'doubted' | 'after-gap';

/** How far an entry is known to be what was written, by its hash and by the findings. */
export function shownChain(
  { doubtedFrom }: Trust,
  entry: Pick<EntryRow, 'seq' | 'chain' | 'finding'>,
  gap: ChainBreak | null,
): ShownChain {
  if (gap !== null) return 'after-gap';
  const fits = entry.chain === 'verified' || entry.chain === 'follows';
  return fits && doubtedFrom !== null && entry.seq >= doubtedFrom ? 'doubted' : entry.chain;
}

/** What lies before an entry whose link is broken while no finding is about the entry itself; null: nothing explains it. */
export function gapBefore(
  { breaks }: Trust,
  { seq, chain, finding }: Pick<EntryRow, 'seq' | 'chain' | 'finding'>,
): ChainBreak | null {
  if (chain !== 'broken' || finding !== null) return null;
  const before = breaks.findLast((one) => one.seq < seq);
  if (before?.kind === 'entry-missing') return before;
  return before?.kind === 'entry-replaced' && before.seq === seq - 1 ? before : null;
}
