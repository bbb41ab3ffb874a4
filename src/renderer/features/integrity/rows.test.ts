import { describe, expect, test } from 'vitest';
import type { Finding, FindingKind } from '../../../contract/integrity.ts';
import type { ProblemKind } from '../../../contract/problem.ts';
import { findingRows, GROUPED_FROM, keyed, partOf } from './rows.ts';

const finding = (kind: ProblemKind, hash: string): Finding => ({
  kind,
  severity: 'error',
  hash,
  ref: null,
  message: '',
  branch: null,
  tool: null,
  timeMicros: null,
});

const many = (kind: ProblemKind, count: number): Finding[] =>
  Array.from({ length: count }, (_, i) => finding(kind, `${kind} ${i}`));

const group = (kind: ProblemKind, count: number, listed = count): FindingKind => ({
  kind,
  severity: 'error',
  count,
  listed,
});

describe('the rows of findings', () => {
  test('a few stand one by one, many of a kind are one row that opens', () => {
    const findings = keyed([...many('node-altered', 2), ...many('object-altered', GROUPED_FROM)]);
    const kinds = [group('node-altered', 2), group('object-altered', GROUPED_FROM)];
    expect(findingRows({ kinds }, findings, null).map((row) => row.type)).toEqual([
      'finding',
      'finding',
      'group',
    ]);
    const open = findingRows({ kinds }, findings, 'object-altered');
    expect(open).toHaveLength(3 + GROUPED_FROM);
    expect(open[3]).toMatchObject({ type: 'finding', member: true });
    expect(new Set(open.map((row) => row.key)).size).toBe(open.length);
  });

  test('what is not listed is said to be so', () => {
    const kinds = [group('node-altered', 9000, 10)];
    const rows = findingRows({ kinds }, keyed(many('node-altered', 10)), 'node-altered');
    expect(rows.at(-1)).toMatchObject({ type: 'rest', count: 8990 });
  });

  test('findings that are alike have keys of their own', () => {
    const same = finding('duplicate-row', 'h');
    expect(keyed([same, same, same]).size).toBe(3);
  });

  test('the part before a break belongs to it by its call or its ref', () => {
    const listed = [
      { hash: 'p', tool: '', timestamp: '', calls: 3, before: 'gap' },
      { hash: 'q', tool: '', timestamp: '', calls: 2, before: 'draft' },
    ];
    const cutOff = { calls: 5, parts: 2, listed };
    expect(partOf(finding('parent-missing', 'gap'), { cutOff })?.hash).toBe('p');
    expect(partOf({ ...finding('ref-dangling', 'gap'), ref: 'draft' }, { cutOff })?.hash).toBe('q');
    expect(partOf(finding('node-altered', 'gap'), { cutOff })).toBeNull();
    expect(partOf(finding('parent-missing', 'gap'), { cutOff: null })).toBeNull();
  });
});
