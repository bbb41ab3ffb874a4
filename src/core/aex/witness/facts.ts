import { createHash } from 'node:crypto';
import type { LedgerLook } from '../store.ts';
import { maskerIn } from '../tokens.ts';

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

/** Characters of a text that is kept. */
const MOST_CHARS = 128;

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
  const masker = maskerIn(look);
  // a hash in place of what holds a secret, or is longer than any name or hash of AEX
  const kept = (text: string): string =>
    text.length <= MOST_CHARS && masker.text(text) === text ? text : markOf(text);
  const [first] = look.entries(Number.MIN_SAFE_INTEGER, 1);
  const last = look.lastEntry();
  return {
    events: look.counts().entries,
    first:
      first === undefined
        ? null
        : {
            seq: first.seq,
            hash: kept(first.hash),
            mark: markOf(`${first.type}\n${first.executionId ?? ''}\n${first.ts}`),
          },
    head: last === null ? null : { seq: last.seq, hash: kept(last.hash) },
    at: (seq) => {
      const entry = look.entry(seq);
      return entry === null ? null : { hash: kept(entry.hash), ts: entry.ts };
    },
    accounts: look.accounts().flatMap((account) =>
      account.budgetMicro === null
        ? []
        : [
            {
              name: account.name,
              key: kept(account.name),
              createdAt: account.createdAt === null ? null : kept(account.createdAt),
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

const markOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);
