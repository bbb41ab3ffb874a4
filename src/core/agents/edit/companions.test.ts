import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../../../test/support/peers.ts';
import { openFolder, type AgentFolder } from '../folder.ts';
import { fileOf } from '../parts/read.ts';
import { agentsRootAt } from '../root.ts';
import { companionsOf } from './companions.ts';
import { indexAbout, mendIndex, problemsOf } from './fixes/memory-index.ts';
import { overlayOf } from './overlay.ts';
import type { Laid } from './overlay.ts';

const root = agentsRootAt(join(projectRoot, 'test', 'goldens', 'agents', 'fleet'));
if (!root.ok || root.value === null) throw new Error('no agents');
const fleet = openFolder(root.value);
const INDEX = 'harbor/memory/INDEX.md';

/** The sample with its index mended, in lines that end so, with words of a person in between. */
function sound(end: string): AgentFolder {
  const about = indexAbout(fleet, 'harbor');
  const text = mendIndex(fileOf(fleet, INDEX)!.text, about)!.text;
  const mine = text
    .replace('## Critical Feedback\n', '## Critical Feedback\n<!-- kept -->\n')
    .replaceAll('\n', end);
  return overlayOf(fleet, [{ path: INDEX, text: mine }]);
}

type Act = {
  readonly at: number;
  readonly act:
    'add' | 'remove' | 'rename' | 'name' | 'description' | 'type' | 'archive' | 'supersede' | 'body';
  readonly word: string;
  readonly type: string;
};
const act: fc.Arbitrary<Act> = fc.record({
  at: fc.nat(100),
  act: fc.constantFrom(
    'add',
    'remove',
    'rename',
    'name',
    'description',
    'type',
    'archive',
    'supersede',
    'body',
  ),
  word: fc.stringMatching(/^[a-z]{3,6}( [a-z—:é]{1,5})?$/),
  type: fc.constantFrom('user', 'feedback', 'project', 'decision', 'reference'),
});

/** The edits of a person who changes notes so. */
function editsFor(folder: AgentFolder, acts: readonly Act[]): readonly Laid[] {
  const notes = [...indexAbout(folder, 'harbor').notes.values()].filter(({ rule }) => rule === null);
  const edits = new Map<string, string | null>();
  for (const { at, act: does, word, type } of acts) {
    const path = `harbor/memory/project_${word.replaceAll(/[^a-z]/g, '_')}.md`;
    if (does === 'add') {
      if (fileOf(folder, path) === null) edits.set(path, note(word, type));
      continue;
    }
    const one = notes[at % Math.max(1, notes.length)];
    if (one === undefined || edits.has(one.file.path)) continue;
    const text = one.file.text ?? '';
    const set = (key: string, value: string): string => {
      const rows = text.split('\n').filter((row) => !row.startsWith(`${key}:`));
      return [rows[0], `${key}: ${value}`, ...rows.slice(1)].join('\n');
    };
    if (does === 'remove') edits.set(one.file.path, null);
    else if (does === 'rename') {
      if (fileOf(folder, path) !== null || edits.has(path)) continue;
      edits.set(one.file.path, null).set(path, text);
    } else if (does === 'archive') edits.set(one.file.path, set('archived', String(at % 2 === 0)));
    else if (does === 'supersede')
      edits.set(one.file.path, set('superseded_by', at % 2 === 0 ? 'other.md' : 'null'));
    else if (does === 'body') edits.set(one.file.path, `${text}${word}\n`);
    else edits.set(one.file.path, set(does, does === 'type' ? type : JSON.stringify(word)));
  }
  const all = Array.from(edits, ([path, text]) => ({ path, text }));
  return all.filter(({ path, text }) => fileOf(folder, path)?.text !== text);
}

function note(word: string, type: string): string {
  return `---\nschema_version: 1\nname: ${JSON.stringify(word)}\ndescription: ${JSON.stringify(`all of ${word}`)}\ntype: ${type}\ncaptured: 2026-06-01\nlast_seen: 2026-06-01\nsources: [x]\nconfidence: high\n---\n\nx\n`;
}

const linked = (says: string): string =>
  note('linked', 'project').replace('all of linked', `see [the list](${says}.md), then act`);
const indexOf = (folder: AgentFolder, edits: readonly Laid[]) => {
  const { last, warnings } = companionsOf(folder, overlayOf(folder, edits), edits, null, 0);
  return { text: last[0]?.text ?? null, warnings };
};
const rowOf = (says: string): string =>
  `- [linked](project_linked.md) — see [the list](${says}.md), then act\n`;

describe('the index of a memory', () => {
  it('keeps the line of a note whose description holds a link', () => {
    const path = 'harbor/memory/project_linked.md';
    const before = sound('\n');
    const first = indexOf(before, [{ path, text: linked('one') }]);
    expect(first.text).toContain(rowOf('one'));
    const there = overlayOf(before, [
      { path, text: linked('one') },
      { path: INDEX, text: first.text! },
    ]);
    expect(indexOf(there, [{ path, text: linked('two') }])).toEqual({
      text: first.text!.replace(rowOf('one'), rowOf('two')),
      warnings: [],
    });
    expect(indexOf(there, [{ path, text: null }])).toEqual({
      text: fileOf(before, INDEX)!.text,
      warnings: [],
    });
    const renamed = 'harbor/memory/project_other.md';
    expect(
      indexOf(there, [
        { path, text: null },
        { path: renamed, text: linked('one') },
      ]).text,
    ).toBe(first.text!.replace('(project_linked.md)', '(project_other.md)'));
  });

  it.each([
    '# Memory Index',
    '# Memory Index\n\n## Active Projects',
    '# Memory Index\n\n## Reference\n- [x](x.md)',
  ])('keeps the missing end of its last line, as in %j', (text) => {
    const folder = overlayOf(sound('\n'), [{ path: INDEX, text }]);
    const edits = [{ path: 'harbor/memory/project_a.md', text: note('a', 'project') }];
    expect(indexOf(folder, edits).text).toMatch(/^# Memory Index\n[^]*- \[a\]\(project_a\.md\) — all of a$/);
  });

  it('finds the line of a note however its link is written', () => {
    const text = '# Memory Index\n\n## Active Projects\n* [a](./project_a.md): all of a\n';
    const folder = overlayOf(sound('\n'), [{ path: INDEX, text }]);
    const edits = [{ path: 'harbor/memory/project_a.md', text: note('a', 'project') }];
    expect(indexOf(folder, edits).text).toBeNull();
  });

  it('says so when a line that several notes share keeps a former name', () => {
    const row = '- [All](project_a.md), [too](project_b.md)\n';
    const a = 'harbor/memory/project_a.md';
    const base = overlayOf(sound('\n'), [
      { path: a, text: note('a', 'project') },
      { path: INDEX, text: `# Memory Index\n\n## Active Projects\n${row}` },
    ]);
    const edits = [
      { path: a, text: null },
      { path: 'harbor/memory/project_c.md', text: note('a', 'project') },
    ];
    const { last, warnings } = companionsOf(base, overlayOf(base, edits), edits, null, 0);
    expect(last[0]!.text).toContain(row);
    expect(warnings).toEqual(['memory/INDEX.md still names project_a.md, on a line with other links.']);
  });

  it.each([
    ['brackets', '['.repeat(200_000)],
    ['links without an end', '[a]('.repeat(100_000)],
    ['one note again and again', '- [A](a.md) — x\n'.repeat(20_000)],
  ])('is read in no time where it is nothing but %s', (_, text) => {
    const folder = overlayOf(fleet, [{ path: INDEX, text }]);
    const edits = [{ path: 'harbor/memory/a.md', text: note('a', 'project') }];
    companionsOf(folder, overlayOf(folder, edits), edits, null, 0);
    problemsOf(text, indexAbout(folder, 'harbor'));
  });

  it('stays right through whatever a person does to notes, and keeps all other lines', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(act, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
        fc.constantFrom('\n', '\r\n'),
        (steps, end) => {
          let folder = sound(end);
          expect(problemsOf(fileOf(folder, INDEX)!.text!, indexAbout(folder, 'harbor'))).toEqual([]);
          for (const acts of steps) {
            const edits = editsFor(folder, acts);
            const { first, last, warnings } = companionsOf(
              folder,
              overlayOf(folder, edits),
              edits,
              null,
              1e15,
            );
            expect(warnings).toEqual([]);
            const changed = edits.filter(({ path }) => fileOf(folder, path) !== null);
            expect(first.map(({ text }) => text)).toEqual(
              changed.map(({ path }) => fileOf(folder, path)!.text),
            );
            const before = fileOf(folder, INDEX)!.text!;
            folder = overlayOf(folder, [...edits, ...last]);
            const after = fileOf(folder, INDEX)!.text!;
            expect(problemsOf(after, indexAbout(folder, 'harbor'))).toEqual([]);
            const others = (text: string): readonly string[] =>
              text
                .split(end)
                .filter((row) => !row.startsWith('- [') && row !== '' && !row.startsWith('## Archive'));
            const kept = others(before);
            expect(others(after).filter((row) => kept.includes(row))).toEqual(kept);
            expect(after.replaceAll(end, '')).not.toMatch(/[\r\n]/);
          }
        },
      ),
    );
  });
});
