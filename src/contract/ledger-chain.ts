import type { LedgerFinding, LedgerFindingKind } from './ledger-report.ts';
import type { EntryKind } from './ledger.ts';

/**
 * What a stretch of the chain is, by its hashes and by everything else that was found.
 *
 * `verified`: recomputed from the first entry on, and nothing speaks against it. `follows`: a break stands before it that
 * the original content closes again, or that AEX itself made; these are proved too. `unproved`: their hashes fit, but nothing
 * shows what they are chained to. `altered`: the content does not give the stored hash. `forged`: the hash fits, but the
 * content is not what was written. `anew`: the hashes fit, which proves nothing, for they would have been made anew.
 * `missing`: not there any more. `moved`: stands in another place than the one it was chained in. `lost`: what was hashed
 * is gone with its agent, which is what AEX itself does. `broken`: does not fit, and why is not known.
 */
export const STRETCH_KINDS = [
  'verified',
  'follows',
  'unproved',
  'altered',
  'forged',
  'anew',
  'missing',
  'moved',
  'lost',
  'broken',
] as const;
export type StretchKind = (typeof STRETCH_KINDS)[number];

/** Entries in a row of which the same is so. */
export type ChainStretch = {
  readonly is: StretchKind;
  readonly from: number;
  /** the last one; `from - 1`: they stood before `from`, and the numbers were closed up */
  readonly to: number;
  /** how many there are, or were */
  readonly entries: number;
  /** the finding that says so; null: none, or it only follows from the one before */
  readonly by: LedgerFindingKind | null;
};

/** The whole chain from its first entry to its last, with what was cut off behind. */
export type ChainPicture = {
  readonly stretches: readonly ChainStretch[];
  /** stretches were put together under the worst of them, since there are more than fit */
  readonly coarse: boolean;
  /** entries of each kind, exact */
  readonly counts: Readonly<Partial<Record<StretchKind, number>>>;
};

/** An entry that is not there any more, as other records say it was. */
export type GoneEntry = {
  /** null: the numbers were closed up */
  readonly seq: number | null;
  readonly kind: EntryKind;
  readonly type: string;
  readonly executionId: string | null;
  readonly agent: string | null;
  readonly estimatedMicro: number | null;
  readonly costMicro: number | null;
  readonly model: string | null;
  /** its hash, where the chain closes again with it; null: it is not proved */
  readonly hash: string | null;
};

/** Entries that are not there any more, as one line where they stood. */
export type GoneRow = {
  readonly from: number;
  /** `from - 1`: they stood before `from`, and the numbers were closed up */
  readonly to: number;
  readonly count: number;
  /** what they were as far as that is known, the first ones */
  readonly entries: readonly GoneEntry[];
  /** the finding that tells of them */
  readonly finding: Pick<LedgerFinding, 'kind' | 'seq' | 'executionId' | 'agent' | 'expected'>;
};
