import { createHash } from 'node:crypto';
import type { LedgerLook } from '../store.ts';

/** What a look sees of a ledger, for comparing it with earlier looks. */
export type SeenFacts = {
  readonly events: number;
  readonly first: { readonly seq: number; readonly hash: string; readonly mark: string } | null;
  readonly head: { readonly seq: number; readonly hash: string } | null;
  /** hash and time of an entry; null: there is none of that number */
  at(seq: number): { readonly hash: string; readonly ts: string } | null;
  readonly accounts: readonly {
    readonly name: string;
    /** the name as it is kept */
    readonly key: string;
    readonly createdAt: string | null;
    readonly budgetMicro: number;
    readonly spentMicro: number;
    readonly reservedMicro: number;
  }[];
  /** chain, balances and all cross-checks hold: no finding is an error */
  readonly sound: boolean;
  /** when the look began, and now */
  readonly nowMicros: number;
  readonly endMicros: number;
  /** looks from then on are of the same opening: what they saw is not what was seen earlier */
  readonly sinceMicros: number;
};

/** What is compared and remembered of a look. */
export function seenFacts(
  look: LedgerLook,
  {
    sound,
    nowMicros,
    endMicros,
    sinceMicros,
  }: Pick<SeenFacts, 'sound' | 'nowMicros' | 'endMicros' | 'sinceMicros'>,
): SeenFacts {
  const [first] = look.entries(Number.MIN_SAFE_INTEGER, 1);
  const last = look.lastEntry();
  return {
    events: look.counts().entries,
    first:
      first === undefined
        ? null
        : {
            seq: first.seq,
            hash: bounded(first.hash),
            mark: markOf(`${first.type}\n${first.executionId ?? ''}\n${first.ts}`),
          },
    head: last === null ? null : { seq: last.seq, hash: bounded(last.hash) },
    at: (seq) => {
      const entry = look.entry(seq);
      return entry === null ? null : { hash: bounded(entry.hash), ts: entry.ts };
    },
    accounts: look.accounts().flatMap((account) =>
      account.budgetMicro === null
        ? []
        : [
            {
              name: account.name,
              key: bounded(account.name),
              createdAt: account.createdAt === null ? null : bounded(account.createdAt),
              budgetMicro: account.budgetMicro,
              spentMicro: account.spentMicro ?? 0,
              reservedMicro: account.reservedMicro ?? 0,
            },
          ],
    ),
    sound,
    nowMicros,
    endMicros,
    sinceMicros,
  };
}

/** A text as it is kept: a hash in place of one that is longer than any that AEX writes. */
const bounded = (text: string): string => (text.length <= 128 ? text : markOf(text));

const markOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);
