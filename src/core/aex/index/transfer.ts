import { TextPool, type PoolData } from '../../columns/text-pool.ts';
import type { LedgerColumns, LedgerIndex } from '../columns.ts';
import { factsOf, indexOf, type IndexFacts } from './read.ts';

/** An index as plain values and shared blocks: a thread hands it over without a copy. */
export type PlainIndex = {
  readonly facts: IndexFacts;
  readonly columns: Omit<LedgerColumns, 'texts' | 'executions'>;
  readonly texts: PoolData;
  readonly executions: Omit<LedgerColumns['executions'], 'ids'>;
  readonly ids: PoolData;
};

const poolData = ({ bytes, starts, size, upper, wide }: TextPool): PoolData => ({
  bytes,
  starts,
  size,
  upper,
  wide,
});

export function toPlainIndex({ columns }: LedgerIndex): PlainIndex {
  const facts = factsOf(columns);
  if (facts === null) throw new Error('Only an index that was read from a store can be handed over.');
  const { texts, executions, ...arrays } = columns;
  const { ids, ...numbers } = executions;
  return { facts, columns: arrays, texts: poolData(texts), executions: numbers, ids: poolData(ids) };
}

export function fromPlainIndex({ facts, columns, texts, executions, ids }: PlainIndex): LedgerIndex {
  return indexOf(
    { ...columns, texts: new TextPool(texts), executions: { ...executions, ids: new TextPool(ids) } },
    facts,
  );
}
