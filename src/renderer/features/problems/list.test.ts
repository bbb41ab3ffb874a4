import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../contract/integrity.ts';
import { keyed } from '../integrity/rows.ts';
import { problemRows, shownProblems } from './list.ts';

const finding = (change: Partial<Finding>): Finding => ({
  kind: 'node-altered',
  severity: 'error',
  hash: 'ab'.repeat(32),
  ref: null,
  message: 'altered',
  branch: null,
  tool: null,
  timeMicros: null,
  ...change,
});

const rows = problemRows(
  keyed([
    finding({ kind: 'ref-name', severity: 'notice', ref: 'Odd', hash: null }),
    finding({ tool: 'shell', branch: 'main' }),
    finding({ kind: 'head-missing', severity: 'warning', hash: null }),
  ]),
);
const kinds = (filter: string, column: 'severity' | 'title' | 'branch', down = false) =>
  shownProblems(rows, filter, { column, down }).map((row) => row.finding.kind);

describe('the list of problems', () => {
  test('sorts by severity, title and branch, both ways', () => {
    expect(kinds('', 'severity')).toEqual(['node-altered', 'head-missing', 'ref-name']);
    expect(kinds('', 'severity', true)).toEqual(['ref-name', 'head-missing', 'node-altered']);
    expect(kinds('', 'title')).toEqual(['node-altered', 'ref-name', 'head-missing']);
    expect(kinds('', 'branch')[0]).toBe('node-altered');
  });

  test('keeps what holds every word, in any letter case', () => {
    expect(kinds('SHELL main', 'severity')).toEqual(['node-altered']);
    expect(kinds('odd', 'severity')).toEqual(['ref-name']);
    expect(kinds('abab', 'severity')).toEqual(['node-altered']);
    expect(kinds('shell nowhere', 'severity')).toEqual([]);
  });
});
