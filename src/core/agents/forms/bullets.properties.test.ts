import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRoster } from '../settings/roster.ts';
import { parseTools } from '../settings/tools.ts';
import { applyEdits } from './edits.ts';
import { addRow, checkField, formOf, moveRow, removeRow, setField } from './forms.ts';

const about = { agents: [], models: [], files: [] };
const tools = { kind: 'tools', path: 'a/tools.md' } as const;
const roster = { kind: 'roster', path: 'a/roster.md' } as const;

const line = fc.constantFrom(
  '- `~/a/` — own folder',
  '-   ~/b',
  '* `~/c d/` (with a remark)',
  '  - ~/e -- nested',
  '- ~/f, and more',
  '- t__x: read_only',
  '- `u__y`: High_Risk — why',
  '- no class here',
  '- quill — drafts',
  '- sentry',
  '  goes on here',
  '',
  'Prose in between.',
  '### Deeper',
  '## Read paths',
  '## Write paths (own only)',
  '## Tool classification',
  '## Delegate to',
  '## Notes',
  '# Title',
  '-',
  '- ',
);
const text = fc
  .tuple(fc.array(line, { maxLength: 14 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
  .map(([lines, end, last]) => lines.join(end) + (last ? end : ''));
const word = fc.constantFrom(
  '~/new',
  'a b',
  'x: y',
  '- z',
  '(q)',
  'a, b',
  'n — m',
  '`t`',
  'high_risk',
  'name',
  '#1',
);

function plain(one: { readonly text: string }): string {
  return one.text;
}

/** What the runtime reads, without the lines. */
function read(source: string): unknown {
  const { readPaths, writePaths, classes } = parseTools(source);
  return {
    reads: readPaths.map(plain),
    writes: writePaths.map(plain),
    classes: classes.map((one) => [one.tool, one.class]),
    names: parseRoster(source).map((one) => one.name),
  };
}

describe('lists of Markdown', () => {
  test('rows are what the runtime reads', () => {
    fc.assert(
      fc.property(text, (source) => {
        const shown = (file: typeof tools | typeof roster, id: string): readonly unknown[] =>
          formOf(file, source, about)
            .sections.find((one) => one.id === id)!
            .table!.rows.map((row) => row.fields[0]!.value);
        const runtime = read(source) as { reads: unknown; writes: unknown; names: unknown };
        expect(shown(tools, 'read_paths')).toEqual(runtime.reads);
        expect(shown(tools, 'write_paths')).toEqual(runtime.writes);
        expect(shown(roster, 'delegate_to')).toEqual(runtime.names);
      }),
      { numRuns: 500 },
    );
  });

  test('a field that is set is read as that, and all else as before', () => {
    fc.assert(
      fc.property(text, fc.nat(), word, (source, pick, value) => {
        const fields = formOf(tools, source, about).sections.flatMap(
          (one) => one.table?.rows.flatMap((row) => row.fields) ?? [],
        );
        const field = fields[pick % Math.max(fields.length, 1)];
        if (field === undefined || checkField(field.spec, value) !== null) return;
        const made = setField(tools, source, field.path, value, about);
        if (!made.ok) {
          // a remark needs something before it
          expect(field.spec.id).toBe('note');
          return;
        }
        const after = applyEdits(source, made.value);
        const now = formOf(tools, after, about).sections.flatMap(
          (one) => one.table?.rows.flatMap((row) => row.fields) ?? [],
        );
        expect(now.find(({ path }) => path === field.path)?.value).toBe(value);
        if (field.spec.id === 'note') expect(read(after)).toEqual(read(source));
        const outside = after.split(/\r?\n/).filter((one, i) => one !== source.split(/\r?\n/)[i]);
        expect(outside.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
  });

  test('rows that are added, moved and removed come out as they should', () => {
    fc.assert(
      fc.property(
        text,
        fc.constantFrom('read_paths', 'write_paths'),
        fc.nat(),
        fc.nat(),
        (source, id, a, b) => {
          const rows = (of: string): readonly unknown[] =>
            formOf(tools, of, about)
              .sections.find((one) => one.id === id)!
              .table!.rows.map((row) => row.fields.map(({ value }) => value));
          const before = rows(source);
          const added = addRow(tools, source, id, { path: '~/new/', note: 'added' }, about);
          if (!added.ok) throw new Error(added.error.message);
          const more = applyEdits(source, added.value);
          expect(rows(more)).toEqual([...before, ['~/new/', 'added']]);
          if (before.length === 0) return;
          const [from, to] = [a % before.length, b % before.length];
          const removed = removeRow(tools, source, id, from);
          if (removed.ok) expect(rows(applyEdits(source, removed.value))).toEqual(before.toSpliced(from, 1));
          const moved = moveRow(tools, source, id, from, to);
          if (moved.ok) {
            expect(rows(applyEdits(source, moved.value))).toEqual(
              before.toSpliced(from, 1).toSpliced(to, 0, before[from]!),
            );
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
