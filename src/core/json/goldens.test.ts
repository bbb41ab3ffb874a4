import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { copyGolden, expectedOf, expectedTextOf, goldenCases } from '../../../test/support/goldens.ts';
import { field, itemsOf, textOf } from './build.ts';
import { canonicalBytes, canonicalText } from './canonical.ts';
import { jsonDiff } from './diff.ts';
import { parseJson } from './parse.ts';
import { parseJsonBytes } from './decode.ts';
import type { JsonNode } from './tree.ts';
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { rmSync } from 'node:fs';

type Row = {
  readonly name: string;
  readonly blob: string;
  readonly reparsed_same: boolean;
  readonly bytes: number;
  /** absent where the bytes are long: they are then in the golden's store only */
  readonly canonical_hex?: string;
  readonly canonical: string;
  readonly reparsed_canonical?: string;
};
type RawRow = {
  readonly name: string;
  readonly hex: string;
  readonly blob: string;
  readonly canonical?: string;
  readonly canonical_error?: string;
  readonly parse_error?: string;
};

const values = expectedOf('values') as unknown as { readonly table: Row[]; readonly raw_table: RawRow[] };

function blobHash(bytes: Uint8Array): string {
  return createHash('sha256').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

function canonicalOf(node: JsonNode): Uint8Array {
  const result = canonicalBytes(node);
  if (!result.ok) throw new Error(result.reason);
  return result.bytes;
}

function parsed(text: string): JsonNode {
  const result = parseJson(text);
  if (!result.ok) throw new Error(result.error.message);
  return result.node;
}

/** The stored bytes of a blob of a golden. */
function storedBytes(golden: string, hashes: readonly (string | null)[]): Uint8Array[] {
  const folder = copyGolden(golden);
  const db = new Database(join(folder, '.vek', 'vek.db'), { readonly: true });
  try {
    const read = db
      .prepare<[string | null], Uint8Array>('SELECT content FROM objects WHERE hash = ?')
      .pluck();
    return hashes.map((hash) => {
      const bytes = read.get(hash);
      if (bytes === undefined) throw new Error(`no object ${hash}`);
      return bytes;
    });
  } finally {
    db.close();
    rmSync(folder, { recursive: true });
  }
}

function nodeOf(bytes: Uint8Array): JsonNode {
  const result = parseJsonBytes(bytes);
  if (!result.ok) throw new Error(result.error.message);
  return result.node;
}

describe('table of values', () => {
  it('is whole', () => {
    expect(values.table).toHaveLength(100);
  });

  const stored = storedBytes(
    'values',
    values.table.map((row) => row.blob),
  );

  it.each(values.table.map((row, i) => ({ ...row, stored: stored[i]! })))('$name', (row) => {
    expect(row.stored).toHaveLength(row.bytes);
    expect(blobHash(row.stored)).toBe(row.blob);
    if (row.canonical_hex !== undefined)
      expect(Buffer.from(row.stored).toString('hex')).toBe(row.canonical_hex);
    const again = canonicalOf(nodeOf(row.stored));
    expect(blobHash(again) === row.blob).toBe(row.reparsed_same);
    if (!row.reparsed_same) expect(Buffer.from(again).toString()).toBe(row.reparsed_canonical);
  });
});

describe('blobs of foreign writers', () => {
  it('are all here', () => {
    expect(values.raw_table).toHaveLength(22);
  });

  it.each(values.raw_table)('$name', (row) => {
    const stored = Buffer.from(row.hex, 'hex');
    expect(blobHash(stored)).toBe(row.blob);
    const result = parseJsonBytes(stored);
    expect(result.ok).toBe(row.parse_error === undefined);
    if (!result.ok) return;
    const canonical = canonicalText(result.node);
    expect(canonical.ok).toBe(row.canonical_error === undefined);
    if (canonical.ok) expect(canonical.text).toBe(row.canonical);
  });
});

const withDiffs = goldenCases().filter((name) => {
  const diff = expectedOf(name)['diff'];
  return Array.isArray(diff) && diff.length > 0;
});

/** Goldens write odd values as {"$canonical": text}. */
function unwrapped(node: JsonNode): JsonNode {
  const text = node.kind === 'object' && node.entries.length === 1 ? textOf(field(node, '$canonical')) : null;
  if (text !== null) return parsed(text);
  if (node.kind === 'array') return { kind: 'array', items: node.items.map(unwrapped) };
  if (node.kind !== 'object') return node;
  return {
    kind: 'object',
    entries: node.entries.map(({ key, value }) => ({ key, value: unwrapped(value) })),
  };
}

describe.each(withDiffs)('diffs of golden %s', (name) => {
  it('are what the real tool returned', () => {
    let compared = 0;
    for (const item of itemsOf(field(parsed(expectedTextOf(name)), 'diff'))) {
      const result = field(item, 'result');
      for (const side of ['input', 'output']) {
        const expected = field(result, `${side}_diff`);
        const hashOf = (node: string): string | null => textOf(field(field(result, node), `${side}_hash`));
        const [a, b] = storedBytes(name, [hashOf('node1'), hashOf('node2')]);
        const changes = jsonDiff(nodeOf(a!), nodeOf(b!));
        const found: JsonNode = {
          kind: 'array',
          items: changes.map((change) => ({
            kind: 'object',
            entries: Object.entries(change).map(([key, value]) => ({
              key,
              value: typeof value === 'string' ? { kind: 'string' as const, value } : value,
            })),
          })),
        };
        const wanted: JsonNode = expected === undefined ? { kind: 'array', items: [] } : unwrapped(expected);
        expect(canonicalText(found)).toEqual(canonicalText(wanted));
        if (expected !== undefined) compared++;
      }
    }
    expect(compared).toBeGreaterThan(0);
  });
});
