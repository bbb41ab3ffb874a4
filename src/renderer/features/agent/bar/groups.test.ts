import { describe, expect, test } from 'vitest';
import type { PromptPiece } from '../../../../contract/prompt.ts';
import { barOf, promptGroups } from './groups.ts';

const piece = (key: string, group: PromptPiece['group'], tokens: number): PromptPiece => ({
  key,
  group,
  title: key,
  path: null,
  text: '',
  bytes: tokens * 4,
  characters: tokens * 4,
  tokens,
  share: 0,
});

describe('the groups of a prompt', () => {
  test('both indexes are one group, which stands where the first of them is sent', () => {
    const groups = promptGroups([
      piece('a', 'persona', 10),
      piece('b', 'memory-index', 5),
      piece('c', 'wiki-index', 7),
      piece('d', 'persona', 1),
    ]);
    expect(groups).toEqual([
      { id: 'persona', label: 'Persona', tokens: 11, first: 'a' },
      { id: 'indexes', label: 'Indexes', tokens: 12, first: 'b' },
    ]);
  });

  test('below the limit the bar is as long as the limit, and shows no mark', () => {
    const { widths, limitAt } = barOf({ pieces: [piece('a', 'goal', 25)], tokens: 30, limitTokens: 100 });
    expect(widths.get('goal')).toBe(25);
    expect(limitAt).toBeNull();
  });

  test('above the limit the bar is as long as the prompt, and the limit is a mark in it', () => {
    const { widths, limitAt } = barOf({ pieces: [piece('a', 'goal', 200)], tokens: 200, limitTokens: 50 });
    expect(widths.get('goal')).toBe(100);
    expect(limitAt).toBe(25);
  });
});
