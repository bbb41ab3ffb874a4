import { canonicalText } from '../../src/core/json/canonical.ts';
import type { JsonNode } from '../../src/core/json/tree.ts';
import { parseJson } from '../../src/core/json/parse.ts';
import { automatic } from '../../src/core/merge/choices.ts';
import { mergeJson } from '../../src/core/merge/merge.ts';
import { resolve } from '../../src/core/merge/resolve.ts';
import type { Value } from '../../src/core/merge/unit.ts';
import { virtualBase } from '../../src/core/merge/virtual.ts';

/** A call of the plain model: its document and output, or a merge with what it settled. Parents by number, -1 none. */
export type PlainCall = {
  readonly parent: number;
  readonly merge: number;
  readonly document: string;
  readonly output: string;
  readonly settled: ReadonlyMap<string, string>;
};

type Held = { readonly value: Value; readonly disputed: ReadonlySet<JsonNode> };
type Documents = ReadonlyMap<string, Held>;

/** The slow way: all documents at every call, by definition (design §3). */
export function plainModel(calls: readonly PlainCall[]) {
  const memo = new Map<number, Documents>();
  const reach = (tips: readonly number[]): Set<number> => {
    const seen = new Set<number>();
    const visit = (call: number): void => {
      if (call < 0 || seen.has(call)) return;
      seen.add(call);
      visit(calls[call]!.parent);
      visit(calls[call]!.merge);
    };
    for (const tip of tips) visit(tip);
    return seen;
  };
  let most = 0;
  const best = (a: readonly number[], b: readonly number[]): number[] => {
    const other = reach(b);
    const common = [...reach(a)].filter((call) => other.has(call));
    const found = common
      .filter((call) => !common.some((above) => above !== call && reach([above]).has(call)))
      .sort((x, y) => y - x);
    most = Math.max(most, found.length);
    return found;
  };
  const at = (call: number): Documents => {
    if (call < 0) return new Map();
    const known = memo.get(call);
    if (known !== undefined) return known;
    const { parent, merge, document, output, settled } = calls[call]!;
    const documents = new Map(merge < 0 ? at(parent) : joined([parent], [merge], true));
    if (merge < 0) documents.set(document, plain(output));
    for (const [name, text] of settled) documents.set(name, plain(text));
    memo.set(call, documents);
    return documents;
  };
  /** Several calls as one: each is merged into those before it. */
  const together = (tips: readonly number[]): Documents => {
    if (tips.length === 0) return new Map();
    if (tips.length === 1) return at(tips[0]!);
    return joined(tips.slice(0, -1), tips.slice(-1), false);
  };
  const joined = (a: readonly number[], b: readonly number[], real: boolean): Documents => {
    const [base, ours, theirs] = [together(best(a, b)), together(a), together(b)];
    const result = new Map<string, Held>();
    for (const name of new Set([...ours.keys(), ...theirs.keys()])) {
      result.set(name, three(base.get(name), ours.get(name), theirs.get(name), real));
    }
    return result;
  };
  return {
    at,
    base: (a: number, b: number) => together(best([a], [b])),
    bases: (a: number, b: number) => best([a], [b]),
    reach,
    /** the most best common calls that anything asked so far had: what more than two come to depends on their order */
    most: () => most,
  };
}

function three(
  base: Held | undefined,
  ours: Held | undefined,
  theirs: Held | undefined,
  real: boolean,
): Held {
  const disputed = new Set<JsonNode>();
  for (const held of [base, ours, theirs]) for (const node of held?.disputed ?? []) disputed.add(node);
  const merge = mergeJson(base?.value, ours?.value, theirs?.value, { disputed });
  if (!real) return virtualBase(merge);
  return { value: resolve(merge, (unit) => automatic(unit) ?? { take: 'ours' }).value, disputed: new Set() };
}

function plain(text: string): Held {
  const parsed = parseJson(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return { value: parsed.node, disputed: new Set() };
}

/** The canonical text of what the model holds. */
export function plainText(held: Held | undefined): string | null {
  if (held?.value === undefined) return null;
  const canonical = canonicalText(held.value);
  return canonical.ok ? canonical.text : canonical.reason;
}
