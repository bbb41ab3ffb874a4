import { describe, expect, test } from 'vitest';
import type { NoteRow } from '../../../../../contract/agent-parts.ts';
import { byWorst, fits, NO_FILTER } from './flags.ts';

const note: NoteRow = {
  path: 'quill/memory/user_a.md',
  file: 'user_a.md',
  loaded: true,
  why: null,
  name: 'Reading habits',
  description: 'Reads in the morning',
  type: 'user',
  captured: null,
  lastSeen: null,
  expiresAt: null,
  confidence: null,
  provenance: null,
  pinned: true,
  archived: false,
  sources: ['conversation'],
  tags: [],
  supersedes: [],
  supersededBy: null,
  links: [],
  linkedFrom: [],
  flags: ['pinned', 'stale'],
  versions: [],
  tokens: 1,
  bytes: 4,
  findings: [],
};

describe('the filter of notes', () => {
  test('every word has to occur, in any field and in any case', () => {
    expect(fits(note, { ...NO_FILTER, text: 'MORNING conversation' })).toBe(true);
    expect(fits(note, { ...NO_FILTER, text: 'morning evening' })).toBe(false);
  });

  test('type and flag narrow it', () => {
    expect(fits(note, { ...NO_FILTER, type: 'user', flag: 'stale' })).toBe(true);
    expect(fits(note, { ...NO_FILTER, type: 'project' })).toBe(false);
    expect(fits(note, { ...NO_FILTER, flag: 'orphan' })).toBe(false);
  });

  test('what is wrong stands before what is only so', () => {
    expect(byWorst(note.flags)).toEqual(['stale', 'pinned']);
  });
});
