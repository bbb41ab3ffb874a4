import { createHash } from 'node:crypto';
import type { MergeDocument } from '../contract/merge.ts';
import type { CallRow } from '../contract/vek.ts';
import { findNode } from '../core/graph/find.ts';
import { canonicalText } from '../core/json/canonical.ts';
import { mergeUnit, valueBudget } from '../core/merge-texts/unit-value.ts';
import type { AnalysedDocument, Analysis, Version } from '../core/vek/merge/analysis.ts';
import type { VekLook } from '../core/vek/store.ts';
import type { VekGraph } from './vek-graph.ts';
import { callRow, type GraphFacts } from './vek-row.ts';
import { factsOf } from './vek-window.ts';

/** A call that was stored after the graph was read. */
const UNKNOWN: GraphFacts = { timeMicros: null, refs: [], missingParent: false };

/** Every document of an analysis as a window shows it, with the calls it came from as they stand in this look. */
export function mergeDocuments(s: VekLook, graph: VekGraph, analysis: Analysis): readonly MergeDocument[] {
  const budget = valueBudget();
  const calls = new Map<string, CallRow | null>();
  const callOf = (version: Version | null): CallRow | null => {
    const hash = version?.call ?? null;
    if (hash === null) return null;
    const known = calls.get(hash);
    if (known !== undefined) return known;
    const read = s.nodeRead(hash);
    const node = findNode(graph.index, hash);
    const row = read === null ? null : callRow(s, read, node < 0 ? UNKNOWN : factsOf(graph, node));
    calls.set(hash, row);
    return row;
  };
  return analysis.documents.map((document) => ({
    id: document.id,
    tool: document.tool,
    identity: document.identityText,
    title: document.title,
    fingerprint: fingerprintOfDocument(document),
    state: document.state,
    base: callOf(document.base),
    ours: callOf(document.ours),
    theirs: callOf(document.theirs),
    synthetic: {
      base: isSynthetic(document.base),
      ours: isSynthetic(document.ours),
      theirs: isSynthetic(document.theirs),
    },
    units: document.merge?.units.map((unit) => mergeUnit(unit, budget)) ?? [],
    opaque: document.opaque,
  }));
}

/** Whether no tool returned this version: an earlier merge made it, or it was merged of several bases. */
export const isSynthetic = (version: Version | null): boolean => version !== null && version.call === null;

function fingerprintOfDocument({ base, ours, theirs }: AnalysedDocument): string {
  const digest = createHash('sha256');
  for (const version of [base, ours, theirs]) digest.update(`${versionText(version)}\0`);
  return digest.digest('hex').slice(0, 16);
}

/** What a version holds, so that equal outputs have the same. */
function versionText(version: Version | null): string {
  if (version === null) return 'nothing';
  if (version.outputHash !== null) return version.outputHash;
  const { content } = version;
  if (content?.kind !== 'tree') return `${content?.kind ?? 'unread'} ${version.merge ?? ''}`;
  const text = canonicalText(content.tree);
  return text.ok
    ? `${text.text} ${content.disputed?.size ?? 0}`
    : `${version.merge ?? 'merged'} ${text.reason}`;
}
