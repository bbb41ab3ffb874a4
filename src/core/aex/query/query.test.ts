import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NUMBER_KEYS } from './numbers.ts';
import {
  formatLedgerQuery,
  LEAST_PREFIX,
  ledgerTerm,
  NAME_KEYS,
  parseLedgerQuery,
  timeTerm,
  withLedgerTerm,
  withoutLedgerTerm,
  type LedgerTerm,
} from './query.ts';
import { IS_WORDS, LEDGER_QUERY_KEYS } from './words.ts';

const value = fc.oneof(
  fc.constantFrom('a', 'late bill', 'x,y', 'say "hi"', 'back\\slash', '-minus', 'key:v', 'a..b', '>3', 'ä '),
  fc.string(),
);
const some = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.array(arbitrary, { minLength: 1, maxLength: 3 });
const range = (numbers: fc.Arbitrary<number>): fc.Arbitrary<{ from: number | null; to: number | null }> =>
  fc
    .tuple(fc.option(numbers), fc.option(numbers))
    .filter(([from, to]) => from !== null || to !== null)
    .map(([from, to]) => (from !== null && to !== null && to < from ? { from: to, to: from } : { from, to }));
const integers = fc.integer({ min: -1e15, max: 1e15 });
const numberRange = fc.oneof(
  range(integers).map(({ from, to }) => ({ from, to, over: false, under: false })),
  integers.map((from) => ({ from, to: null, over: true, under: false })),
  integers.map((to) => ({ from: null, to, over: false, under: true })),
);
const negated = fc.boolean();

const anyTerm: fc.Arbitrary<LedgerTerm> = fc.oneof(
  value.filter((text) => text !== '').map((text) => ({ kind: 'text' as const, text, negated: false })),
  fc.record({
    kind: fc.constant('is' as const),
    negated,
    any: some(fc.constantFrom(...IS_WORDS.map((word) => word.value))),
  }),
  fc
    .record({
      kind: fc.constant('outcome' as const),
      negated,
      absent: fc.boolean(),
      any: fc.array(fc.constantFrom('spent' as const, 'open' as const, 'unknown' as const), { maxLength: 2 }),
    })
    .filter(({ absent, any }) => absent || any.length > 0),
  fc.record({
    kind: fc.constant('name' as const),
    key: fc.constantFrom(...NAME_KEYS),
    negated,
    any: some(value),
  }),
  fc.record({
    kind: fc.constant('execution' as const),
    negated,
    any: some(
      fc.oneof(
        value.map((text) => ({ text, exact: true })),
        fc
          .stringMatching(/^[^\s",]+$/)
          .filter((text) => text.length >= LEAST_PREFIX)
          .map((text) => ({ text, exact: false })),
      ),
    ),
  }),
  fc.record({
    kind: fc.constant('day' as const),
    negated,
    any: some(range(fc.integer({ min: -700_000, max: 2_000_000 }))),
  }),
  fc.record({
    kind: fc.constant('at' as const),
    negated,
    any: some(range(fc.integer({ min: -6e16, max: 2e17 }).map((n) => Math.round(n / 10) + 0))),
  }),
  fc
    .record({
      kind: fc.constant('number' as const),
      key: fc.constantFrom(...NUMBER_KEYS),
      negated,
      absent: fc.boolean(),
      any: fc.array(numberRange, { maxLength: 3 }),
    })
    .filter(({ absent, any }) => absent || any.length > 0),
);

const amounts = (text: string) =>
  parseLedgerQuery(text).filter.terms.map((one) => (one.kind === 'number' ? one.any : []));

describe('a query of a ledger', () => {
  it('is read back as the filter it was written from', () => {
    fc.assert(
      fc.property(fc.array(anyTerm, { maxLength: 5 }), (terms) => {
        expect(parseLedgerQuery(formatLedgerQuery({ terms }))).toEqual({ filter: { terms }, problems: [] });
      }),
      { numRuns: 2000 },
    );
  });

  it('may be any text, and stays the same when it is written again', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^(-?[a-z]{2,9}:?["\\,.>=<µ$\d-]{0,6} ?){1,4}$/)),
        (text) => {
          const { filter } = parseLedgerQuery(text);
          expect(parseLedgerQuery(formatLedgerQuery(filter)).filter).toEqual(filter);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('takes a value as it stands', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAME_KEYS), value, (key, text) => {
        expect(parseLedgerQuery(ledgerTerm(key, text)).filter.terms).toEqual([
          { kind: 'name', key, negated: false, any: [text] },
        ]);
        expect(parseLedgerQuery(ledgerTerm('execution', text)).filter.terms).toEqual([
          { kind: 'execution', negated: false, any: [{ text, exact: true }] },
        ]);
      }),
    );
  });

  it('takes dollars and micro-dollars for the same amount', () => {
    expect(amounts('cost:>0.0015')).toEqual(amounts('cost:>1500µ'));
    expect(amounts('cost:$0.01..0.02,3u')).toEqual([
      [
        { from: 10_000, to: 20_000, over: false, under: false },
        { from: 3, to: 3, over: false, under: false },
      ],
    ]);
    expect(amounts('reserved:.5')).toEqual([[{ from: 500_000, to: 500_000, over: false, under: false }]]);
  });

  it.each([
    ['foo:bar', 'searched as text'],
    ['model:', 'needs a value'],
    ['is:funny', 'can’t be “funny”'],
    ['outcome:gone', 'no outcome'],
    ['day:yesterday', 'no day'],
    ['day:2026-06-08..2026-06-01', 'ends before it begins'],
    ['cost:much', 'no amount'],
    ['cost:0.0000001', 'no amount'],
    ['seq:9..1', 'ends before it begins'],
    ['seq:1.5', 'no number'],
    ['at:14:03', 'no time such as 2026-06-07T14:03'],
    ['since:tuesday', 'no time such as 2026-06-07T14:03'],
    ['until:2026-03-02..2026-03-03', 'takes one time'],
    ['day:""', 'is:undated'],
    ['"open', 'quotation mark'],
  ])('%s has a problem that is said', (text, message) => {
    expect(parseLedgerQuery(text).problems).toEqual([
      { term: text, message: expect.stringContaining(message) },
    ]);
  });

  it('has a stretch of time to the microsecond', () => {
    const from = Date.UTC(2026, 2, 2, 9, 0, 5) * 1000 + 7;
    expect(timeTerm(from, from + 1)).toBe('at:2026-03-02T09:00:05.000007Z..2026-03-02T09:00:05.000008Z');
    expect(parseLedgerQuery(timeTerm(from, null)).filter.terms).toEqual([
      { kind: 'at', negated: false, any: [{ from, to: null }] },
    ]);
  });

  it('has a time as long as it is written exactly, and times without an end', () => {
    const minute = Date.UTC(2026, 2, 3, 14, 3) * 1000;
    const day = Date.UTC(2026, 2, 3) * 1000;
    for (const [text, from, to] of [
      ['at:2026-03-03', day, day + 86_400e6],
      ['at:2026-03-03T14', minute - 3 * 60e6, minute + 57 * 60e6],
      ['at:2026-03-03T14:03', minute, minute + 60e6],
      ['at:"2026-03-03 14:03"', minute, minute + 60e6],
      ['at:2026-03-03T14:03:00Z', minute, minute + 1e6],
      ['at:2026-03-03T15:03:00.5+01:00', minute + 500_000, minute + 500_001],
      ['since:2026-03-03T14:03', minute, null],
      ['until:2026-03-03', null, day],
    ] as const) {
      const { filter, problems } = parseLedgerQuery(text);
      expect({ text, terms: filter.terms, problems }).toEqual({
        text,
        terms: [{ kind: 'at', negated: false, any: [{ from, to }] }],
        problems: [],
      });
      expect(parseLedgerQuery(formatLedgerQuery(filter)).filter).toEqual(filter);
    }
  });

  it('changes one term and leaves the others as they were typed', () => {
    const query = 'agent:quill  "late  bill" -model:x model:y,z cost:>0.1';
    expect(withoutLedgerTerm(query, 'model')).toBe('agent:quill "late  bill" -model:x cost:>0.1');
    expect(withLedgerTerm(query, 'model', null)).toBe('agent:quill "late  bill" -model:x cost:>0.1 model:""');
  });

  it('has only words that it understands in what it offers', () => {
    for (const { key, values } of LEDGER_QUERY_KEYS)
      for (const word of values) expect(parseLedgerQuery(`${key}:${word.value}`).problems).toEqual([]);
  });
});
