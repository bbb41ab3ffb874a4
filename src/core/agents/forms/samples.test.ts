import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../../../../test/support/peers.ts';
import { openFolder } from '../folder.ts';
import { placeOf } from '../file-kind.ts';
import { agentsRootAt } from '../root.ts';
import { applyEdits } from './edits.ts';
import type { FieldSpec, FieldValue, Form, FormAbout, FormField, FormFile } from './form.ts';
import { addRow, formOf, hasForm, moveRow, removeRow, setField } from './forms.ts';

const about: FormAbout = {
  agents: ['harbor', 'quill', 'ledgerly', 'sentry'],
  models: ['claude-opus-4-8', 'gpt-5-mini'],
  files: ['user_reading_habits.md', 'project_spring_issue.md'],
};

type Sample = { readonly file: FormFile; readonly text: string };

function samples(): readonly Sample[] {
  return ['fleet', 'caldwell'].flatMap((name) => {
    const path = join(projectRoot, 'test', 'goldens', 'agents', name);
    const root = agentsRootAt(path);
    if (!root.ok || root.value === null) throw new Error(`There are no agents in ${path}`);
    const folder = openFolder(root.value);
    return readdirSync(path, { recursive: true, encoding: 'utf8' })
      .map((one) => one.replaceAll('\\', '/'))
      .filter((one) => one.endsWith('.md') && !one.includes('versions/'))
      .map((one) => ({ file: { kind: placeOf(folder, one).kind, path: one }, at: join(path, one) }))
      .filter(({ file }) => hasForm(file))
      .map(({ file, at }) => ({ file, text: readFileSync(at, 'utf8') }));
  });
}

function allFields(form: Form): readonly FormField[] {
  return form.sections.flatMap(({ fields, table }) => [
    ...fields,
    ...(table?.rows.flatMap((row) => row.fields) ?? []),
  ]);
}

/** Values of fields that take no other text. */
const special: Readonly<Record<string, readonly FieldValue[]>> = {
  env: [['KEY=$VALUE'], ['OTHER=${VALUE_2}', 'B=$C']],
  time_start: ['09:15', '17:00'],
  time_end: ['18:30', '20:00:30'],
};

/** Another value that the field takes. */
function otherValue(spec: FieldSpec, value: FieldValue, odd: boolean): FieldValue {
  const known = special[spec.id];
  if (known !== undefined) return known[odd ? 0 : 1]!;
  switch (spec.type) {
    case 'bool':
      return value !== true;
    case 'number':
    case 'money': {
      const { min = 0, max, above, whole } = spec.rules;
      if (whole === true) return min === max ? String(min) : value === '7' ? '8' : '7';
      const least = Math.max(min, above ?? 0);
      const most = max ?? least + 9;
      const made = (least + (most - least) * 0.25).toFixed(2);
      return made === value ? (least + (most - least) * 0.5).toFixed(2) : made;
    }
    case 'date':
      return value === '2027-01-02' ? '2027-01-03' : '2027-01-02';
    case 'lines':
      if (spec.rules.item === 'number') return ['0.25', '0.75'];
      if (spec.options.length > 0) return [spec.options[0]!.value];
      return [...(Array.isArray(value) ? (value as readonly string[]).slice(1) : []), 'one-more'];
    case 'choice':
    case 'agent':
    case 'file':
    case 'model':
      return spec.options.find((one) => one.value !== value)?.value ?? (spec.open ? 'another' : value);
    case 'multiline':
      if (odd && spec.rules.pattern === undefined) return 'First: line\n\nsecond — line';
      return 'another';
    case 'text':
      if (odd && spec.rules.pattern === undefined && !/word|name|id/i.test(spec.label))
        return 'Another: text # here';
      return 'another';
  }
}

/** The lines of a text that another does not have. */
function lost(before: string, after: string): readonly string[] {
  const left = after.split('\n');
  return before.split('\n').filter((line) => {
    const at = left.indexOf(line);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}

const all = samples();
/** Some of each kind, no two alike, and one of each with other line ends. */
const MOST = 3;
const once = all
  .filter(({ text, file }, i) => {
    const alike = (one: Sample): boolean => one.file.kind === file.kind && one.text.length === text.length;
    return all.findIndex(alike) === i;
  })
  .toSorted((a, b) => b.text.length - a.text.length)
  .filter(({ file }, i, sorted) => {
    return sorted.slice(0, i).filter((one) => one.file.kind === file.kind).length < MOST;
  });
const cases = [
  ...once.map(({ file, text }) => ({ name: file.path, file, text })),
  ...once
    .filter(({ file }, i) => once.findIndex((one) => one.file.kind === file.kind) === i)
    .map(({ file, text }) => ({
      name: `${file.path} with CRLF`,
      file,
      text: text.replaceAll('\n', '\r\n'),
    })),
];

describe('every field of every sample', () => {
  test('there are samples of all kinds with a form', () => {
    expect([...new Set(all.map(({ file }) => file.kind))].toSorted()).toMatchInlineSnapshot(`
      [
        "cascade",
        "eval-golden",
        "eval-judge",
        "eval-rubric",
        "goal",
        "governance",
        "judges",
        "mandates",
        "mcp",
        "memory-note",
        "model",
        "persona-link",
        "playbook",
        "policy",
        "roster",
        "skill",
        "targets",
        "tools",
        "wiki-page",
      ]
    `);
  });

  test.each(cases)('$name', ({ file, text }) => {
    const form = formOf(file, text, about);
    if (form.problem !== null) return;
    for (const field of allFields(form)) {
      const { path, spec, value, locked } = field;
      const where = `${path} of ${file.path}`;
      const set = (source: string, wanted: FieldValue): string => {
        const made = setField(file, source, path, wanted, about);
        if (!made.ok) throw new Error(`${where}: ${made.error.message}`);
        return applyEdits(source, made.value);
      };
      if (locked !== null) {
        expect(setField(file, text, path, otherValue(spec, value, false), about).ok, where).toBe(false);
        continue;
      }
      for (const odd of [true, false]) {
        const next = otherValue(spec, value, odd);
        const after = set(text, next);
        const now = allFields(formOf(file, after, about)).find((one) => one.path === path);
        expect(now?.value, where).toEqual(next);
        expect(now?.problem, where).toBeNull();
        // only lines of this field are another
        const held = Array.isArray(value) ? value.length : 1;
        const broad = spec.type === 'multiline' || spec.id === 'fallback' ? 40 : held + 1;
        expect(lost(text, after).length, `${where}\n${after}`).toBeLessThanOrEqual(broad);
        if (text.includes('\r')) expect(after.replaceAll('\r\n', ''), where).not.toMatch(/[\r\n]/);
        if (field.problem !== null || (spec.required && !field.present)) continue;
        const restored = set(after, field.present ? value : null);
        const again = allFields(formOf(file, restored, about)).find((one) => one.path === path);
        expect(again?.value, where).toEqual(value);
        expect(lost(text, restored).length, where).toBeLessThanOrEqual(field.present ? broad : 0);
        const exact = !odd && field.present && spec.type !== 'multiline' && spec.type !== 'lines';
        if (exact && spec.id !== 'fallback') expect(restored, where).toBe(text);
      }
    }
  });

  test.each(cases)('rows of $name', ({ file, text }) => {
    const form = formOf(file, text, about);
    for (const { id, table } of form.sections) {
      if (table === null) continue;
      const values = Object.fromEntries(
        table.specs.map((spec): [string, FieldValue] => [
          spec.id,
          spec.required ? otherValue(spec, null, true) : null,
        ]),
      );
      const added = addRow(file, text, id, values, about);
      if (!added.ok) throw new Error(`${file.path} ${id}: ${added.error.message}`);
      const more = applyEdits(text, added.value);
      const rows = formOf(file, more, about).sections.find((one) => one.id === id)?.table?.rows ?? [];
      expect(rows.length).toBe(table.rows.length + 1);
      expect(lost(text, more).length).toBeLessThanOrEqual(1);
      const removed = removeRow(file, more, id, table.rows.length);
      if (!removed.ok) throw new Error(`${file.path} ${id}: ${removed.error.message}`);
      if (table.rows.length > 0) expect(applyEdits(more, removed.value)).toBe(text);
      if (!table.moves || table.rows.length < 2) continue;
      const last = table.rows.length - 1;
      const moved = moveRow(file, text, id, 0, last);
      if (!moved.ok) throw new Error(`${file.path} ${id}: ${moved.error.message}`);
      const turned = applyEdits(text, moved.value);
      expect(turned).not.toBe(text);
      expect(lost(text, turned)).toEqual([]);
      const home = moveRow(file, turned, id, last, 0);
      expect(home.ok && applyEdits(turned, home.value)).toBe(text);
    }
  });
});
