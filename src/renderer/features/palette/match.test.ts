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

const found = (input: string, recent: readonly string[] = []) =>
  matchCommands(ALL, readQuery(input), recent).flatMap((group) => group.matches);

describe('what fits', () => {
  it('letters that are scattered over a label are found and marked', () => {
    const [match] = found('tag slctd');
    expect(match?.command.label).toBe('Tag the selected call…');
    expect([...(match?.marks ?? [])].map((at) => match?.command.label[at]).join('')).toBe('Tagslctd');
  });

  it('a text as it was typed is marked in one piece, also where it holds blanks', () => {
    expect([...found('the selected')[0]!.marks]).toEqual(Array.from({ length: 12 }, (_, i) => 4 + i));
  });

  it('what was run lately comes first, and what is blocked last', () => {
    expect(found('', ['Fork from the selected call…'])[0]?.command.label).toBe(
      'Fork from the selected call…',
    );
    const blocked = { ...command('Actions', 'Fork'), blocked: 'not now' };
    const labelled = matchCommands([blocked, ...ALL], readQuery('')).flatMap((group) => group.matches);
    expect(labelled.map((match) => match.command.label).indexOf('Fork')).toBe(3);
  });

  it('an answer to the query is listed whatever its label says', () => {
    const answer = { ...command('Calls', 'shell ls'), answer: true };
    expect(matchCommands([answer], readQuery('needle'))[0]?.matches).toHaveLength(1);
    expect(matchCommands([answer], readQuery('>needle'))).toEqual([]);
  });
});
