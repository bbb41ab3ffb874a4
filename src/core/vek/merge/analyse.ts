import type { DocumentRule, ToolRule } from '../../../contract/merge.ts';
import { mergeBases } from '../../graph/ancestors.ts';
import { findNode } from '../../graph/find.ts';
import { MISSING, type GraphIndex } from '../../graph/index.ts';
import { compareCodePoints } from '../../json/tree.ts';
import { fail, ok, type Result } from '../../result.ts';
import { limits } from '../../storage/limits.ts';
import type { VekLook } from '../store.ts';
import { tellAlike } from './alike.ts';
import type { AnalysedDocument, Analysis, BranchTip } from './analysis.ts';
import { createSettledReader, gatherCalls } from './calls.ts';
import { documentFrom, inOrder } from './documents.ts';
import { COMMON, historyOf, type History } from './history.ts';
import { createNotes, short, type Notes } from './notes.ts';
import { createReader, StoreMoved } from './reader.ts';
import { divergedStretches, stretchesOf } from './stretches.ts';
import { documentsOf, Exhausted, type Earlier, type Scene } from './tool-analysis.ts';
import { toolRules, type ToolFound } from './tool-rules.ts';

/** A merge to analyse: `from` into `into`. `rules`: what was chosen to count as one document, by tool. */
export type MergeQuestion = {
  readonly into: BranchTip;
  readonly from: BranchTip;
  readonly rules: ReadonlyMap<string, DocumentRule>;
  /** told now and then: calls read so far, and how many there are to read at most */
  readonly onProgress?: (done: number, total: number) => void;
};

/**
 * The documents of both runs since their best common calls, merged three ways (design §3). `index` is of the same
 * store as the look. Fails with `not-found` (a tip is not in the index), `conflict` (the store is not the one that was
 * indexed) or `too-large`.
 */
export function analyseMerge(s: VekLook, index: GraphIndex, question: MergeQuestion): Result<Analysis> {
  return analyseWithin(s, index, question, Infinity)!;
}

/**
 * The same where it is quick: null once more than `most` earlier inputs would have to be read to find what both
 * branches started from, a few microseconds each.
 */
export function analyseWithin(
  s: VekLook,
  index: GraphIndex,
  question: MergeQuestion,
  most: number,
): Result<Analysis> | null {
  const tips = [question.into, question.from].map(({ tip }) => findNode(index, tip));
  const lost = tips.indexOf(-1);
  if (lost >= 0) {
    const { name, tip } = lost === 0 ? question.into : question.from;
    return fail(
      'not-found',
      `The newest call of ${name}, ${short(tip)}, is not in the store.`,
      'Check the repository: the call may be missing from a damaged store.',
    );
  }
  try {
    return analyse(s, index, question, tips[0]!, tips[1]!, most);
  } catch (error) {
    if (error instanceof Exhausted) return null;
    if (!(error instanceof StoreMoved)) throw error;
    return fail('conflict', 'The store changed while it was read.', 'Try again.');
  }
}

function analyse(
  s: VekLook,
  index: GraphIndex,
  question: MergeQuestion,
  ours: number,
  theirs: number,
  most: number,
): Result<Analysis> {
  const { into, from, onProgress } = question;
  const history = historyOf(index, ours, theirs);
  const { ahead } = history;
  const exclusive = ahead.ours + ahead.theirs;
  const notes = createNotes();
  const reader = createReader(s, index, history, notes);
  const bases = mergeBases(index, ours, theirs);
  const cutOff = tellDamage(history, notes);
  const analysis: Analysis = {
    into: { ...into, node: ours, calls: ahead.ours },
    from: { ...from, node: theirs, calls: ahead.theirs },
    already: history.sides[history.theirs] === COMMON,
    unrelated: bases.length === 0 && !cutOff,
    bases: bases.map((node) => hashAt(s, index, node)),
    rules: [],
    documents: [],
    notes: [],
  };
  if (analysis.already) return ok(analysis);
  if (exclusive > limits.mergeCalls) {
    return fail(
      'too-large',
      `${into.name} and ${from.name} have ${exclusive.toLocaleString('en')} calls of their own; up to ${limits.mergeCalls.toLocaleString('en')} are compared.`,
      'Merge an earlier call of the branch first: fork there and merge the fork.',
    );
  }
  tellBases(bases, analysis, notes);
  const stretches = stretchesOf(history);
  const diverged = divergedStretches(stretches);
  const settledAt = createSettledReader(reader, notes);
  const tell = (done: number): void => onProgress?.(done, exclusive);
  const calls = gatherCalls(history, stretches, diverged, settledAt, reader, tell);
  const earlier: Earlier = {
    inputs: 0,
    bytes: 0,
    spent: false,
    unasked: 0,
    most,
    tell: (inputs) => onProgress?.(exclusive + inputs, exclusive + history.common),
  };
  const scene: Scene = { history, stretches, diverged, calls, settledAt, reader, notes, earlier };
  const documents: AnalysedDocument[] = [];
  const rules: ToolRule[] = [];
  for (const tool of toolRules(scene, question.rules)) {
    const found = documentsOf(scene, tool.tool, tool.name, tool.found.rule).flatMap((each) => {
      const document = documentFrom(each, reader, notes);
      return document === null ? [] : [document];
    });
    for (const document of found) documents.push(document);
    tellAlike(found, notes);
    if (tool.both || found.some(({ state }) => isBoth(state))) rules.push(ruleOf(tool, found));
  }
  tellReading(earlier, notes);
  rules.sort((a, b) => compareCodePoints(a.tool, b.tool));
  return ok({ ...analysis, rules, documents: inOrder(documents), notes: notes.list() });
}

function isBoth(state: AnalysedDocument['state']): boolean {
  return state === 'conflicts' || state === 'merged' || state === 'same';
}

function ruleOf({ name, found, candidates }: ToolFound, documents: readonly AnalysedDocument[]): ToolRule {
  const conflicts = documents.filter(({ state }) => state === 'conflicts').length;
  return { tool: name, ...found, candidates, documents: documents.length, conflicts };
}

function hashAt(s: VekLook, index: GraphIndex, node: number): string {
  const record = s.nodeAt(index.rowids[node] as number);
  if (record === null || findNode(index, record.hash) !== node) throw new StoreMoved();
  return record.hash;
}

/** Says where history ends in damage. True where that is on a side, so that the common calls may be others. */
function tellDamage(history: History, notes: Notes): boolean {
  const { sides, parents, mergeParents, cut } = history;
  let missing = 0;
  let aside = 0;
  for (let place = 0; place < sides.length; place++) {
    if (sides[place] === 0) continue;
    if (parents[place] !== MISSING && mergeParents[place] !== MISSING) continue;
    missing += 1;
    if (sides[place] !== COMMON) aside += 1;
  }
  if (cut > 0)
    notes.say('Calls of this repository follow each other in a circle, which only damage can cause.');
  if (missing > 0) {
    const where =
      aside > 0
        ? 'What both branches started from may be in the part that is lost'
        : 'What documents were before that is not known';
    notes.say(
      `History is cut off at ${missing === 1 ? 'a call whose parent is' : `${missing.toLocaleString('en')} calls whose parents are`} missing. ${where}.`,
    );
  }
  return aside > 0;
}

function tellBases(bases: readonly number[], { into, from, unrelated }: Analysis, notes: Notes): void {
  if (bases.length > 1) {
    notes.say(
      `${into.name} and ${from.name} have ${bases.length.toLocaleString('en')} best common calls, since they were merged into each other. These are merged first, and where they disagree nothing counts as common.`,
    );
  }
  if (unrelated) {
    notes.say(
      `${into.name} and ${from.name} have no call in common: documents that both have are compared with nothing.`,
    );
  }
}

function tellReading(earlier: Scene['earlier'], notes: Notes): void {
  const read = earlier.inputs.toLocaleString('en');
  if (earlier.spent) {
    notes.say(
      `After ${read} earlier calls it was not looked further for what both branches started from; documents without it can only be taken whole.`,
    );
  } else if (earlier.inputs > limits.mergeBaseTold) {
    notes.say(`${read} earlier calls were read to find what both branches started from.`);
  }
}
