import { describe, expect, it } from 'vitest';
import type { Template } from '../../../contract/drafts.ts';
import { addedPart, inSentence, listed, problemsByLabel, wanted } from './group-words.ts';

const template = (id: string, group: Template['group'], blocked: string | null = null): Template => ({
  id,
  title: `A ${id}`,
  about: 'What it is for.',
  group,
  fields: [],
  blocked,
});
const all = [
  template('goal', 'goals', 'goal.md is there already.'),
  template('goal-addressed', 'goals'),
  template('note-user', 'memory'),
  template('note-feedback', 'memory'),
  template('agent', 'agent'),
];
const ids = (templates: readonly Template[]) => templates.map(({ id }) => id);

describe('the list of templates', () => {
  it('is in the order of its groups, with what can’t be made last in each', () => {
    expect(ids(listed(all, ''))).toEqual(['agent', 'note-user', 'note-feedback', 'goal-addressed', 'goal']);
  });
  it('is narrowed by every word, in titles, groups and words', () => {
    expect(ids(listed(all, 'MEMORY feed'))).toEqual(['note-feedback']);
    expect(ids(listed(all, 'memory goal'))).toEqual([]);
  });
  it('begins with what was asked for, or the first of its kind', () => {
    expect(wanted(all, 'goal')?.id).toBe('goal');
    expect(wanted(all, 'note')?.id).toBe('note-user');
    expect(wanted(all, 'nothing')).toBeNull();
    expect(wanted(all, null)).toBeNull();
  });
});

describe('words about answers', () => {
  it('stand at their fields, the first one of each', () => {
    const problems = problemsByLabel('Title: This is needed.\nArguments: “a: b” – no.\nTitle: Other.');
    expect([...problems]).toEqual([
      ['Title', 'This is needed.'],
      ['Arguments', '“a: b” – no.'],
    ]);
  });
  it('show the section that is added', () => {
    expect(addedPart('# Mandates\r\n\r\n## a\r\n\r\nx: 1\r\n\r\n## b\r\n\r\ny: 2\r\n')).toBe(
      '## b\n\ny: 2\n',
    );
    expect(addedPart('## only\n')).toBe('## only\n');
  });
  it('put a title into a sentence', () => {
    expect(inSentence('Goal')).toBe('goal');
    expect(inSentence('MCP server')).toBe('MCP server');
  });
});
