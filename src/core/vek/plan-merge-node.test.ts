import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closeBench, failure, openBench, value } from '../../../test/support/writes.ts';
import { field, jsonOf, textOf } from '../json/build.ts';
import { parseJson } from '../json/parse.ts';
import type { JsonNode } from '../json/tree.ts';
import { limits } from '../storage/limits.ts';
import { blobHash, nodeHash } from './hash.ts';
import { materialise } from './materialise.ts';
import { mergeNode, vekTimestamp, type MergeParts, type ResolvedDocument } from './plan-merge-node.ts';
import { lookAtVek } from './store.ts';

const ends = { ours: 'a'.repeat(64), theirs: 'b'.repeat(64) };
const parts: MergeParts = {
  into: 'main',
  from: 'side',
  tips: ends,
  resolved: [],
  timestamp: vekTimestamp(0),
};
const json = (text: string): JsonNode => {
  const parsed = parseJson(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.node;
};
const document = (over: Partial<ResolvedDocument> = {}): ResolvedDocument => ({
  tool: 'edit',
  identity: json('{"doc":"a"}'),
  how: 'merged',
  output: json('[1]'),
  ...over,
});
const outputOf = (over: Partial<MergeParts>): string => {
  const { node, contents } = value(mergeNode({ ...parts, ...over }));
  return new TextDecoder().decode(contents.get(node.output_hash));
};

describe('a merge node', () => {
  it('is the one that the Python tool made', () => {
    const bench = openBench('forked');
    const merges = value(
      lookAtVek(bench.paths, (s) =>
        s.db
          .prepare<[], string>("SELECT hash FROM nodes WHERE tool = '__merge__'")
          .pluck()
          .all()
          .map((hash) => value(materialise(s, hash))),
      ),
    );
    closeBench(bench);
    expect(merges).toHaveLength(3);
    for (const { record, input } of merges) {
      const names = field(input, 'merge');
      const [into, from] = names?.kind === 'array' ? names.items.map((name) => textOf(name)!) : [];
      const tips = { ours: record.parent_hash!, theirs: record.merge_parent! };
      const { timestamp } = record;
      expect(value(mergeNode({ into: into!, from: from!, tips, resolved: [], timestamp })).node).toEqual(
        record,
      );
    }
  });

  it('names what was settled in canonical form, by tool and identity', () => {
    const resolved = [
      document({
        tool: 'z',
        identity: json('{"b":1,"a":2.0}'),
        how: 'edited',
        output: json('{"y":1e2,"x":-0}'),
      }),
      document({ tool: 'a', identity: json('"\u{1f600}"') }),
      document({ tool: 'a', identity: json('"\ue000"'), how: 'base', output: undefined }),
      document({ tool: 'a', identity: json('{}'), how: 'target', output: json('null') }),
    ];
    expect(outputOf({ resolved })).toBe(
      `{"merged_tips":["${ends.ours}","${ends.theirs}"],"resolved":[` +
        '{"how":"base","identity":"\ue000","tool":"a"},' +
        '{"how":"merged","identity":"\u{1f600}","output":[1],"tool":"a"},' +
        '{"how":"target","identity":{},"output":null,"tool":"a"},' +
        '{"how":"edited","identity":{"a":2.0,"b":1},"output":{"x":0,"y":100.0},"tool":"z"}]}',
    );
  });

  it('is the same whatever the order of the documents', () => {
    const documents = fc.uniqueArray(
      fc.record({
        tool: fc.string({ unit: 'binary' }),
        id: fc.integer(),
        how: fc.constantFrom('merged', 'edited'),
      }),
      { selector: ({ tool, id }) => `${tool}\0${id}`, maxLength: 8 },
    );
    fc.assert(
      fc.property(documents, fc.func(fc.integer()), (list, rank) => {
        const made = list.map(({ tool, id, how }) =>
          document({ tool, identity: jsonOf({ id }), how: how as 'merged' | 'edited' }),
        );
        const shuffled = made.toSorted((a, b) => rank(a.tool) - rank(b.tool));
        const [one, two] = [made, shuffled].map((resolved) => mergeNode({ ...parts, resolved }));
        expect(one).toEqual(two);
        if (!one!.ok) return;
        const { node, contents } = one!.value;
        expect(nodeHash(node)).toBe(node.hash);
        for (const [hash, bytes] of contents) expect(blobHash(bytes)).toBe(hash);
      }),
    );
  });

  it('is refused where Python could not read it', () => {
    const bad = (over: Partial<ResolvedDocument>) =>
      failure(mergeNode({ ...parts, resolved: [document(over)] }));
    expect(bad({ output: json(String.raw`"\ud83d"`) })).toMatchObject({ kind: 'refused' });
    expect(bad({ identity: json(String.raw`{"\ud83d":1}`) }).message).toContain('surrogate');
    expect(bad({ tool: '\ud83d' }).kind).toBe('refused');
    expect(bad({ output: json('9'.repeat(4301)) }).message).toContain('4301 digits');
    const deep = (levels: number): JsonNode => json('['.repeat(levels) + ']'.repeat(levels));
    expect(bad({ output: deep(limits.writtenDepth) }).message).toContain('levels deep');
    expect(mergeNode({ ...parts, resolved: [document({ output: deep(limits.writtenDepth - 3) })] }).ok).toBe(
      true,
    );
    const large = failure(
      mergeNode({
        ...parts,
        resolved: [document({ output: { kind: 'string', value: 'x'.repeat(limits.jsonBytes) } })],
      }),
    );
    expect(large.kind).toBe('too-large');
    expect(failure(mergeNode({ ...parts, from: '\udc00' })).kind).toBe('refused');
    expect(() => mergeNode({ ...parts, resolved: [document(), document({ how: 'edited' })] })).toThrow(
      'twice',
    );
  });
});

describe('a timestamp', () => {
  it('has six digits of microseconds, or none', () => {
    expect(vekTimestamp(1_741_255_260_000_000)).toBe('2025-03-06T10:01:00+00:00');
    expect(vekTimestamp(1_741_255_260_000_001)).toBe('2025-03-06T10:01:00.000001+00:00');
    expect(vekTimestamp(1_741_255_260_999_999)).toBe('2025-03-06T10:01:00.999999+00:00');
    expect(vekTimestamp(1_741_255_260_100_000)).toBe('2025-03-06T10:01:00.100000+00:00');
    expect(vekTimestamp(-1)).toBe('1969-12-31T23:59:59.999999+00:00');
  });
});
