import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  IS,
  NAME_KEYS,
  NUMBER_KEYS,
  formatQuery,
  parseQuery,
  term,
  withTerm,
  withoutTerm,
  type Term,
} from './query.ts';

const value = fc.oneof(
  fc.constantFrom(
    'a',
    'late invoice',
    'x,y',
    'say "hi"',
    'back\\slash',
    '-minus',
    'key:value',
    'a..b',
    '>3',
    'ä ',
  ),
  fc.string(),
);
const range = (arbitrary: fc.Arbitrary<number>): fc.Arbitrary<{ from: number | null; to: number | null }> =>
  fc
    .tuple(fc.option(arbitrary), fc.option(arbitrary))
    .filter(([from, to]) => from !== null || to !== null)
    .map(([from, to]) => (from !== null && to !== null && to < from ? { from: to, to: from } : { from, to }));
const some = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.array(arbitrary, { minLength: 1, maxLength: 3 });
const days = range(fc.integer({ min: -700_000, max: 2_000_000 }));
const instants = range(fc.integer({ min: -6e16, max: 2e17 }).map((n) => Math.round(n / 10) + 0));
const nanos = fc.integer({ min: -1e12, max: 1e12 });
const numberRange = (numbers: fc.Arbitrary<number>) =>
  fc.oneof(
    range(numbers).map(({ from, to }) => ({ from, to, over: false, under: false })),
    numbers.map((from) => ({ from, to: null, over: true, under: false })),
    numbers.map((to) => ({ from: null, to, over: false, under: true })),
  );

const anyTerm: fc.Arbitrary<Term> = fc.oneof(
  value.filter((text) => text !== '').map((text) => ({ kind: 'text' as const, text, negated: false })),
  fc.record({ kind: fc.constant('is' as const), negated: fc.boolean(), any: some(fc.constantFrom(...IS)) }),
  fc.record({
    kind: fc.constant('name' as const),
    key: fc.constantFrom(...NAME_KEYS),
    negated: fc.boolean(),
    any: some(value),
  }),
  fc.record({
    kind: fc.constant('day' as const),
    key: fc.constantFrom('day' as const, 'file' as const),
    negated: fc.boolean(),
    any: some(days),
  }),
  fc.record({
    kind: fc.constant('month' as const),
    negated: fc.boolean(),
    any: some(range(fc.integer({ min: 12, max: 99_999 }))),
  }),
  fc.record({ kind: fc.constant('at' as const), negated: fc.boolean(), any: some(instants) }),
  fc
    .record({
      kind: fc.constant('number' as const),
      key: fc.constantFrom(...NUMBER_KEYS),
      negated: fc.boolean(),
      absent: fc.boolean(),
      any: fc.array(numberRange(nanos), { maxLength: 3 }),
    })
    .filter(({ absent, any }) => absent || any.length > 0),
);

describe('a query', () => {
  it('is read back as the filter it was written from', () => {
    fc.assert(
      fc.property(fc.array(anyTerm, { maxLength: 5 }), (terms) => {
        const text = formatQuery({ terms });
        expect(parseQuery(text)).toEqual({ filter: { terms }, problems: [] });
      }),
      { numRuns: 2000 },
    );
  });

  it('may be any text, and stays the same when it is written again', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^(-?[a-z]{2,6}:?["\\,.>=<\d-]{0,6} ?){1,4}$/)),
        (text) => {
          const { filter } = parseQuery(text);
          expect(parseQuery(formatQuery(filter)).filter).toEqual(filter);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('takes a value as it stands', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAME_KEYS), value, (key, text) => {
        expect(parseQuery(term(key, text)).filter.terms).toEqual([
          { kind: 'name', key, negated: false, any: [text] },
        ]);
      }),
    );
  });

  it.each([
    ['foo:bar', 'searched as text'],
    ['model:', 'needs a value'],
    ['is:funny', 'can’t be “funny”'],
    ['day:yesterday', 'no day'],
    ['day:2026-02-30', 'no day'],
    ['day:2026-06-08..2026-06-01', 'ends before it begins'],
    ['month:2026-13', 'no month'],
    ['cost:much', 'no amount'],
    ['at:14:03', 'no time such as 2026-06-07T14:03'],
    ['"open', 'quotation mark'],
  ])('%s has a problem that is said', (text, message) => {
    expect(parseQuery(text).problems).toEqual([{ term: text, message: expect.stringContaining(message) }]);
  });

  it('changes one term and leaves the others as they were typed', () => {
    const query = 'agent:quill  "late  invoice" -model:x model:y,z cost:>0.1';
    expect(withoutTerm(query, 'model')).toBe('agent:quill "late  invoice" -model:x cost:>0.1');
    expect(withTerm(query, 'model', 'n a')).toBe(
      'agent:quill "late  invoice" -model:x cost:>0.1 model:"n a"',
    );
    expect(withTerm('"open', 'model', null)).toBe('"open" model:""');
  });
});
