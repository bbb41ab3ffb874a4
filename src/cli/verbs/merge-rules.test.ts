import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failure, value } from '../../../test/support/writes.ts';
import { parseRules, ruleFrom, ruleText } from './merge-rules.ts';

describe('--documents', () => {
  it('takes call, tool, input and JSON pointers', () => {
    const rules = value(parseRules(['a=call', 'b=tool', 'c=input', 'd=/path', 'e=/repo+/a~1b+/x+y']));
    expect([...rules]).toEqual([
      ['a', { by: 'call' }],
      ['b', { by: 'tool' }],
      ['c', { by: 'input' }],
      ['d', { by: 'fields', pointers: ['/path'] }],
      ['e', { by: 'fields', pointers: ['/repo', '/a~1b', '/x+y'] }],
    ]);
  });

  it('finds the end of a name that holds the sign itself', () => {
    expect([...value(parseRules(['k=v=tool', 'x=/a=b', '工具=call']))]).toEqual([
      ['k=v', { by: 'tool' }],
      ['x', { by: 'fields', pointers: ['/a=b'] }],
      ['工具', { by: 'call' }],
    ]);
  });

  it.each([
    '',
    'edit',
    'edit=',
    '=call',
    'edit=calls',
    'edit=/',
    'edit=/a~2',
    'edit=/a+/a',
    'edit=path',
    `edit=/${'x'.repeat(1000)}`,
    `edit=${'/a+'.repeat(9)}/b`,
  ])('refuses “%s”', (word) => {
    const refused = failure(parseRules([word]));
    expect(refused.kind).toBe('bad-request');
    expect(refused.hint).toContain('For example');
  });

  it('refuses a tool twice', () => {
    expect(failure(parseRules(['a=call', 'a=tool'])).message).toContain('twice');
  });

  it('writes a rule as it is read', () => {
    const pointer = fc
      .array(fc.stringMatching(/^[a-z=.é ]{1,5}$/), { minLength: 1, maxLength: 3 })
      .map((parts) => `/${parts.join('/')}`);
    fc.assert(
      fc.property(fc.uniqueArray(pointer, { minLength: 1, maxLength: 8 }), (pointers) => {
        const rule = { by: 'fields' as const, pointers };
        expect(ruleFrom(ruleText(rule))).toEqual(rule);
      }),
    );
    for (const by of ['call', 'tool', 'input'] as const) expect(ruleFrom(ruleText({ by }))).toEqual({ by });
  });
});
