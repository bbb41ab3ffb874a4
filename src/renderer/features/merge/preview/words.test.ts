import { describe, expect, test } from 'vitest';
import type { MergePreview, ToolRule } from '../../../../contract/merge.ts';
import { documentsWords, ruleText, withField } from './rule-words.ts';
import {
  actionWords,
  baseWords,
  blockedWords,
  movesOf,
  splitWords,
  verdictOf,
  verdictWords,
} from './words.ts';

const rule = (more: Partial<ToolRule> = {}): ToolRule => ({
  tool: 'write_file',
  rule: { by: 'fields', pointers: ['/path'] },
  reason: 'naming',
  confirmed: true,
  candidates: ['/path', '/text'],
  documents: 3,
  conflicts: 1,
  ...more,
});

const base = { role: 'parent', present: true, tool: 't', timestamp: null, summary: null } as const;

const preview = (more: Partial<MergePreview> = {}): MergePreview => ({
  merge: 'm',
  into: { name: 'main', tip: 'a'.repeat(64), colour: 1, head: true, calls: 5 },
  from: { name: 'side', tip: 'b'.repeat(64), colour: 2, head: false, calls: 1 },
  already: false,
  unrelated: false,
  bases: [{ ...base, hash: 'c'.repeat(64) }],
  documents: { ours: 1, theirs: 1, same: 0, merged: 0, conflicted: 0 },
  conflicts: 0,
  rules: [rule()],
  notes: [],
  progress: null,
  blocked: null,
  ...more,
});

describe('what a preview comes down to', () => {
  test('nothing to merge comes before all else', () => {
    const already = preview({ already: true, conflicts: 2, rules: [rule({ confirmed: false })] });
    expect(verdictOf(already)).toBe('already');
    expect(verdictWords(already, 'main', 'side')).toMatch(/main has every call of side already/);
    expect(blockedWords(already)).toBeNull();
  });

  test('an assumption comes before conflicts and choices, and blocks both ways on', () => {
    const open = { rules: [rule(), rule({ tool: 'search', confirmed: false, reason: 'assumed' })] };
    expect(verdictOf(preview({ ...open, conflicts: 4 }))).toBe('confirm');
    expect(verdictOf(preview({ ...open, progress: { settled: 1, open: 0 } }))).toBe('confirm');
    expect(blockedWords(preview(open))).toBe('Confirm the assumption first.');
    expect(actionWords(preview({ ...open, conflicts: 4 }))).toBe('Resolve 4 conflicts');
    expect(verdictWords(preview(open), 'main', 'side')).toMatch(/of 1 tool is assumed/);
  });

  test('counts are words, one is no plural', () => {
    expect(verdictWords(preview({ conflicts: 1 }), 'main', 'side')).toMatch(/^1 conflict needs you\./);
    expect(verdictWords(preview({ conflicts: 1284 }), 'main', 'side')).toMatch(/^1,284 conflicts need you\./);
    expect(actionWords(preview({ conflicts: 9 }))).toBe('Resolve 9 conflicts');
  });

  test('what was begun goes on', () => {
    const begun = preview({ conflicts: 9, progress: { settled: 6, open: 3 } });
    expect(actionWords(begun)).toBe('Go on: 3 open');
    expect(verdictWords(begun, 'main', 'side')).toMatch(/6 of 9 conflicts settled, 3 open/);
    const settled = preview({ conflicts: 9, progress: { settled: 9, open: 0 } });
    expect(actionWords(settled)).toBe('Go on');
  });

  test('only a commit is blocked by what forbids writing; choices can be made', () => {
    expect(blockedWords(preview({ blocked: 'The file can’t be written.' }))).toBe(
      'The file can’t be written.',
    );
    expect(blockedWords(preview({ conflicts: 2, blocked: 'The file can’t be written.' }))).toBeNull();
  });
});

describe('where the branches stand', () => {
  test('one common call, several, none', () => {
    expect(splitWords(preview(), 'main', 'side')).toBe(
      'Common call cccccccc. 5 calls only on main, 1 call only on side.',
    );
    const bases = [
      { ...base, hash: 'd'.repeat(64) },
      { ...base, hash: 'e'.repeat(64) },
    ];
    expect(baseWords({ bases, unrelated: false })).toBe('2 common calls: dddddddd, eeeeeeee.');
    expect(baseWords({ bases: [], unrelated: true })).toBe('No common call.');
  });

  test('a branch that moved is named with both places', () => {
    const before = preview();
    const after = preview({ from: { ...before.from, tip: 'f'.repeat(64) } });
    expect(movesOf(before, before)).toEqual([]);
    expect(movesOf(before, after)).toEqual([{ name: 'side', before: 'b'.repeat(64), after: 'f'.repeat(64) }]);
  });
});

describe('what counts as one document', () => {
  test('words of every rule', () => {
    expect(ruleText({ by: 'call' })).toBe('every call is its own document');
    expect(ruleText({ by: 'tool' })).toBe('the tool is one document');
    expect(ruleText({ by: 'input' })).toBe('every input is its own document');
    expect(ruleText({ by: 'fields', pointers: ['/doc_id', '/section'] })).toBe(
      'input fields /doc_id + /section',
    );
    expect(documentsWords(rule({ documents: 1, conflicts: 0 }))).toBe('1 document, no conflict');
  });

  test('fields are switched in the order of the input, and the last one stays', () => {
    const all = ['/a', '/b', '/c'];
    const b = withField({ by: 'call' }, '/b', true, all);
    expect(b).toEqual({ by: 'fields', pointers: ['/b'] });
    expect(withField(b!, '/a', true, all)).toEqual({ by: 'fields', pointers: ['/a', '/b'] });
    expect(withField({ by: 'fields', pointers: ['/x'] }, '/c', true, all)).toEqual({
      by: 'fields',
      pointers: ['/c', '/x'],
    });
    expect(withField(b!, '/b', false, all)).toBeNull();
  });
});
