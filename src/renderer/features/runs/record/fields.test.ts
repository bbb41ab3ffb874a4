import { expect, it } from 'vitest';
import { fieldName, otherFields, prettyLine } from './fields.ts';

it('other fields are single values that the facts do not say, with their numbers as they stand', () => {
  const line =
    '{"ts":"x","cost_usd":0.1,"cache_hit_tokens":1200,"fallback":true,"reserved_usd":0.100000,"tool_calls":[{}]}';
  expect(otherFields(line)).toEqual([
    { key: 'cache_hit_tokens', text: '1,200' },
    { key: 'fallback', text: 'yes' },
    { key: 'reserved_usd', text: '0.100000' },
  ]);
  expect(otherFields('[1]')).toEqual([]);
  expect(otherFields('{"torn')).toEqual([]);
  expect(fieldName('cache_hit_tokens')).toBe('cache hit tokens');
});

it('a line that is no JSON stays as it is', () => {
  expect(prettyLine('{"a":1.50}')).toBe('{\n  "a": 1.50\n}');
  expect(prettyLine('{"torn')).toBe('{"torn');
});
