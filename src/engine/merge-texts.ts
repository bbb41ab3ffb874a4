import type { DocumentDecision, MergeText, MergeTexts } from '../contract/merge.ts';
import { automatic } from '../core/merge/choices.ts';
import { sameValue } from '../core/merge/merge-same.ts';
import type { Merge } from '../core/merge/merge.ts';
import type { Pane } from '../core/merge/merged.ts';
import { prettyResult, prettySide, type PrettySide } from '../core/merge/pretty.ts';
import { resolve, type Resolved } from '../core/merge/resolve.ts';
import type { Choice, ChoiceOf } from '../core/merge/unit.ts';
import { contentOf } from '../core/vek/content.ts';
import type { AnalysedDocument, Version } from '../core/vek/merge/analysis.ts';
import type { VekLook } from '../core/vek/store.ts';
import { prettyJson } from '../core/json/pretty.ts';
import { cutBytes } from './merge-values.ts';
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
      origins: lineCount(text.text, whole),
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

/** The sides of a merge as text: the same whatever is decided, so each is printed once. */
const printedSides = new WeakMap<Merge, Map<Pane, PrettySide>>();

function printedSide(merge: Merge, pane: Pane): PrettySide {
  const sides = printedSides.get(merge) ?? new Map<Pane, PrettySide>();
  printedSides.set(merge, sides);
  const printed = sides.get(pane) ?? prettySide(merge, pane);
  sides.set(pane, printed);
  return printed;
}

/** How every unit of a document is settled by a decision about it. */
export function choiceOf({ choices, reopened }: DocumentDecision): ChoiceOf {
  const chosen = new Map<string, Choice>(choices.map(({ unit, choice }) => [unit, choice]));
  const open = new Set(Array.isArray(reopened) ? reopened : []);
  return (unit) => {
    const choice = chosen.get(unit.id);
    if (choice !== undefined) return choice;
    return reopened === true || open.has(unit.id) ? null : automatic(unit);
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
    origins: lineCount(result.text, taken ?? 'open'),
    open: taken === null ? 1 : 0,
    synthetic: taken !== null && isSynthetic(document[taken]),
    problem: null,
  };
}

function takenOf(state: AnalysedDocument['state']): Pane | null {
  if (state === 'ours' || state === 'theirs') return state;
  return state === 'same' ? 'ours' : null;
}

const NOTHING: MergeText = { text: '', cut: false, places: [] };

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

function linesIn(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

function lineCount<T>(text: string, origin: T): readonly T[] {
  return Array.from({ length: linesIn(text) }, () => origin);
}

/** Whole lines up to a limit, with the units that begin in them. */
function cutLines({ text, places }: PrettySide, limitBytes: number): MergeText {
  if (Buffer.byteLength(text) <= limitBytes) return { text, cut: false, places };
  const begin = cutBytes(text, limitBytes);
  const end = begin.lastIndexOf('\n');
  const shown = end < 0 ? begin : begin.slice(0, end);
  const lines = linesIn(shown);
  return {
    text: shown,
    cut: true,
    places: places
      .filter(({ from }) => from < lines)
      .map(({ unit, from, to }) => ({ unit, from, to: Math.min(to, lines) })),
  };
}
