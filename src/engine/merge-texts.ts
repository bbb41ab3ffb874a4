import type { DocumentDecision, MergeText, MergeTexts } from '../contract/merge.ts';
import { sameValue } from '../core/merge/merge-same.ts';
import type { Merge } from '../core/merge/merge.ts';
import type { Pane } from '../core/merge/merged.ts';
import { prettyResult } from '../core/merge/pretty.ts';
import { resolve, type Resolved } from '../core/merge/resolve.ts';
import { contentOf } from '../core/vek/content.ts';
import type { AnalysedDocument, Version } from '../core/vek/merge/analysis.ts';
import type { VekLook } from '../core/vek/store.ts';
import { prettyJson } from '../core/json/pretty.ts';
import {
  choiceOf,
  cutLines,
  linesIn,
  NOTHING,
  originsOf,
  printedSide,
} from '../core/merge-texts/pane-texts.ts';
import { cutBytes } from '../core/merge-texts/unit-value.ts';
import { isSynthetic } from './merge-documents.ts';

/** The four panes of a document under a decision. `limitBytes`: no text is longer. */
export function mergeTexts(
  s: VekLook,
  document: AnalysedDocument,
  decision: DocumentDecision,
  limitBytes: number,
): MergeTexts {
  const { merge } = document;
  if (merge === null) return wholeTexts(s, document, decision, limitBytes);
  const side = (pane: Pane): MergeText | null =>
    merge.sides[pane] === undefined ? null : cutLines(printedSide(merge, pane), limitBytes);
  const sides = { base: side('base'), ours: side('ours'), theirs: side('theirs') };
  if (decision.whole !== null) {
    const { whole } = decision;
    const text = sides[whole] ?? NOTHING;
    return {
      ...sides,
      result: text,
      origins: originsOf(text.text, whole),
      open: 0,
      synthetic: isSynthetic(document[whole]),
      problem: null,
    };
  }
  const resolved = resolve(merge, choiceOf(decision));
  const printed = prettyResult(resolved);
  const result = cutLines(printed, limitBytes);
  return {
    ...sides,
    result,
    origins: printed.origins.slice(0, linesIn(result.text)),
    open: resolved.open.length,
    synthetic: madeByMerge(document, merge, resolved),
    problem: resolved.bad[0]?.message ?? null,
  };
}

/** A result is a tool's own where it equals what one side or the base had, and a tool returned that. */
function madeByMerge(document: AnalysedDocument, merge: Merge, { value, open }: Resolved): boolean {
  if (open.length > 0) return true;
  const panes = ['ours', 'theirs', 'base'] as const;
  return !panes.some((pane) => !isSynthetic(document[pane]) && sameValue(value, merge.sides[pane]));
}

/** A document of which only a whole version can be taken. */
function wholeTexts(
  s: VekLook,
  document: AnalysedDocument,
  { whole, reopened }: DocumentDecision,
  limitBytes: number,
): MergeTexts {
  const side = (pane: Pane): MergeText | null => versionText(s, document[pane], limitBytes);
  const sides = { base: side('base'), ours: side('ours'), theirs: side('theirs') };
  const taken = whole ?? (reopened === true ? null : takenOf(document.state));
  const shown = taken ?? 'ours';
  const result = sides[shown] ?? NOTHING;
  return {
    ...sides,
    result,
    origins: originsOf(result.text, taken ?? 'open'),
    open: taken === null ? 1 : 0,
    synthetic: taken !== null && isSynthetic(document[taken]),
    problem: null,
  };
}

function takenOf(state: AnalysedDocument['state']): Pane | null {
  if (state === 'ours' || state === 'theirs') return state;
  return state === 'same' ? 'ours' : null;
}

/** What a version holds as text; null where there is none. */
function versionText(s: VekLook, version: Version | null, limitBytes: number): MergeText | null {
  if (version === null || version.content?.kind === 'absent') return null;
  if (version.content?.kind === 'tree') {
    const { text, cut } = prettyJson(version.content.tree, { maxChars: limitBytes });
    const shown = cutBytes(text, limitBytes);
    return { text: shown, cut: cut || shown.length < text.length, places: [] };
  }
  if (version.outputHash === null) return { ...NOTHING, text: wordsOf(version) };
  const { text, cut } = contentOf(s, version.outputHash, limitBytes);
  return { text, cut, places: [] };
}

function wordsOf({ content }: Version): string {
  return content?.kind === 'opaque' || content?.kind === 'unknown' ? content.why : '';
}
