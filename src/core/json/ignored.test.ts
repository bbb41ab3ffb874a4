import { describe, expect, it } from 'vitest';
import { isIdField, isTimeField, isTimeValue, withoutIgnored, type IgnoreRules } from './ignored.ts';
import { parseJson } from './parse.ts';
import { stringifyJson } from './pretty.ts';

function left(text: string, rules: Partial<IgnoreRules>): string {
  const parsed = parseJson(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return stringifyJson(withoutIgnored(parsed.node, { times: false, ids: false, fields: [], ...rules }));
}

const same = (a: string, b: string, rules: Partial<IgnoreRules>): boolean =>
  left(a, rules) === left(b, rules);

describe('times', () => {
  it.each([
    'time',
    'timestamp',
    'created_at',
    'createdAt',
    'Updated-At',
    'duration_ms',
    'durationMs',
    'elapsed',
    'latency_s',
    'took',
    'start_time',
    'total_time',
    'processing_time_ms',
    'total_duration',
    'seconds',
  ])('%s is one', (name) => expect(isTimeField(name)).toBe(true));

  it.each([
    'timeout',
    'timezone',
    'date',
    'format',
    'status',
    'data',
    'sometimes',
    'at_home',
    'x'.repeat(99),
  ])('%s is none', (name) => expect(isTimeField(name)).toBe(false));

  it.each([
    '2026-11-20T14:41:08Z',
    '2026-11-20T14:41:08.204113+00:00',
    '2026-11-20 14:41:08',
    '2026-11-20T14:41',
    'Fri, 20 Nov 2026 14:41:08 GMT',
  ])('%s is a moment', (text) => expect(isTimeValue(text)).toBe(true));

  it.each(['2026-11-20', 'at 2026-11-20T14:41:08Z', '14:41', '1763649668', ''])('%s is none', (text) =>
    expect(isTimeValue(text)).toBe(false),
  );

  it('are left out by name and marked by form', () => {
    expect(same('{"a":1,"ts":1}', '{"a":1}', { times: true })).toBe(true);
    expect(same('{"a":"2026-11-20T14:41:08Z"}', '{"a":"2025-01-01T00:00:00Z"}', { times: true })).toBe(true);
    expect(same('{"a":"2026-11-20T14:41:08Z"}', '{"a":null}', { times: true })).toBe(false);
    expect(same('["2026-11-20T14:41:08Z"]', '["2025-01-01T00:00:00Z"]', { times: true })).toBe(true);
    expect(same('{"date":"2026-11-20"}', '{"date":"2026-11-21"}', { times: true })).toBe(false);
  });

  it('an object that is called time is looked into', () => {
    expect(same('{"time":{"zone":"a","ts":1}}', '{"time":{"zone":"b","ts":1}}', { times: true })).toBe(false);
    expect(same('{"time":{"zone":"a","ts":1}}', '{"time":{"zone":"a","ts":2}}', { times: true })).toBe(true);
  });
});

const text = (value: string) => ({ kind: 'string', value }) as const;

describe('ids', () => {
  it('fields that name a request are ids whatever they hold', () => {
    for (const name of ['request_id', 'requestId', 'X-Request-Id', 'trace_id', 'tool_call_id', 'uuid'])
      expect(isIdField(name, text('a'))).toBe(true);
  });

  it('other ids are, where no person chose them', () => {
    expect(isIdField('id', text('chatcmpl-9xKpAbc12345def'))).toBe(true);
    expect(isIdField('id', text('toolu_01A09q90qw90lq917835lq9'))).toBe(true);
    expect(isIdField('job_id', text('3f2504e0-4f89-11d3-9a0c-0305e82c3301'))).toBe(true);
    expect(isIdField('id', text('01ARZ3NDEKTSV4RRFFQ69G5FAV'))).toBe(true);
    expect(isIdField('order_id', { kind: 'int', text: '1763649668123' })).toBe(true);
  });

  it('names of things count', () => {
    expect(isIdField('doc_id', text('brief.md'))).toBe(false);
    expect(isIdField('id', text('latency'))).toBe(false);
    expect(isIdField('id', text('customer-acceptance-criteria'))).toBe(false);
    expect(isIdField('user_id', { kind: 'int', text: '42' })).toBe(false);
    expect(isIdField('paid', text('3f2504e0-4f89-11d3-9a0c-0305e82c3301'))).toBe(false);
    expect(isIdField('request_id', { kind: 'object', entries: [] })).toBe(false);
  });

  it('a UUID is one wherever it stands, as a whole', () => {
    const [a, b] = ['3f2504e0-4f89-11d3-9a0c-0305e82c3301', '00000000-4f89-11d3-9a0c-0305e82c3301'];
    expect(same(`["${a}"]`, `["${b}"]`, { ids: true })).toBe(true);
    expect(same(`["see ${a}"]`, `["see ${b}"]`, { ids: true })).toBe(false);
  });
});

describe('fields by name', () => {
  it('are left out at any depth, by the exact name', () => {
    expect(left('{"a":{"seed":1,"b":[{"seed":2,"c":3}]},"Seed":4}', { fields: ['seed'] })).toBe(
      '{"a":{"b":[{"c":3}]},"Seed":4}',
    );
  });

  it('one that begins with an underscore or holds a dot is a name like others', () => {
    expect(left('{"__proto__":1,"a.b":2,"c":3}', { fields: ['__proto__', 'a.b'] })).toBe('{"c":3}');
  });
});

it('nothing is touched where nothing is ignored, and numbers keep their text', () => {
  const source = '{"a":1.0,"a":2,"b":[1e5,NaN]}';
  expect(left(source, {})).toBe(source);
  expect(left('{"b":[1.0,1e5,NaN],"ts":1}', { times: true })).toBe('{"b":[1.0,1e5,NaN]}');
});

it('a repeated key counts by its last value, as Python reads it', () => {
  expect(same('{"a":1,"a":2}', '{"a":2}', { times: true })).toBe(true);
});

it('what is nested without end is no danger', () => {
  const deep = '['.repeat(1900) + ']'.repeat(1900);
  expect(left(deep, { times: true, ids: true, fields: ['x'] })).toBe(deep);
});
