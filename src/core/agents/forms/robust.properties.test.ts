import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AgentFileKind } from '../../../contract/agent-files.ts';
import { projectRoot } from '../../../../test/support/peers.ts';
import { applyEdits } from './edits.ts';
import type { FormFile } from './form.ts';
import { addRow, checkField, formOf, moveRow, removeRow, setField } from './forms.ts';
import { outlineOf } from './outline.ts';

const about = { agents: ['quill'], models: ['gpt-5'], files: ['x.md'] };
const samples: readonly (readonly [AgentFileKind, string])[] = [
  ['memory-note', 'fleet/harbor/memory/decision_2026_q2_print_house.md'],
  ['goal', 'fleet/quill/goal.md'],
  ['model', 'fleet/harbor/model.md'],
  ['judges', 'fleet/sentry/judges.md'],
  ['mandates', 'fleet/sentry/mandates.md'],
  ['policy', 'fleet/policy.md'],
  ['tools', 'fleet/sentry/tools.md'],
  ['mcp', 'caldwell/mcp.md'],
  ['playbook', 'fleet/harbor/skills/close-month/PLAYBOOK.md'],
  ['skill', 'caldwell/skills/financial-modeling/SKILL.md'],
  ['governance', 'fleet/harbor/governance.md'],
  ['eval-rubric', 'caldwell/evals/rubric.md'],
];
const texts = samples.map(([kind, path]): readonly [FormFile, string] => [
  { kind, path },
  readFileSync(join(projectRoot, 'test', 'goldens', 'agents', path), 'utf8'),
]);

const scrap = fc.constantFrom(
  '',
  '\n',
  ' ',
  '  ',
  '\t',
  ':',
  ': ',
  '- ',
  '#',
  '# x\n',
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  '&a ',
  '*a',
  '<<: *a\n',
  '? ',
  '|',
  '>-\n',
  '---\n',
  '```',
  '```yaml\n',
  '## New\n',
  '\r',
  '\r\n',
  '\u2028',
  '\u0085',
  '\ufeff',
  '!!str ',
  'a: 1\n',
  '~',
  ',',
  '...\n',
  '%',
);
const damage = fc.array(fc.tuple(fc.nat(), fc.nat(6), scrap), { maxLength: 4 });

function damaged(text: string, all: readonly (readonly [number, number, string])[]): string {
  return all.reduce((made, [at, length, put]) => {
    const from = at % (made.length + 1);
    return made.slice(0, from) + put + made.slice(from + length);
  }, text);
}

describe('whatever a person types', () => {
  test('the form is made, and what it sets is set or refused in words', () => {
    fc.assert(
      fc.property(fc.nat(texts.length - 1), damage, fc.nat(), (which, wounds, pick) => {
        const [file, whole] = texts[which]!;
        const text = damaged(whole, wounds);
        outlineOf(text);
        const form = formOf(file, text, about);
        expect(form.problem === null || form.problem.message.length > 10).toBe(true);
        const fields = form.sections.flatMap((one) =>
          one.fields.concat(one.table?.rows.flatMap((row) => row.fields) ?? []),
        );
        const field = fields[pick % Math.max(fields.length, 1)];
        for (const value of [null, 'word', '2026-05-01', '1', true, ['one', 'two: 2']]) {
          if (field === undefined || checkField(field.spec, value) !== null) continue;
          const made = setField(file, text, field.path, value, about);
          if (!made.ok) {
            expect(made.error.message.length).toBeGreaterThan(10);
            continue;
          }
          const after = formOf(file, applyEdits(text, made.value), about);
          const now = after.sections
            .flatMap((one) => one.fields.concat(one.table?.rows.flatMap((row) => row.fields) ?? []))
            .find(({ path }) => path === field.path);
          if (value === null) expect([null, false]).toContain(now?.value ?? null);
          else expect(now?.value).toEqual(value);
        }
        for (const { id, table } of form.sections) {
          if (table === null) continue;
          const values = Object.fromEntries(
            table.specs.map((spec) => [spec.id, spec.required ? 'word' : null]),
          );
          for (const made of [
            addRow(file, text, id, values, about),
            removeRow(file, text, id, 0),
            moveRow(file, text, id, 0, table.rows.length - 1),
          ]) {
            if (made.ok) expect(formOf(file, applyEdits(text, made.value), about).problem).toBeNull();
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});
