import { expect, it } from 'vitest';
import { parseFilter } from '../../../core/graph/filter.ts';
import { filterOf } from './filter-of.ts';

const texts = (query: string) => {
  const parsed = parseFilter(filterOf(query));
  return parsed.ok ? parsed.filter.texts : null;
};

it('a query is one text as it was typed, with its quotes and backslashes', () => {
  for (const query of [
    'git fork',
    'say "hi"',
    'C:\\temp\\',
    'error',
    '#7d20',
    'http://a.example/x',
    '-tool',
  ]) {
    expect(texts(query), query).toEqual([query]);
  }
});

it('terms of the filter language stay what they are, unless they are wrong', () => {
  expect(filterOf('tool:fetch lancedb')).toBe('tool:fetch lancedb');
  expect(texts('since:never')).toEqual(['since:never']);
});
