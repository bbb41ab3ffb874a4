// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../contract/integrity.ts';
import type { ProblemKind } from '../../../contract/problem.ts';
import { findingActions } from './actions.ts';
import { KIND_WORDS, titleOf } from './words.ts';

const KINDS = Object.keys(KIND_WORDS) as ProblemKind[];
const hash = 'ab'.repeat(32);

function finding(kind: ProblemKind, change: Partial<Finding> = {}): Finding {
  return {
    kind,
    severity: 'error',
    hash,
    ref: null,
    message: 'It is so.',
    branch: 'main',
    tool: 'shell',
    timeMicros: 0,
    ...change,
  };
}

const bare = (kind: ProblemKind): Finding =>
  finding(kind, { hash: null, branch: null, tool: null, timeMicros: null });

const part = { hash: 'cd'.repeat(32), tool: 't', timestamp: '', calls: 312, before: hash };

describe('the words of a finding', () => {
  test.each(KINDS)('%s has a title, a place, a meaning and a ground, with and without facts', (kind) => {
    const words = KIND_WORDS[kind];
    for (const one of [
      finding(kind),
      bare(kind),
      finding(kind, { ref: 'tag/x', facts: { uses: 3, calls: [hash] } }),
    ]) {
      const texts = [titleOf(one), words.many('12'), words.where(one), words.know(one)];
      for (const scene of [{ part: null }, { part }]) texts.push(words.means(one, scene));
      for (const text of texts) {
        expect(text.replace('never as null', '')).not.toMatch(/undefined|NaN|null/);
        expect(text).not.toContain('!');
      }
      for (const text of [titleOf(one), words.means(one, { part: null }), words.know(one)]) {
        expect(text.length).toBeGreaterThan(5);
      }
    }
  });

  test('a missing call says how many calls are cut off, and on which branch', () => {
    // opening says that a parent is missing, a check which one
    const seen = finding('parent-missing');
    expect(KIND_WORDS['parent-missing'].where(seen)).toMatch(/^parent of /);
    expect(KIND_WORDS['parent-missing'].know(seen)).toContain('names a call as its parent');
    const gap = finding('parent-missing', { facts: { named: 'ef'.repeat(32) } });
    expect(KIND_WORDS['parent-missing'].means(gap, { part })).toContain(
      'The chain of main stops here. The 312 calls',
    );
    expect(KIND_WORDS['parent-missing'].means(gap, { part: { ...part, calls: 1 } })).toContain(
      'The 1 call that',
    );
    expect(KIND_WORDS['parent-missing'].where(gap)).toBe('efefefef, parent of abababab');
  });

  test('names from a store can not turn a sentence around', () => {
    const hostile = finding('ref-dangling', { ref: '\u202Egnp.exe', branch: '\u202Eniam' });
    for (const text of [
      KIND_WORDS['ref-dangling'].where(hostile),
      KIND_WORDS['ref-dangling'].know(hostile),
    ]) {
      expect(text).not.toContain('\u202E');
    }
  });
});

const scene = { source: 's', path: '/x', overview: null, part: null };

const labelsOf = (ref: string) =>
  findingActions(finding('ref-dangling', { ref }), scene).map((action) => action.label);

describe('what can be done', () => {
  test.each(KINDS)('%s offers only what is there, and always its words to copy', (kind) => {
    const labels = findingActions(finding(kind), scene).map((action) => action.label);
    expect(labels.at(-1)).toBe('Copy in words');
    expect(new Set(labels).size).toBe(labels.length);
    expect(labels.join()).not.toMatch(/import|backup/i);
  });

  test('the older part can be tagged only where there is one', () => {
    const gap = finding('parent-missing');
    const labels = (given: typeof part | null) =>
      findingActions(gap, { ...scene, part: given }).map((action) => action.label);
    expect(labels(null)).not.toContain('Tag the older part…');
    expect(labels(part)[0]).toBe('Tag the older part…');
  });

  test('a branch, a tag and a checkpoint that point nowhere', () => {
    expect(labelsOf('draft')).toContain('Remove the branch…');
    expect(labelsOf('tag/x')).toContain('Remove the tag…');
    expect(labelsOf('checkpoint/x').join()).not.toContain('Remove');
  });
});
