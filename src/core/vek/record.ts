import type { NodeRecord, Ref, RefKind } from '../../contract/vek.ts';

/** A row of `nodes` as SQLite gives it: any column may hold anything in a foreign file. */
export type RawNode = readonly [
  hash: unknown,
  tool: unknown,
  input: unknown,
  output: unknown,
  parent: unknown,
  timestamp: unknown,
  merge: unknown,
];

/** A record and what is wrong with the storage of its columns, in words. */
export type ReadRecord = { readonly record: NodeRecord; readonly broken: readonly string[] };

const names = [
  'hash',
  'tool',
  'input_hash',
  'output_hash',
  'parent_hash',
  'timestamp',
  'merge_parent',
] as const;

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  return String(value);
}

/** Turns a row into a record. What is not stored as text is shown as text and named in `broken`. */
export function readRecord(row: RawNode): ReadRecord {
  const broken: string[] = [];
  for (const [i, name] of names.entries()) {
    const value = row[i];
    const nullable = name === 'parent_hash' || name === 'merge_parent';
    if (typeof value === 'string' || (nullable && value === null)) continue;
    broken.push(value === null ? `${name} is missing` : `${name} is not stored as text`);
  }
  const [hash, tool, input, output, parent, timestamp, merge] = row;
  const record: NodeRecord = {
    hash: asText(hash),
    tool: asText(tool),
    input_hash: asText(input),
    output_hash: asText(output),
    parent_hash: parent === null ? null : asText(parent),
    timestamp: asText(timestamp),
    merge_parent: merge === null ? null : asText(merge),
  };
  return { record, broken };
}

/** The kind of a ref by its name: prefixes are case-sensitive (formats/vek.md §5). */
export function refKind(name: string): RefKind {
  if (name.startsWith('tag/')) return 'tag';
  if (name.startsWith('checkpoint/')) return 'checkpoint';
  return 'branch';
}

/** A ref with its kind and its label. */
export function refOf(name: string, hash: string): Ref {
  const kind = refKind(name);
  const label = kind === 'branch' ? name : name.slice(kind.length + 1);
  return { name, label, kind, hash };
}
