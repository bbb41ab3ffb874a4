import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../../../test/support/peers.ts';
import { openFolder } from '../folder.ts';
import type { AgentFolder } from '../folder.ts';
import { agentsRootAt } from '../root.ts';
import { readMemory } from './memory.ts';

const goldens = join(projectRoot, 'test/goldens/agents');
const expected = JSON.parse(readFileSync(join(goldens, 'fleet/expected.json'), 'utf8')) as {
  today: string;
  agents: Record<string, { memory: Record<string, unknown> }>;
};

function opened(dir: string): AgentFolder {
  const root = agentsRootAt(dir);
  if (!root.ok || root.value === null) throw new Error('no agents');
  return openFolder(root.value);
}

describe('the memory of the samples', () => {
  const fleet = opened(join(goldens, 'fleet'));
  it.each(Object.keys(expected.agents))('%s has exactly the expected counts', (agent) => {
    const { counts } = readMemory(fleet, agent, expected.today);
    expect({
      files: counts.files,
      valid: counts.valid,
      invalid: counts.invalid,
      bad_filename: counts.badFilename,
      pinned: counts.pinned,
      archived: counts.archived,
      superseded: counts.superseded,
      stale: counts.stale,
      orphans: counts.orphans,
      expired: counts.expired,
      index_dangling: counts.indexDangling,
    }).toEqual(expected.agents[agent]!.memory);
  });

  it('says that Caldwell does not load a note, and on which line why', () => {
    const folder = opened(join(goldens, 'caldwell'));
    const { notes } = readMemory(folder, 'caldwell', '2026-05-08');
    expect(notes.filter(({ loaded }) => !loaded).map(({ file }) => file)).toEqual([
      'feedback_debt_priority_order.md',
    ]);
    const note = notes.find(({ file }) => file === 'feedback_debt_priority_order.md')!;
    expect(note.why).toBe(
      'Its header is no YAML: The value of description holds an unquoted “: ”, which YAML reads as another key. Put the value in quotes.',
    );
    expect(note.findings[0]!.line).toBe(4);
  });

  it('shows notes with a broken rule as loaded, because the runtime loads them', () => {
    const notes = readMemory(fleet, 'quill', expected.today).notes;
    const of = (file: string): readonly [boolean, string | null] => {
      const note = notes.find((one) => one.file === file)!;
      return [note.loaded, note.why];
    };
    expect(of('feedback_bad_type.md')).toEqual([
      true,
      'type is “rumor”, none of user, feedback, project, decision, reference.',
    ]);
    expect(of('Not A Note Name.md')).toEqual([true, 'It has no header.']);
    expect(of('feedback_broken_header.md')[0]).toBe(false);
  });

  it('finds links, versions and the months in which notes came', () => {
    const part = readMemory(fleet, 'harbor', expected.today);
    const old = part.notes.find(({ file }) => file === 'decision_print_house.md')!;
    expect(old.flags).toContain('superseded');
    expect(old.links.every(({ path }) => path !== null)).toBe(true);
    const kept = part.notes.find(({ file }) => file === 'decision_2026_q2_print_house.md')!;
    expect(kept.versions).toEqual([
      {
        path: 'harbor/memory/.versions/decision_2026_q2_print_house/20260530T101500000000Z_464e06d5.md',
        at: '2026-05-30T10:15:00.000000Z',
        hash: '464e06d5',
        bytes: kept.versions[0]!.bytes,
      },
    ]);
    expect(part.byMonth.at(-1)!.total).toBe(15);
  });
});
