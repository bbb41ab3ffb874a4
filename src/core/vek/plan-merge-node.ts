import type { Made } from '../../contract/operations.ts';
import type { NodeRecord } from '../../contract/vek.ts';
import { canonicalText } from '../json/canonical.ts';
import { hold, jsonOf, type Plain } from '../json/build.ts';
import { compareCodePoints, type JsonNode } from '../json/tree.ts';
import { fail, ok, type Result } from '../result.ts';
import { limits } from '../storage/limits.ts';
import { blobHash, nodeHash } from './hash.ts';

/** The tool of a merge node (formats/vek.md §6). */
export const MERGE_TOOL = '__merge__';

/**
 * How a document of a merge came to its value: the whole output of a side (`current` is the branch that is merged
 * into, `target` the other one) or of the base; `merged` of parts of these by choices; `edited` where a person typed.
 */
export type ResolvedHow = 'current' | 'target' | 'base' | 'merged' | 'edited';

/**
 * One document that a merge node has to name, because its value does not follow from the two parents (design §3).
 * `output` undefined: the document is taken out.
 */
export type ResolvedDocument = {
  readonly tool: string;
  /** what names the document among those of the tool */
  readonly identity: JsonNode;
  readonly how: ResolvedHow;
  readonly output: JsonNode | undefined;
};

/** The bytes of the objects of a plan, by hash. A plan itself holds hashes only. */
export type Contents = ReadonlyMap<string, Uint8Array>;

/** What a merge node is made of. Hashes of tips are those of the two parents. */
export type MergeParts = {
  readonly into: string;
  readonly from: string;
  readonly tips: { readonly ours: string; readonly theirs: string };
  readonly resolved: readonly ResolvedDocument[];
  readonly timestamp: string;
};

/**
 * The merge node as the Python tool writes it (formats/vek.md §3, §6), with `resolved` in its output where there is
 * something to name, sorted by tool and identity. Fails where a value can't be written so that Python reads it:
 * `refused` (half a surrogate pair, endless integers, too deep) or `too-large`.
 */
export function mergeNode(parts: MergeParts): Result<{ node: NodeRecord; contents: Contents }> {
  const named = inOrder(parts.resolved);
  if (!named.ok) return named;
  const resolved = named.value.length === 0 ? undefined : named.value.map(entryOf);
  const { ours, theirs } = parts.tips;
  const input = encode(jsonOf({ merge: [parts.into, parts.from] }), () => 'The names of the branches');
  if (!input.ok) return input;
  const output = encode(jsonOf({ merged_tips: [ours, theirs], resolved }), () => culprit(named.value));
  if (!output.ok) return output;
  const fields = {
    tool: MERGE_TOOL,
    input_hash: blobHash(input.value),
    output_hash: blobHash(output.value),
    parent_hash: ours,
    timestamp: parts.timestamp,
    merge_parent: theirs,
  };
  const contents = new Map([
    [fields.input_hash, input.value],
    [fields.output_hash, output.value],
  ]);
  return ok({ node: { hash: nodeHash(fields), ...fields }, contents });
}

/** The time as the Python tool writes it: six digits of microseconds, left out where they are zero (§3). */
export function vekTimestamp(micros: number): string {
  const whole = Math.round(micros);
  const fraction = ((whole % 1_000_000) + 1_000_000) % 1_000_000;
  const seconds = new Date((whole - fraction) / 1000).toISOString().slice(0, 19);
  return `${seconds}${fraction === 0 ? '' : `.${String(fraction).padStart(6, '0')}`}+00:00`;
}

/** The node and objects of a plan; `stored` says whether an object is in the store already. */
export function madeOf(node: NodeRecord, contents: Contents, stored: (hash: string) => boolean): Made {
  const object = (role: 'input' | 'output', hash: string): Made['objects'][number] => ({
    role,
    hash,
    bytes: contents.get(hash)?.byteLength ?? 0,
    fresh: !stored(hash),
  });
  return { node, objects: [object('input', node.input_hash), object('output', node.output_hash)] };
}

type Named = { readonly document: ResolvedDocument; readonly name: string };

/** The documents by tool and identity. Throws where one is named twice: a bug. */
function inOrder(documents: readonly ResolvedDocument[]): Result<readonly Named[]> {
  const named: Named[] = [];
  for (const document of documents) {
    const name = canonicalText(document.identity);
    if (!name.ok) return unwritable(`What names a document of “${document.tool}”`, name.reason);
    named.push({ document, name: name.text });
  }
  named.sort(
    (a, b) => compareCodePoints(a.document.tool, b.document.tool) || compareCodePoints(a.name, b.name),
  );
  for (const [i, { document, name }] of named.entries()) {
    const next = named[i + 1];
    if (next?.document.tool === document.tool && next.name === name)
      throw new Error(`A merge names ${document.tool} ${name} twice`);
  }
  return ok(named);
}

function entryOf({ document: { tool, identity, how, output } }: Named): Plain {
  return { how, identity: hold(identity), output: output && hold(output), tool };
}

/** The document whose result has no canonical form, in words. */
function culprit(named: readonly Named[]): string {
  const found = named.find(({ document: { output } }) => output !== undefined && !canonicalText(output).ok);
  if (found === undefined) return 'The result';
  return `The result for ${found.document.tool} ${found.name.slice(0, 200)}`;
}

function encode(node: JsonNode, what: () => string): Result<Uint8Array> {
  const text = canonicalText(node);
  if (!text.ok) return unwritable(what(), text.reason);
  if (isDeeper(node, limits.writtenDepth)) {
    return unwritable(
      what(),
      `It is nested more than ${limits.writtenDepth} levels deep, which Python can’t read`,
    );
  }
  const bytes = new TextEncoder().encode(text.text);
  if (bytes.byteLength <= limits.jsonBytes) return ok(bytes);
  return fail(
    'too-large',
    `The merged documents have ${bytes.byteLength} bytes together; up to ${limits.jsonBytes} can be written in one merge.`,
    'Call the tool once more for the largest documents on one branch, so that they need no result of their own.',
  );
}

function isDeeper(root: JsonNode, levels: number): boolean {
  let row: readonly JsonNode[] = [root];
  for (let depth = 0; row.length > 0; depth++) {
    if (depth > levels) return true;
    row = row.flatMap(childrenOf);
  }
  return false;
}

function childrenOf(node: JsonNode): readonly JsonNode[] {
  if (node.kind === 'array') return node.items;
  return node.kind === 'object' ? node.entries.map((entry) => entry.value) : [];
}

function unwritable(what: string, reason: string): Result<never> {
  return fail('refused', `${what} can’t be written: ${reason}.`, 'Take another value there, or edit it.');
}
