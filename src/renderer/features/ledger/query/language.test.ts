import { describe, expect, it } from 'vitest';
import { parseLedgerQuery } from '../../../../core/aex/query/query.ts';
import { FIRST_LOOK } from '../../../state/ledgers.ts';
import { chipText, ledgerLanguage, suggestionsAt } from './language.ts';
import { viewOf } from './view.ts';

const VALUES = {
  agent: [
    { value: 'late bill', query: '', entries: 3, spentMicro: 0 },
    { value: 'harbor', query: '', entries: 1, spentMicro: 0 },
  ],
  model: [{ value: 'gpt-5', query: '', entries: 7, spentMicro: 0 }],
};

describe('suggestions for a query of entries', () => {
  it('offers keys, then words, then values that entries have', () => {
    expect(suggestionsAt('', 0, VALUES)[0]?.term).toBe('agent:');
    expect(suggestionsAt('is:ov', 5, VALUES).map(({ term }) => term)).toEqual(['is:overrun']);
    expect(suggestionsAt('agent:bill', 10, VALUES).map(({ term }) => term)).toEqual(['agent:"late bill"']);
    expect(suggestionsAt('gp', 2, VALUES).map(({ term }) => term)).toEqual(['model:gpt-5']);
    expect(suggestionsAt('-over', 5, VALUES).map(({ term }) => term)).toEqual(['-is:overrun']);
  });

  it('offers nothing that the language does not understand', () => {
    const all = ['', 'a', 'is:', '-', 'type:', 'outcome:', 'cost:', 'model:', 'day:'].flatMap((text) =>
      suggestionsAt(text, text.length, VALUES).filter(({ done }) => done),
    );
    expect(all.length).toBeGreaterThan(20);
    for (const { term } of all) expect(parseLedgerQuery(term).problems).toEqual([]);
  });

  it('says what is wrong with a term', () => {
    expect(ledgerLanguage(VALUES).errors(['is:funny', 'is:overrun'])).toEqual([
      expect.stringContaining('funny'),
      null,
    ]);
  });

  it('shortens a hash on its chip', () => {
    expect(chipText(`execution:"${'ab'.repeat(32)}"`)).toEqual({ key: 'execution', value: 'abababab' });
    expect(chipText('-is:open')).toEqual({ key: 'is not', value: 'open' });
  });
});

describe('what the statement asks for', () => {
  it('is the query within the time of the chart, without groups where none are shown', () => {
    const look = { ...FIRST_LOOK, query: 'is:overrun', open: ['e1'], range: { from: 0.5, to: 1e6 } };
    const view = viewOf(look);
    expect(view.query).toMatch(/^is:overrun at:/);
    expect(parseLedgerQuery(view.query).filter.terms[1]).toMatchObject({ any: [{ from: 0, to: 1e6 }] });
    expect(view.open).toEqual([]);
    expect(viewOf({ ...look, sort: 'odd' }).days).toBe(false);
    expect(viewOf({ ...look, group: 'executions' }).open).toEqual(['e1']);
  });
});
