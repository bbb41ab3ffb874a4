import { expect, test } from 'vitest';
import { parseFilter } from '../../../../core/graph/filter.ts';
import { suggestionsAt, withSuggestion, type FilterNames } from './suggest.ts';

const names: FilterNames = {
  tools: ['fetch', 'fetch_page', 'search', 'my tool', 'web.fetch'],
  branches: [
    { name: 'main', colour: 1 },
    { name: 'retry cheaper', colour: 2 },
  ],
  marks: ['tag/v1', 'checkpoint/before merge'],
};
const terms = (text: string, caret = text.length) =>
  suggestionsAt(text, caret, names).map(({ term }) => term);

test('keys for an empty field and for the beginning of one', () => {
  expect(terms('')).toEqual(['tool:', '-tool:', 'branch:', 'since:', 'until:', 'error', 'hash:']);
  expect(terms('s')).toEqual(['since:']);
  expect(terms('-')).toEqual(['-tool:', '-branch:', '-error', '-"']);
  expect(terms('-er')).toEqual(['-error']);
  expect(terms('-branch:retr')).toEqual(['-branch:"retry cheaper"']);
  expect(terms('slow er')[0]).toBe('error');
});

test('names by their beginning first; a word finds tools and branches too', () => {
  expect(terms('tool:fe')).toEqual(['tool:=fetch', 'tool:fetch_page', 'tool:web.fetch']);
  expect(terms('-tool:search,my')).toEqual(['-tool:search,"my tool"']);
  expect(terms('fet')).toEqual(['tool:=fetch', 'tool:fetch_page', 'tool:web.fetch']);
  expect(terms('retr')).toEqual(['branch:"retry cheaper"']);
  expect(terms('branch:')).toEqual([
    'branch:main',
    'branch:"retry cheaper"',
    'branch:tag/v1',
    'branch:"checkpoint/before merge"',
  ]);
  expect(terms('branch:"retry c')).toEqual(['branch:"retry cheaper"']);
  expect(terms('since:2')).toEqual(['since:2h', 'since:24h']);
  expect(terms('#7d')).toEqual([]);
});

test('nothing for a term that is complete, and every suggestion reads as a filter', () => {
  expect(terms('tool:search')).toEqual([]);
  expect(terms('branch:main')).toEqual([]);
  for (const text of ['tool:', 'branch:', 'since:', 'until:', 'er', 'my', 'fet']) {
    for (const { term, done } of suggestionsAt(text, text.length, names)) {
      if (done) expect(parseFilter(term).ok, term).toBe(true);
    }
  }
});

test('the term at the caret is replaced, what stands around it stays', () => {
  expect(withSuggestion('slow tool:fe now', 12, 'tool:fetch')).toEqual({
    text: 'slow tool:fetch now',
    caret: 15,
  });
  expect(withSuggestion('slow ', 5, 'tool:')).toEqual({ text: 'slow tool:', caret: 10 });
});
