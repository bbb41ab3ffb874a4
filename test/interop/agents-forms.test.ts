import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeOf } from '../../src/core/agents/file-kind.ts';
import { openFolder } from '../../src/core/agents/folder.ts';
import { applyEdits } from '../../src/core/agents/forms/edits.ts';
import type {
  FieldSpec,
  FieldValue,
  FormAbout,
  FormField,
  FormFile,
} from '../../src/core/agents/forms/form.ts';
import {
  addRow,
  checkField,
  formOf,
  hasForm,
  moveRow,
  removeRow,
  setField,
} from '../../src/core/agents/forms/forms.ts';
import { agentsRootAt } from '../../src/core/agents/root.ts';
import { compareCodePoints } from '../../src/core/json/tree.ts';
import { peerPython, projectRoot } from '../support/peers.ts';

type Job = { readonly kind: string; readonly text: string };
type Read = { readonly ok?: unknown; readonly error?: string };

function realReads(jobs: readonly Job[]): readonly Read[] {
  const ran = spawnSync(peerPython()!, [join(projectRoot, 'test', 'support', 'agents_forms_peer.py')], {
    input: JSON.stringify(jobs),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...process.env, HOME: mkdtempSync(join(tmpdir(), 'vekscope-home-')) },
  });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return JSON.parse(ran.stdout) as Read[];
}

/** Kinds of which the samples have none, or one that the package refuses. */
const extra: Readonly<Record<string, string>> = {
  mandates: `# Mandates

## desk-replies

# why: see the minutes
granted_by: ops@example.invalid
granted_at: 2026-05-01
scope: "replies: known suppliers"
revocation_state: active
expires_at: 2026-07-01   # renew
constraints:
  daily_token_usd: 0.50
  allowed_tools: [mail__send]
  time_window:
    start: '09:00'
    end: "17:30"
  unconstrained: no
  unconstrained_justification: none needed
## second

granted_by: a
granted_at: 2026-05-01T10:00:00Z
scope: b
revocation_state: active
constraints: {allowed_tools: [x], monthly_token_usd: 3}
`,
  mcp: '# MCP\n\n## files\ncommand: npx\nargs: -y, server\nenv: KEY=$KEY\ntransport: stdio\ndescription: for files\n\n## Allowed commands\n- npx\n',
  serve:
    '# Serve\n\n## Bind Host\n\n127.0.0.1\n\n## Bind Port\n8000\n\n## Identity Header\n\nX-Who\n\n## Notes\n\nnone\n',
  judges:
    '# Judges\n\n```yaml\nbackend: llm\nmodel: gpt-5-nano\n```\n\nProse.\n\n```yaml\nclass_policy:\n  read_only: bypass # quick\nbudget: {daily_usd: 0.50}\n```\n',
  'persona-link': '# Shared\n\n```yaml\nkind: shared\npersona_id: ops-voice-v2\n```\n',
};

const about: FormAbout = {
  agents: ['harbor', 'quill'],
  models: ['claude-opus-4-8', 'gpt-5-mini'],
  files: ['user_reading_habits.md', 'ops-voice-v2'],
};

type Sample = { readonly file: FormFile; readonly text: string; readonly fields: readonly FormField[] };

function sample(file: FormFile, text: string): Sample {
  const form = formOf(file, text, about);
  const fields = form.sections.flatMap((one) =>
    one.fields.concat(one.table?.rows.flatMap((row) => row.fields) ?? []),
  );
  return { file, text, fields: fields.filter(({ locked }) => locked === null) };
}

function samples(): readonly Sample[] {
  const found = ['fleet', 'caldwell'].flatMap((name) => {
    const home = join(projectRoot, 'test', 'goldens', 'agents', name);
    const root = agentsRootAt(home);
    if (!root.ok || root.value === null) throw new Error('no agents');
    const folder = openFolder(root.value);
    return readdirSync(home, { recursive: true, encoding: 'utf8' })
      .map((one) => one.replaceAll('\\', '/'))
      .filter((one) => one.endsWith('.md') && !/versions\/|captured_item|harbor\/mcp/.test(one))
      .map((path): FormFile => ({ kind: placeOf(folder, path).kind, path }))
      .filter((file) => hasForm(file) && file.kind !== 'mandates' && file.kind !== 'cascade')
      .map((file) => {
        // the package refuses a single word here
        const text = readFileSync(join(home, file.path), 'utf8').replace('failure_policy: block\n', '');
        return sample(file, text);
      });
  });
  const own = Object.entries(extra).map(([kind, text]) =>
    sample({ kind: kind as FormFile['kind'], path: `agent/${kind}.md` }, text),
  );
  return [...found, ...own, ...own].filter(({ fields }) => fields.length > 0);
}

const words = fc.oneof(
  fc.constantFrom(
    'yes',
    'No',
    'on',
    'null',
    '~',
    '12',
    '1_000',
    '0x1f',
    '12:30',
    '09:30',
    '1.5',
    '1e3',
    '2026-05-01',
    'a: b',
    'a #b',
    '# c',
    '- d',
    '*e',
    '&f',
    '!g',
    '%h',
    '@i',
    '`j`',
    '```',
    '---',
    '...',
    '{k}',
    '[l]',
    'm, n',
    "it's",
    'say "so"',
    'a\\b',
    'ü — ß',
    '🦔',
    'tab\there',
    'x:',
    '=',
    '<<',
    '?',
    '? q',
    '|',
    '>',
    "'",
    '"',
    '-',
    ':',
    '#',
    '007',
    '.5',
    '+1',
    '0b1',
    '.inf',
    'true',
    'TRUE',
    'plain words',
    'word',
    'a_b-c',
    'Ｆｕｌｌ',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
);
const several = fc.array(words, { minLength: 1, maxLength: 4 });
const numbers = fc.constantFrom('0', '1', '0.25', '3', '12', '0.50', '100', '4000', '8123', '2.5');
const days = fc.constantFrom('2026-02-28', '2027-12-31', '1999-01-01', '2024-02-29');

type Wish = {
  readonly pick: number;
  readonly field: number;
  readonly text: string;
  readonly lines: readonly string[];
  readonly number: string;
  readonly day: string;
  readonly on: boolean;
  readonly crlf: boolean;
};
const wish = fc.record<Wish>({
  pick: fc.nat(),
  field: fc.nat(),
  text: words,
  lines: several,
  number: numbers,
  day: days,
  on: fc.boolean(),
  crlf: fc.boolean(),
});

const fitting: Readonly<Record<string, FieldValue>> = {
  env: ['OTHER=$THING', 'B=$C_2'],
  time_start: '08:15',
  time_end: '20:45',
  path: '~/some/where',
  tool: 'new__tool',
  transport: 'stdio',
};

/** A value that the field takes. */
function valueFor(spec: FieldSpec, wanted: Wish): FieldValue {
  const known = fitting[spec.id];
  if (known !== undefined) return known;
  const options = spec.options.map(({ value }) => value);
  const tried = ((): FieldValue => {
    switch (spec.type) {
      case 'bool':
        return wanted.on;
      case 'number':
      case 'money':
        return wanted.number;
      case 'date':
        return wanted.day;
      case 'lines':
        return spec.rules.item === 'number' ? ['0.25', '0.9'] : wanted.lines;
      case 'multiline':
        return wanted.on ? wanted.lines.join('\n') : wanted.text;
      case 'text':
        return wanted.text;
      default:
        return options[wanted.field % Math.max(options.length, 1)] ?? 'word';
    }
  })();
  if (checkField(spec, tried) === null) return tried;
  return checkField(spec, 'word') === null ? 'word' : null;
}

/** A reading as its values by their places; lists of single values are one. */
function leaves(value: unknown, path = '', into = new Map<string, unknown>()): Map<string, unknown> {
  if (Array.isArray(value) && value.some((one) => typeof one === 'object' && one !== null)) {
    for (const [i, one] of value.entries()) leaves(one, `${path}/${i}`, into);
  } else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const [key, one] of Object.entries(value)) leaves(one, `${path}/${key}`, into);
    // without an opinion, and an empty set, say the same
  } else if (value !== null && !(path.endsWith('/__set__') && (value as readonly unknown[]).length === 0)) {
    into.set(path, value);
  }
  return into;
}

function matches(found: unknown, { spec }: FormField, value: FieldValue): boolean {
  if (Array.isArray(value)) {
    const wanted = spec.rules.item === 'number' ? value.map(Number) : value;
    return (
      Array.isArray(found) && JSON.stringify(found.map((one: unknown) => one)) === JSON.stringify(wanted)
    );
  }
  if (typeof value === 'boolean') return found === value;
  if (spec.type === 'number' || spec.type === 'money') return found === Number(value);
  if (spec.type === 'date') return typeof found === 'string' && found.slice(0, 10) === value;
  if (spec.id === 'path') return typeof found === 'string' && found.endsWith('/some/where');
  if (spec.id === 'customer_data' || spec.id === 'writes_sor') {
    return value === 'partial' ? found === value : found === (value === 'yes');
  }
  if (spec.id === 'conversation_backend') return found === String(value).toLowerCase();
  if (spec.id.startsWith('time_')) return typeof found === 'string' && found.startsWith(String(value));
  // a block text keeps the line end that belongs to its form
  return typeof found === 'string' && found.replace(/\n$/, '') === String(value).replace(/\n$/, '');
}

describe.skipIf(peerPython() === null)('values that forms set', () => {
  it('are read by the real package and its libraries as exactly these, and nothing else is', () => {
    const all = samples();
    expect(new Set(all.map(({ file }) => file.kind)).size).toBeGreaterThanOrEqual(18);
    fc.assert(
      fc.property(fc.array(wish, { minLength: 400, maxLength: 400 }), (wishes) => {
        const done = wishes.flatMap((one) => {
          const of = all[one.pick % all.length]!;
          const field = of.fields[one.field % of.fields.length]!;
          // one end of a time of day alone is refused, as its help says
          if (field.spec.id.startsWith('time_') && !field.present) return [];
          const value = valueFor(field.spec, one);
          if (value === null) return [];
          const text = one.crlf ? of.text.replaceAll('\n', '\r\n') : of.text;
          const made = setField(of.file, text, field.path, value, about);
          if (!made.ok)
            throw new Error(`${of.file.path} ${field.path} ${JSON.stringify(value)}: ${made.error.message}`);
          return [{ of, field, value, before: text, after: applyEdits(text, made.value) }];
        });
        expect(done.length).toBeGreaterThan(300);
        const reads = realReads(
          done.flatMap(({ of, before, after }) => [
            { kind: of.file.kind, text: before },
            { kind: of.file.kind, text: after },
          ]),
        );
        for (const [i, { of, field, value, before, after }] of done.entries()) {
          const [was, is] = [reads[2 * i]!, reads[2 * i + 1]!];
          const where = `${of.file.path} ${field.path} = ${JSON.stringify(value)}\n${after}`;
          if (was.error !== undefined && is.error !== undefined) continue;
          expect(is.error, where).toBeUndefined();
          const [old, now] = [leaves(was.ok), leaves(is.ok)];
          const other = [...new Set([...old.keys(), ...now.keys()])].filter(
            (key) => JSON.stringify(old.get(key)) !== JSON.stringify(now.get(key)),
          );
          if (before === after || field.spec.id === 'note') {
            expect(other, where).toEqual([]);
            continue;
          }
          if (was.error !== undefined) continue;
          check(other, old, now, field, value, where);
        }
      }),
      { numRuns: 1, endOnFailure: true },
    );
  });
});

describe.skipIf(peerPython() === null)('rows that forms add, move and remove', () => {
  it('are read by the real package as they are shown', () => {
    const done = samples().flatMap(({ file, text }) =>
      formOf(file, text, about).sections.flatMap(({ id, table }) => {
        if (table === null) return [];
        const values = Object.fromEntries(table.specs.map((spec) => [spec.id, rowValue(spec)]));
        const added = addRow(file, text, id, values, about);
        if (!added.ok) throw new Error(`${file.path} ${id}: ${added.error.message}`);
        const more = applyEdits(text, added.value);
        const last = table.rows.length;
        const moved = table.moves ? moveRow(file, more, id, last, 0) : added;
        if (!moved.ok) throw new Error(`${file.path} ${id}: ${moved.error.message}`);
        const turned = table.moves ? applyEdits(more, moved.value) : more;
        const removed = removeRow(file, turned, id, table.moves ? 0 : last);
        if (!removed.ok) throw new Error(`${file.path} ${id}: ${removed.error.message}`);
        return [
          { file, id, values, rows: last, texts: [text, more, turned, applyEdits(turned, removed.value)] },
        ];
      }),
    );
    expect(done.length).toBeGreaterThan(20);
    const reads = realReads(
      done.flatMap(({ file, texts }) => texts.map((text) => ({ kind: file.kind, text }))),
    );
    for (const [i, { file, id, values, rows, texts }] of done.entries()) {
      const where = `${file.path} ${id}\n${texts[1]}`;
      const [was, more, turned, less] = reads.slice(4 * i, 4 * i + 4) as [Read, Read, Read, Read];
      expect(was.error, where).toBeUndefined();
      expect(more.error, where).toBeUndefined();
      expect(turned.error, where).toBeUndefined();
      const bare = (one: Read): string =>
        JSON.stringify([...leaves(one.ok)].filter(([, value]) => !isEmpty(value)));
      for (const [key, value] of Object.entries(values)) {
        if (typeof value === 'string' && key !== 'note' && key !== 'path' && !/^[\d.]+$/.test(value)) {
          expect(JSON.stringify(more.ok), `${where} ${key}`).toContain(value);
          expect(JSON.stringify(turned.ok), `${where} ${key}`).toContain(value);
        }
      }
      // a file whose only table is empty again says nothing, which the evals refuse
      if (rows > 0) expect(bare(less), where).toBe(bare(was));
    }
  });
});

function isEmpty(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

/** What a new row says; the constraint of a mandate is one that is enough. */
function rowValue(spec: FieldSpec): FieldValue {
  if (spec.id === 'allowed_tools') return ['x__y'];
  if (!spec.required) return null;
  if (spec.type === 'lines') return ['gpt-5'];
  const options = spec.options.map(({ value }) => value);
  const tried = ['new-one', '12', '2026-05-01', '~/some/where', ...options.toReversed()];
  return tried.find((value) => checkField(spec, value) === null) ?? null;
}

/** Exactly one place says something else, and that is the new value. */
function check(
  other: readonly string[],
  old: ReadonlyMap<string, unknown>,
  now: ReadonlyMap<string, unknown>,
  field: FormField,
  value: FieldValue,
  where: string,
): void {
  const { spec, path } = field;
  const renames = ['name', 'tool', 'id'].includes(spec.id) && /\.\d+\./.test(path);
  // a tool of an unknown class is not read at all
  if (spec.id === 'tool' && other.length === 0) return;
  if (renames && other.length !== 1) {
    expect([...now.keys()].join(), where).toContain(String(value));
    return;
  }
  if (spec.id === 'env') {
    expect(
      other.filter((key) => now.has(key)).map((key) => `${key.split('/').at(-1)}=${String(now.get(key))}`),
      where,
    ).toEqual(value);
    return;
  }
  // a model's block is read twice, and a default may be what is set
  const places = [...new Set(other.map((key) => key.replace(/\/yaml\/.*|\/__set__$/, '')))].filter(
    (key) => key !== '',
  );
  expect(places.length, `${where}\n${other.join()}`).toBeLessThanOrEqual(1);
  for (const key of other) {
    const [was, is] = [old.get(key), now.get(key)];
    if (key.endsWith('/__set__')) {
      // Python sorts by code points
      expect(is, where).toEqual([...new Set(value as readonly string[])].toSorted(compareCodePoints));
    } else if (Array.isArray(is) && !Array.isArray(value)) {
      const items = is as readonly unknown[];
      const changed = items.filter((one, i) => JSON.stringify(one) !== JSON.stringify((was as unknown[])[i]));
      expect(changed.length, where).toBe(1);
      expect(matches(changed[0], field, value), `${where}\n${JSON.stringify(changed)}`).toBe(true);
    } else expect(matches(is, field, value), `${where}\n${key}: ${JSON.stringify(is)}`).toBe(true);
  }
}
