/** An entry whose stored hash is not that of its content, or that does not name the entry before it. */
export type ChainBreak = {
  readonly seq: number;
  /** the entry that stands before it; null: it is the first */
  readonly before: number | null;
  /** the stored hash of that entry, `GENESIS` for the first */
  readonly beforeHash: string;
  readonly storedPrev: string;
  readonly storedHash: string;
  /** recomputed from the stored content behind the stored predecessor; null: it holds what has no hash (NULL, bytes) */
  readonly ownHash: string | null;
  /** `ownHash` is the stored hash */
  readonly fits: boolean;
  /** the stored predecessor is `beforeHash` */
  readonly linked: boolean;
  /** partition of the chain (2.1 only); null: the one chain of 2.0 */
  readonly partition: string | null;
};

/** What a walk along the chain gives, with the original's text (formats/aex.md §4). */
export type ChainVerdict = {
  readonly ok: boolean;
  readonly detail: string;
  /** the first entry that fails; null: none */
  readonly seq: number | null;
  readonly events: number;
  /** by seq, the first `limits.ledgerBreaks` */
  readonly breaks: readonly ChainBreak[];
  readonly moreBreaks: number;
  /** the last entry as stored; null: there is none */
  readonly head: { readonly seq: number; readonly hash: string } | null;
};

/** What the entries of one agent add up to. Numbers are exact up to 2^53, beyond they are BigInt. */
export type ReplayedAgent = {
  readonly name: string;
  readonly spentMicro: number | bigint;
  readonly reservedMicro: number | bigint;
};

/** What the replay of balances gives, with the original's text (formats/aex.md §7). */
export type ReplayVerdict = {
  readonly ok: boolean;
  readonly detail: string;
  /** every agent that the entries name, also deleted ones */
  readonly agents: ReadonlyMap<string, ReplayedAgent>;
  /** agents of the database whose live counters are not what was replayed; also beyond the ten of the text */
  readonly mismatches: readonly BalanceMismatch[];
  /** entries whose payload the original could not read: it fails there, and they count as nothing here. The first ones. */
  readonly unreadable: readonly number[];
  readonly moreUnreadable: number;
};

export type BalanceMismatch = {
  readonly agent: string;
  readonly counter: 'spent' | 'reserved';
  readonly replayedMicro: number | bigint;
  readonly liveMicro: number | bigint;
};
