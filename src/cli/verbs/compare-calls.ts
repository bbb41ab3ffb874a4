import type { NodeRecord } from '../../contract/vek.ts';
import type { Plain } from '../../core/json/build.ts';
import { listEdits, type JsonEdit } from '../../core/json/delta-list.ts';
import { diffJson } from '../../core/json/delta.ts';
import { withoutIgnored, type IgnoreRules } from '../../core/json/ignored.ts';
import type { JsonNode } from '../../core/json/tree.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { limits } from '../../core/storage/limits.ts';
import { readContent } from '../../core/vek/compare/contents.ts';
import type { End } from '../../core/vek/compare/ends.ts';
import type { VekLook } from '../../core/vek/store.ts';
import { exact, safeLine, short, type Output } from '../output.ts';
import { valueTexts } from '../value-text.ts';
import { rulesText } from './compare-rules.ts';

/** What comparing two calls answers. */
export type CallsAnswer = {
  readonly json: Plain;
  readonly lines: (out: Output) => readonly string[];
  readonly notes: readonly string[];
  readonly differs: boolean;
};

type Part = { readonly same: boolean; readonly edits: readonly JsonEdit[] | null };

const FIELDS = ['tool', 'timestamp', 'parent_hash', 'merge_parent'] as const;
/** Characters of a value on its line. */
const VALUE_CHARS = 120;

/** Compares two calls: which of their own fields differ, and how input and output became the other ones. */
export function compareCallsIn(
  s: VekLook,
  ends: { readonly a: End; readonly b: End },
  rules: IgnoreRules,
): Result<CallsAnswer> {
  const [a, b] = [s.node(ends.a.hash), s.node(ends.b.hash)];
  if (a === null || b === null) {
    return fail('unreadable', 'One of the two calls can’t be read.', 'See: vekscope fsck');
  }
  const notes: string[] = [];
  const part = (what: 'input' | 'output'): Part => {
    const hashes = [a[`${what}_hash`], b[`${what}_hash`]] as const;
    if (hashes[0] === hashes[1]) return { same: true, edits: [] };
    const trees = hashes.map((hash) => {
      const read = readContent(s, hash, limits.jsonBytes);
      return read === null || read.cut ? null : read.node;
    });
    const [old, now] = trees;
    if (old === null || old === undefined || now === null || now === undefined) {
      notes.push(`The ${what}s differ, and one is missing, too large or no JSON, so not how.`);
      return { same: false, edits: null };
    }
    const edits = listEdits(diffJson(withoutIgnored(old, rules), withoutIgnored(now, rules)));
    return { same: edits.length === 0, edits };
  };
  const parts = { input: part('input'), output: part('output') };
  const fields = FIELDS.filter((field) => a[field] !== b[field]);
  return ok({
    json: {
      a: recordOf(a),
      b: recordOf(b),
      fields,
      ignore: { times: rules.times, ids: rules.ids, fields: rules.fields },
      input: { same: parts.input.same, changes: parts.input.edits?.map(plainEdit) ?? null },
      output: { same: parts.output.same, changes: parts.output.edits?.map(plainEdit) ?? null },
    },
    lines: (out) => [
      `call a: ${out.paint(short(a.hash), 'yellow')} ${safeLine(a.tool)}  ${safeLine(a.timestamp)}`,
      `call b: ${out.paint(short(b.hash), 'yellow')} ${safeLine(b.tool)}  ${safeLine(b.timestamp)}`,
      ...(rulesText(rules) === '' ? [] : [safeLine(rulesText(rules))]),
      ...fields.map((field) => `${field}: ${safeLine(String(a[field]))} → ${safeLine(String(b[field]))}`),
      ...partLines(out, 'input', parts.input),
      ...partLines(out, 'output', parts.output),
    ],
    notes,
    differs: a.tool !== b.tool || !parts.input.same || !parts.output.same,
  });
}

const recordOf = (record: NodeRecord): Plain => ({ ...record });

function plainEdit(edit: JsonEdit): Plain {
  switch (edit.op) {
    case 'add':
      return { op: 'add', path: edit.pointer, new: exact(edit.new) };
    case 'remove':
      return { op: 'remove', path: edit.pointer, old: exact(edit.old) };
    case 'change':
      return { op: 'change', path: edit.pointer, old: exact(edit.old), new: exact(edit.new) };
  }
}

function partLines(out: Output, what: string, { same, edits }: Part): readonly string[] {
  if (same) return [`${what}: the same`];
  if (edits === null) return [`${what}: differs`];
  return [
    `${what}: ${edits.length === 1 ? '1 change' : `${edits.length} changes`}`,
    ...edits.map((edit) => editLine(out, edit)),
  ];
}

function editLine(out: Output, edit: JsonEdit): string {
  const path = safeLine(edit.pointer === '' ? '(the whole value)' : edit.pointer);
  switch (edit.op) {
    case 'add':
      return `  ${out.paint('+', 'green')} ${path}  ${shown(edit.new)[0]}`;
    case 'remove':
      return `  ${out.paint('-', 'red')} ${path}  ${shown(edit.old)[0]}`;
    case 'change':
      return `  ${out.paint('≠', 'yellow')} ${path}  ${shown(edit.old, edit.new).join(' → ')}`;
  }
}

const shown = (...values: readonly JsonNode[]) => valueTexts(values, VALUE_CHARS);
