import { expect, it } from 'vitest';
import { chipText, recordLanguage, suggestionsAt, type KnownValues } from './language.ts';

const facet = (value: string, lines = 2) => ({
  value,
  query: '',
  lines,
  inputTokens: 0,
  outputTokens: 0,
  costMicros: 0,
});
const values: KnownValues = {
  agent: [facet('harbor'), facet('quill', 1), facet('two words')],
  model: [facet('claude-haiku-4-5'), facet('claude-opus-4-7'), facet('')],
};
const terms = (text: string) => suggestionsAt(text, text.length, values).map(({ term }) => term);

it('keys, then the values that records have, with how many', () => {
  expect(terms('')[0]).toBe('agent:');
  expect(terms('mo')).toContain('model:');
  expect(terms('agent:')).toEqual(['agent:harbor', 'agent:quill', 'agent:"two words"']);
  expect(suggestionsAt('agent:qu', 8, values)[0]).toMatchObject({ term: 'agent:quill', detail: '1 record' });
  expect(terms('-model:opus')).toEqual(['-model:claude-opus-4-7']);
  expect(terms('agent:quill,har')).toEqual(['agent:quill,harbor']);
  expect(terms('is:mi')).toEqual(['is:mirror', 'is:mirror-alone', 'is:misfiled']);
  expect(terms('quil')).toEqual(['agent:quill']);
  expect(terms('-fail')).toEqual(['-is:failed']);
  expect(terms('agent:quill')).toEqual([]);
});

it('every finished suggestion is a query without a problem', () => {
  const { errors } = recordLanguage(values);
  for (const text of ['agent:', '-agent:', 'model:', 'is:', 'qui', 'opus']) {
    const done = suggestionsAt(text, text.length, values).filter((found) => found.done);
    expect(done.length).toBeGreaterThan(0);
    expect(errors(done.map(({ term }) => term)).filter((error) => error !== null)).toEqual([]);
  }
});

it('chips say it in words', () => {
  expect(chipText('agent:"two words"')).toEqual({ key: 'agent', value: 'two words' });
  expect(chipText('-is:mirror')).toEqual({ key: 'is not', value: 'mirror' });
  expect(chipText('-model:x')).toEqual({ key: 'not model', value: 'x' });
  expect(chipText('-"late invoice"')).toEqual({ key: 'not', value: 'late invoice' });
});

it('what is wrong is told for its own term', () => {
  const { errors } = recordLanguage(values);
  const [good, bad] = errors(['agent:quill', 'cost:much']);
  expect(good).toBeNull();
  expect(bad).toMatch(/\S/);
});
