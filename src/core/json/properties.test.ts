import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedTextOf } from '../../../test/support/goldens.ts';
import { canonicalText } from './canonical.ts';
import { parseJsonBytes, parsePrefixBytes } from './decode.ts';
import { jsonDiff } from './diff.ts';
import type { JsonChange } from './diff.ts';
import { parseJson } from './parse.ts';
import { prettyJson, pythonJsonDumps, stringifyJson } from './pretty.ts';
import type { JsonNode } from './tree.ts';
import { jsonNull } from './tree.ts';

const key = fc.oneof(
  fc.constantFrom('a', 'b', 'c', '1', '10', '__proto__', '', 'é'),
  fc.string({ unit: 'binary', maxLength: 4 }),
);

const tree = fc.letrec<{ node: JsonNode }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant(jsonNull),
    fc.boolean().map((value): JsonNode => ({ kind: 'bool', value })),
    fc
      .bigInt({ min: -(10n ** 30n), max: 10n ** 30n })
      .map((value): JsonNode => ({ kind: 'int', text: value.toString() })),
    fc
      .tuple(fc.double({ noDefaultInfinity: true, noNaN: true }), fc.nat(20))
      .map(([x, digits]): JsonNode => ({ kind: 'float', text: x.toExponential(digits) })),
    fc
      .constantFrom('NaN', 'Infinity', '-Infinity', '-0.0', '1e400')
      .map((text): JsonNode => ({ kind: 'float', text })),
    fc.string({ unit: 'binary' }).map((value): JsonNode => ({ kind: 'string', value })),
    fc.array(tie('node'), { maxLength: 5 }).map((items): JsonNode => ({ kind: 'array', items })),
    fc
      .array(fc.record({ key, value: tie('node') }), { maxLength: 5 })
      .map((entries): JsonNode => ({ kind: 'object', entries })),
  ),
})).node;

function reread(text: string): JsonNode {
  const result = parseJson(text);
  if (!result.ok) throw new Error(`${result.error.message}: ${text}`);
  return result.node;
}

function canonical(node: JsonNode): string {
  const result = canonicalText(node);
  if (!result.ok) throw new Error(result.reason);
  return result.text;
}

type Plain = null | boolean | string | { kind: string; text: string } | Plain[] | Map<string, Plain>;

function plain(node: JsonNode): Plain {
  switch (node.kind) {
    case 'null':
      return null;
    case 'bool':
    case 'string':
      return node.value;
    case 'int':
    case 'float':
      return { kind: node.kind, text: canonical(node) };
    case 'array':
      return node.items.map(plain);
    case 'object':
      return new Map(node.entries.map((entry) => [entry.key, plain(entry.value)]));
  }
}

/** Applies changes whose paths are unambiguous, because every key is one letter. */
function applied(root: Plain, changes: readonly JsonChange[]): Plain {
  const holder: Plain[] = [root];
  const removedFirst = changes.toSorted((a, b) => Number(b.op === 'remove') - Number(a.op === 'remove'));
  for (const change of removedFirst.filter((c) => c.op === 'remove').toReversed()) put(holder, change);
  for (const change of removedFirst.filter((c) => c.op !== 'remove')) put(holder, change);
  return holder[0]!;
}

function put(holder: Plain[], change: JsonChange): void {
  const steps = change.path === '/' ? [] : change.path.match(/\/[^/[]|\[\d+\]/g)!;
  let at: Plain = holder;
  let last: string | number = 0;
  for (const step of steps) {
    at = at instanceof Map ? at.get(last as string)! : (at as Plain[])[last as number]!;
    last = step.startsWith('/') ? step.slice(1) : Number(step.slice(1, -1));
  }
  if (at instanceof Map) {
    if (change.op === 'remove') at.delete(last as string);
    else at.set(last as string, plain(change.new));
  } else if (change.op === 'remove') (at as Plain[]).splice(last as number, 1);
  else (at as Plain[])[last as number] = plain(change.new);
}

const simple = fc.letrec<{ node: JsonNode }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('null', 'true', 'false', '0', '1', '1.0', '2.5', '"x"', '"y"').map(reread),
    fc.array(tie('node'), { maxLength: 4 }).map((items): JsonNode => ({ kind: 'array', items })),
    fc
      .uniqueArray(fc.record({ key: fc.constantFrom('a', 'b', 'c', '1'), value: tie('node') }), {
        selector: (e) => e.key,
      })
      .map((entries): JsonNode => ({ kind: 'object', entries })),
  ),
})).node;

describe('properties', () => {
  it('reading what was written gives the same tree', () => {
    fc.assert(
      fc.property(tree, (node) => {
        expect(reread(stringifyJson(node))).toEqual(node);
        expect(reread(prettyJson(node).text)).toEqual(node);
      }),
    );
  });

  it('the canonical form is a fixed point, however the text was laid out', () => {
    fc.assert(
      fc.property(tree, (node) => {
        const text = canonical(node);
        expect(canonical(reread(text))).toBe(text);
        expect(canonical(reread(pythonJsonDumps(node)))).toBe(text);
        expect(canonical(reread(pythonJsonDumps(node, { indent: 2, ascii: false })))).toBe(text);
      }),
    );
  });

  it('applying a diff to the first document gives the second', () => {
    fc.assert(
      fc.property(simple, simple, (a, b) => {
        expect(applied(plain(a), jsonDiff(a, b))).toEqual(plain(b));
      }),
      { numRuns: 500 },
    );
  });

  it('a document has no diff to itself, however it is laid out', () => {
    fc.assert(
      fc.property(simple, (node) => {
        expect(jsonDiff(node, reread(prettyJson(node).text))).toEqual([]);
      }),
    );
  });

  it('mutated and cut documents give a value, never a crash', () => {
    const seed = Buffer.from(expectedTextOf('values')).subarray(0, 20_000);
    const edit = fc.tuple(fc.nat(seed.length - 1), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 6 }), fc.nat(seed.length), (edits, length) => {
        const bytes = Buffer.from(seed);
        for (const [at, byte] of edits) bytes[at] = byte;
        const cut = bytes.subarray(0, length);
        const result = parseJsonBytes(cut);
        expect(typeof result.ok).toBe('boolean');
        const { node } = parsePrefixBytes(cut);
        if (node !== null) {
          expect(reread(stringifyJson(node))).toEqual(node);
          canonicalText(node);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
