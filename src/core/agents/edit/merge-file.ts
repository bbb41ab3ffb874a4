import { createHash } from 'node:crypto';
import type { FileEdit } from '../../../contract/edits.ts';
import type { DocumentDecision, MergeDocument, MergeText, MergeTexts } from '../../../contract/merge.ts';
import { automatic } from '../../merge/choices.ts';
import { prettyResult } from '../../merge/pretty.ts';
import { resolve, type Resolved } from '../../merge/resolve.ts';
import type { Pane } from '../../merge/merged.ts';
import { choiceOf, cutLines, linesIn, NOTHING, originsOf } from '../../merge-texts/pane-texts.ts';
import { mergeUnit, type ValueBudget } from '../../merge-texts/unit-value.ts';
import { fail, ok, type Result } from '../../result.ts';
import type { EditSides } from './merge-sides.ts';
import { mergeFileText, sideOf, type TextMerge } from './merge-text.ts';
import { brokenBy } from './merge-yaml.ts';

/** One edit beside what stands on disk now. */
export type FileMergeDocument = {
  readonly document: MergeDocument;
  readonly notes: readonly string[];
  texts(decision: DocumentDecision | null, limitBytes: number): MergeTexts;
  /** the edit made anew; null where it comes to what stands on disk */
  result(decision: DocumentDecision | null): Result<FileEdit | null>;
};

/** Merges one file: by its parts where all three are texts, else only a whole side can be taken. */
export function mergeFile(sides: EditSides, budget: ValueBudget): FileMergeDocument {
  const { path, base, ours, theirs, known } = sides;
  const merged = ours === null || theirs === null ? null : mergeFileText(path, { base, ours, theirs }, known);
  const state = stateOf(sides, merged);
  const units = merged === null || state === 'same' ? [] : unitsOf(merged, budget);
  const document: MergeDocument = {
    id: path,
    tool: '',
    identity: path,
    title: path,
    fingerprint: digest([base, ours, theirs, String(known)]),
    state,
    base: null,
    ours: null,
    theirs: null,
    synthetic: { base: false, ours: false, theirs: false },
    units,
    opaque: state === 'conflicts' && units.length === 0 ? opaqueWords(sides) : null,
  };
  const wholeOf = (decision: DocumentDecision | null): Pane | null => {
    if (decision !== null && decision.whole !== null) return decision.whole;
    if (decision?.reopened === true) return null;
    if (state === 'ours' || state === 'theirs') return state;
    return state === 'same' ? 'ours' : null;
  };
  const resolved = (decision: DocumentDecision | null): Resolved | null =>
    merged === null || wholeOf(decision) !== null
      ? null
      : resolve(merged.merge, decision === null ? automatic : choiceOf(decision));
  const problemOf = (decision: DocumentDecision | null, made: Resolved): string | null => {
    if (isTwice(decision, merged)) return TWICE;
    if (!known && isBack(decision)) return unkept(path);
    if (made.bad[0] !== undefined) return made.bad[0].message;
    return made.open.length > 0 ? null : brokenBy(path, textOf(made), [ours ?? '', theirs ?? '']);
  };
  const first = resolved(null);
  const broken = first === null || first.open.length > 0 ? null : problemOf(null, first);
  return {
    document,
    notes: [...sides.notes, ...(broken === null ? [] : [`${path}: ${broken} Look at it before you go on.`])],
    texts: (decision, limitBytes) => {
      const panes = panesOf(sides, merged, limitBytes);
      const made = resolved(decision);
      if (made !== null) {
        const printed = prettyResult(made);
        const result = cutLines(printed, limitBytes);
        return {
          ...panes,
          result,
          origins: printed.origins.slice(0, linesIn(result.text)),
          open: made.open.length,
          synthetic: false,
          problem: problemOf(decision, made),
        };
      }
      const taken = wholeOf(decision);
      const result = panes[taken ?? 'ours'] ?? NOTHING;
      return {
        ...panes,
        result,
        origins: originsOf(result.text, taken ?? 'open'),
        open: taken === null ? 1 : 0,
        synthetic: false,
        problem: null,
      };
    },
    result: (decision) => {
      const taken = wholeOf(decision);
      if (taken !== null) {
        if (taken === 'base' && !known) {
          return fail('bad-request', unkept(path), 'Take another side.');
        }
        return ok(editOf(sides, sides[taken]));
      }
      const made = resolved(decision);
      if (made === null || made.open.length > 0) {
        return fail('conflict', `${path} is not resolved yet.`, 'Settle what is open first.');
      }
      if (isTwice(decision, merged)) return fail('bad-request', TWICE, 'Choose again there.');
      if (!known && isBack(decision)) return fail('bad-request', unkept(path), 'Choose another side there.');
      if (made.bad.length > 0) return fail('bad-request', made.bad[0]!.message, 'Choose again there.');
      return ok(editOf(sides, textOf(made)));
    },
  };
}

const TWICE = 'Both can’t be kept here: the key would stand twice.';

/** Whether both values of one key were chosen, which the window does not offer. */
const isTwice = (decision: DocumentDecision | null, merged: TextMerge | null): boolean =>
  decision?.choices.some(({ unit, choice }) => choice.take === 'both' && merged?.single.has(unit) === true) ??
  false;

/** Whether a place is to be as it was. */
const isBack = (decision: DocumentDecision | null): boolean =>
  decision?.choices.some(({ choice }) => choice.take === 'base') ?? false;

const unkept = (path: string): string => `What ${path} was when you began is not kept.`;

/** A text as an edit of what stands on disk; null where it is that. */
function editOf({ path, disk, theirs }: EditSides, text: string | null): FileEdit | null {
  return text === theirs ? null : { path, base: disk, text };
}

function stateOf({ base, ours, theirs, known }: EditSides, merged: TextMerge | null): MergeDocument['state'] {
  if (ours === theirs) return 'same';
  if (known && ours === base) return 'theirs';
  if (known && theirs === base) return 'ours';
  // nothing but the order of keys differs
  if (merged !== null && merged.merge.units.length === 0) return 'theirs';
  return merged === null || merged.merge.units.some(({ taken }) => taken === null) ? 'conflicts' : 'merged';
}

function unitsOf({ merge, single }: TextMerge, budget: ValueBudget): MergeDocument['units'] {
  return merge.units.map((unit) => {
    const shown = mergeUnit(unit, budget);
    return single.has(unit.id) ? { ...shown, both: false } : shown;
  });
}

/** Why only a whole side can be taken: one side has no file. */
function opaqueWords({ ours, base }: EditSides): string {
  const was = base === null ? 'made' : 'changed';
  return ours === null
    ? 'You removed this file, and it was changed on disk meanwhile. Remove it all the same, or leave it as it is on disk.'
    : `You ${was} this file, and it was removed on disk meanwhile. Write your text anew, or leave it removed.`;
}

function panesOf(
  { base, ours, theirs, known }: EditSides,
  merged: TextMerge | null,
  limitBytes: number,
): Pick<MergeTexts, 'base' | 'ours' | 'theirs'> {
  const side = (pane: Pane, text: string | null): MergeText | null => {
    if (text === null || (pane === 'base' && !known)) return null;
    return cutLines(merged === null ? { text, cut: false, places: [] } : sideOf(merged, pane), limitBytes);
  };
  return { base: side('base', base), ours: side('ours', ours), theirs: side('theirs', theirs) };
}

const textOf = ({ value }: Resolved): string => (value?.kind === 'string' ? value.value : '');

/** A digest of texts, of which some may be missing. */
export function digest(texts: readonly (string | null)[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text === null ? 'none\0' : `${text.length}\0${text}`);
  return hash.digest('hex').slice(0, 16);
}
