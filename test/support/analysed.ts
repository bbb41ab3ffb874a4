import { createHash } from 'node:crypto';
import type { ToolRule } from '../../src/contract/merge.ts';
import { canonicalText } from '../../src/core/json/canonical.ts';
import { parseJson } from '../../src/core/json/parse.ts';
import type { JsonNode } from '../../src/core/json/tree.ts';
import { mergeJson } from '../../src/core/merge/merge.ts';
import type { AnalysedDocument, Analysis, Version } from '../../src/core/vek/merge/analysis.ts';

/** A document of a made-up merge: its three outputs as JSON text; null where it did not exist. */
export type MadeDocument = {
  readonly tool?: string;
  readonly identity?: string;
  readonly base: string | null;
  readonly ours: string | null;
  readonly theirs: string | null;
  readonly opaque?: string;
};

/** The tree of a JSON text. */
export function tree(text: string): JsonNode {
  const parsed = parseJson(text);
  if (!parsed.ok) throw new Error(`${parsed.error.message}: ${text}`);
  return parsed.node;
}

function versionOf(text: string | null): Version | null {
  if (text === null) return null;
  const content = { kind: 'tree', tree: tree(text), disputed: null } as const;
  return { call: 'c'.repeat(64), merge: null, outputHash: 'd'.repeat(64), content, doubt: null };
}

function documentOf(made: MadeDocument, i: number): AnalysedDocument {
  const { tool = 'edit', identity = `{"doc":"d${i}"}`, base, ours, theirs, opaque = null } = made;
  const node = tree(identity);
  const name = canonicalText(node);
  const identityText = name.ok ? name.text : '';
  const [b, o, t] = [base, ours, theirs].map((text) => (text === null ? undefined : tree(text)));
  const one = base === ours ? 'theirs' : base === theirs ? 'ours' : ours === theirs ? 'same' : null;
  const merge = one === null && opaque === null ? mergeJson(b, o, t) : null;
  const open = opaque !== null || merge?.units.some(({ taken }) => taken === null) === true;
  return {
    id: createHash('sha256').update(`${tool}\0${identityText}`).digest('hex').slice(0, 16),
    tool,
    identity: node,
    identityText,
    title: identityText,
    state: one ?? (open ? 'conflicts' : 'merged'),
    base: versionOf(base),
    ours: versionOf(ours),
    theirs: versionOf(theirs),
    merge,
    opaque,
  };
}

/** The analysis of a made-up merge of `side` into `main`. */
export function analysed(
  documents: readonly MadeDocument[],
  over: Partial<Analysis> & { readonly assumed?: readonly string[] } = {},
): Analysis {
  const { assumed = [], ...rest } = over;
  const rules = assumed.map((tool): ToolRule => ({
    tool,
    rule: { by: 'call' },
    reason: 'assumed',
    confirmed: false,
    candidates: ['/query'],
    documents: 2,
    conflicts: 0,
  }));
  return {
    into: { name: 'main', tip: 'a'.repeat(64), node: 1, calls: 2 },
    from: { name: 'side', tip: 'b'.repeat(64), node: 2, calls: 3 },
    already: false,
    unrelated: false,
    bases: ['e'.repeat(64)],
    rules,
    documents: documents.map(documentOf),
    notes: [],
    ...rest,
  };
}
