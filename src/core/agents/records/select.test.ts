import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RECORD_SORTS, type RecordSort } from '../../../contract/records.ts';
import type { AgentMatches } from './match.ts';
import { rankOf, selectRows } from './select.ts';
import type { AgentRecords } from './table.ts';

/** Matches of agents whose columns hold these numbers. */
function matchesOf(lists: readonly (readonly number[])[]): { agents: AgentMatches[]; total: number } {
  const agents = lists.map((values) => {
    const numbers = Float64Array.from(values);
    const columns = { micros: numbers, costNanos: numbers, latencyMs: numbers, inputTokens: numbers };
    const outputTokens = new Float64Array(values.length);
    const records = { ...columns, outputTokens } as unknown as AgentRecords;
    return { records, rows: Uint32Array.from(values, (_, row) => row) };
  });
  return { agents, total: lists.reduce((sum, list) => sum + list.length, 0) };
}

function slow(lists: readonly (readonly number[])[], sort: RecordSort): { agent: number; row: number }[] {
  const sign = sort === 'oldest' ? 1 : -1;
  return lists
    .flatMap((values, agent) => values.map((value, row) => ({ agent, row, value })))
    .map(({ agent, row, value }, at) => ({ agent, row, value, at }))
    .sort((a, b) => {
      if (Number.isNaN(a.value) || Number.isNaN(b.value))
        return Number(Number.isNaN(a.value)) - Number(Number.isNaN(b.value)) || (a.at - b.at) * sign;
      return (a.value - b.value) * sign || (a.at - b.at) * sign;
    })
    .map(({ agent, row }) => ({ agent, row }));
}

const one = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(0, 0, 0, 1, 5, Number.NaN) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 1000 }) },
  { weight: 1, arbitrary: fc.constantFrom(1e15, -1e15, 1e12 + 0.5) },
);

describe('rows of an order', () => {
  it('are those of sorting everything, and each knows its place', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(one, { maxLength: 50 }), { minLength: 1, maxLength: 4 }),
        fc.nat({ max: 400 }),
        fc.constantFrom(...RECORD_SORTS),
        fc.nat(),
        (seeds, repeat, sort, seed) => {
          // long lists of few different values are where parting could go wrong
          const some = seeds.map((list) => list.filter((n) => sort !== 'tokens' || !Number.isNaN(n)));
          const lists = some.map((list) => Array.from({ length: repeat }, () => list).flat());
          const matches = matchesOf(lists);
          const wanted = slow(lists, sort);
          const start = matches.total === 0 ? 0 : seed % matches.total;
          expect(selectRows(matches, sort, start, 30)).toEqual(wanted.slice(start, start + 30));
          const place = wanted[start];
          if (place !== undefined) expect(rankOf(matches, sort, place)).toBe(start);
        },
      ),
      { numRuns: 60 },
    );
  });
});
