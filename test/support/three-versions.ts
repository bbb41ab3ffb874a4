import * as fc from 'fast-check';
import { parseJson } from '../../src/core/json/parse.ts';
import type { JsonEntry, JsonNode } from '../../src/core/json/tree.ts';
import { jsonDocuments } from './json-documents.ts';

/** Three versions of one document: two were made from the first by some edits anywhere in it. */
export type Versions = { readonly base: JsonNode; readonly ours: JsonNode; readonly theirs: JsonNode };

/** Reads a text that must be JSON. */
export function parsed(text: string): JsonNode {
  const result = parseJson(text);
  if (!result.ok) throw new Error(`${result.error.message}: ${text}`);
  return result.node;
}

type Edit = {
  readonly at: number;
  readonly op: 'change' | 'add' | 'remove';
  readonly key: string;
  readonly value: JsonNode;
};

const scalars = fc.constantFrom('1', '2', '1.0', '"x"', '"y"', 'null', 'true', '"a\\nb\\nc"', '"a\\nB\\nc"');
const small = fc
  .oneof(scalars, fc.constantFrom('{}', '[]', '[1,2]', '{"k":1}', '{"id":7,"v":[1]}'), jsonDocuments)
  .map(parsed);

const documents: fc.Arbitrary<JsonNode> = fc.letrec<{ value: JsonNode }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalars.map(parsed),
    fc.array(tie('value'), { maxLength: 6 }).map((items): JsonNode => ({ kind: 'array', items })),
    fc
      .uniqueArray(fc.nat({ max: 9 }), { maxLength: 5 })
      .chain((ids) => fc.tuple(...ids.map((id) => tie('value').map((value) => named(id, value)))))
      .map((items): JsonNode => ({ kind: 'array', items })),
    fc
      .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd/e', 'f[', '~', ''), tie('value')), {
        selector: ([key]) => key,
        maxLength: 6,
      })
      .map((entries): JsonNode => ({
        kind: 'object',
        entries: entries.map(([key, value]) => ({ key, value })),
      })),
  ),
})).value;

function named(id: number, value: JsonNode): JsonNode {
  return {
    kind: 'object',
    entries: [
      { key: 'id', value: { kind: 'int', text: String(id) } },
      { key: 'value', value },
    ],
  };
}

const edits = fc.array(
  fc.record<Edit>({
    at: fc.nat(),
    op: fc.constantFrom('change', 'change', 'add', 'remove'),
    key: fc.constantFrom('a', 'b', 'c', 'new', 'neu'),
    value: small,
  }),
  { maxLength: 4 },
);

/** Random versions of a document, some with equal edits. */
export const threeVersions: fc.Arbitrary<Versions> = fc
  .tuple(documents, edits, edits, edits)
  .map(([base, mine, other, shared]) => ({
    base,
    ours: [...shared, ...mine].reduce(applied, base),
    theirs: [...shared, ...other].reduce(applied, base),
  }));

function sizeOf(node: JsonNode): number {
  if (node.kind === 'array') return node.items.reduce((sum, item) => sum + sizeOf(item), 1);
  if (node.kind === 'object') return node.entries.reduce((sum, { value }) => sum + sizeOf(value), 1);
  return 1;
}

function applied(root: JsonNode, edit: Edit): JsonNode {
  return editAt(root, edit.at % sizeOf(root), edit) ?? root;
}

/** Edits the value that is the `at`-th of the tree, in the order of the text; undefined takes it out. */
function editAt(node: JsonNode, at: number, edit: Edit): JsonNode | undefined {
  if (at === 0) return editHere(node, edit);
  let left = at - 1;
  const part = (child: JsonNode): JsonNode | undefined => {
    const size = sizeOf(child);
    const here = left >= 0 && left < size ? editAt(child, left, edit) : child;
    left -= size;
    return here;
  };
  if (node.kind === 'array') {
    return { kind: 'array', items: node.items.map(part).filter((item) => item !== undefined) };
  }
  if (node.kind !== 'object') return node;
  const entries = node.entries.flatMap(({ key, value }): JsonEntry[] => {
    const changed = part(value);
    return changed === undefined ? [] : [{ key, value: changed }];
  });
  return { kind: 'object', entries };
}

function editHere(node: JsonNode, { op, key, value, at }: Edit): JsonNode | undefined {
  if (op === 'remove') return undefined;
  if (op === 'add' && node.kind === 'array') {
    return { kind: 'array', items: node.items.toSpliced((at >>> 3) % (node.items.length + 1), 0, value) };
  }
  if (op === 'add' && node.kind === 'object' && !node.entries.some((entry) => entry.key === key)) {
    return { kind: 'object', entries: [...node.entries, { key, value }] };
  }
  return value;
}
