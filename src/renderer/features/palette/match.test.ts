import { describe, expect, it } from 'vitest';
import type { Command } from '../../app/commands.ts';
import { hashPrefix, matchCommands, MAX_PER_GROUP, readQuery } from './match.ts';

const command = (group: Command['group'], label: string): Command => ({
  id: label,
  group,
  label,
  run: () => undefined,
});

const ALL = [
  command('Branches', 'fork-3fa2c1d0'),
  command('Actions', 'Tag the selected call…'),
  command('Actions', 'Undo: Fork from 7d20be19…'),
  command('Actions', 'Fork from the selected call…'),
];

const labels = (input: string) =>
  matchCommands(ALL, readQuery(input)).flatMap((group) =>
    group.matches.map(({ command: entry }) => entry.label),
  );

describe('the palette', () => {
  it('lists actions first, and those that begin with the word before the others', () => {
    expect(labels('fork')).toEqual([
      'Fork from the selected call…',
      'Undo: Fork from 7d20be19…',
      'fork-3fa2c1d0',
    ]);
  });

  it('marks narrow it down', () => {
    expect(labels('>fork')).toEqual(['Fork from the selected call…', 'Undo: Fork from 7d20be19…']);
    expect(labels('@ fork')).toEqual(['fork-3fa2c1d0']);
    expect(labels('call selected tag')).toEqual(['Tag the selected call…']);
  });

  it('says how many it leaves out', () => {
    const many = Array.from({ length: MAX_PER_GROUP + 3 }, (_, index) => command('Branches', `b${index}`));
    expect(matchCommands(many, readQuery('b'))[0]?.more).toBe(3);
  });

  it('takes four digits for a hash, and fewer after #', () => {
    expect(hashPrefix(readQuery('7D20'))).toBe('7d20');
    expect(hashPrefix(readQuery('7d2'))).toBeNull();
    expect(hashPrefix(readQuery('#7'))).toBe('7');
    expect(hashPrefix(readQuery('face it'))).toBeNull();
    expect(hashPrefix(readQuery('@7d20'))).toBeNull();
  });
});
