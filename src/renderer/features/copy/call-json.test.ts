import { expect, test } from 'vitest';
import type { Content, NodeRecord } from '../../../contract/vek.ts';
import { callJson } from './call-json.ts';

const record: NodeRecord = {
  hash: 'a1',
  tool: 'sum "of"',
  input_hash: 'b2',
  output_hash: 'c3',
  parent_hash: null,
  timestamp: '2026-11-20T14:41:52+00:00',
  merge_parent: null,
};
const content = (part: Partial<Content>): Content => ({
  hash: 'b2',
  bytes: 9,
  form: 'json',
  text: '{\n  "x": 1.0\n}',
  cut: false,
  notes: [],
  ...part,
});

test('a call as JSON keeps the source text of numbers', () => {
  const text = callJson(record, content({}), content({ text: '12345678901234567890' }));
  expect(text).toContain('"input": {\n    "x": 1.0\n  }');
  expect(text).toContain('"output": 12345678901234567890');
  expect(JSON.parse(text)).toMatchObject({ tool: 'sum "of"', parent_hash: null, input: { x: 1 } });
});

test('what is not here as whole JSON is null, and says why', () => {
  const text = callJson(record, content({ cut: true, bytes: 5000 }), content({ form: 'missing', text: '' }));
  expect(JSON.parse(text)).toMatchObject({
    input: null,
    input_note: '5000 bytes, too large to copy here',
    output: null,
    output_note: 'the object is not in the store',
  });
});
