import { expect, it } from 'vitest';
import type { RecordRow, RunTree } from '../../../../contract/records.ts';
import { familyRows, familySize, roleOf } from './family.ts';

const row = (id: string, agent: string, more: Partial<RecordRow> = {}): RecordRow => ({
  id,
  agent,
  ts: null,
  atMicros: null,
  runId: id,
  parentRunId: null,
  trigger: 'cron',
  primitive: 'other',
  status: 'ok',
  model: null,
  summary: id,
  tool: null,
  inputTokens: 0,
  outputTokens: 0,
  costMicros: 1,
  latencyMs: null,
  costSource: null,
  marks: [],
  children: 0,
  ...more,
});
const node = (of: RecordRow, by: RunTree['by'], children: readonly RunTree[] = []): RunTree => ({
  row: of,
  by,
  children,
  costMicros: 1,
  inputTokens: 0,
  outputTokens: 0,
});

const tree = node(row('root', 'harbor'), 'root', [
  node(row('tool', 'harbor', { primitive: 'tool', trigger: 'tool_call' }), 'child'),
  node(row('mirror', 'harbor', { marks: ['mirror'], trigger: 'delegate' }), 'child', [
    node(row('own', 'quill'), 'delegated', [node(row('deep', 'quill'), 'child')]),
  ]),
]);

it('rows of a family, with places among siblings, and folded where a person wants it', () => {
  const rows = familyRows(tree, new Map());
  expect(rows.map((one) => `${one.depth} ${one.node.row.id} ${one.at}/${one.of} ${one.open}`)).toEqual([
    '1 root 1/1 true',
    '2 tool 1/2 null',
    '2 mirror 2/2 true',
    '3 own 1/1 true',
    '4 deep 1/1 null',
  ]);
  const mirror = rows[2]?.key ?? '';
  expect(familyRows(tree, new Map([[mirror, false]])).map((one) => one.node.row.id)).toEqual([
    'root',
    'tool',
    'mirror',
  ]);
});

it('a family is counted whole, and each record has a word for what it is', () => {
  expect(familySize(tree)).toEqual({ records: 5, agents: 2, delegations: 1 });
  const words = familyRows(tree, new Map()).map((one) => roleOf(one.node.row, one.node.by));
  expect(words).toEqual(['cron', 'tool', 'delegated', 'its own run', 'cron']);
});
