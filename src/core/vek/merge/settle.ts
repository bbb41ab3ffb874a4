import type { Choice, DocumentDecision } from '../../../contract/merge.ts';
import { canonicalText } from '../../json/canonical.ts';
import type { JsonNode } from '../../json/tree.ts';
import { automatic } from '../../merge/choices.ts';
import type { Merge } from '../../merge/merged.ts';
import { sameValue } from '../../merge/merge-same.ts';
import { resolve } from '../../merge/resolve.ts';
import type { Unit, Value } from '../../merge/unit.ts';
import { fail, ok, type Result } from '../../result.ts';
import { limits } from '../../storage/limits.ts';
import type { ResolvedHow } from '../plan-merge-node.ts';
import type { VekLook } from '../store.ts';
import type { AnalysedDocument, Analysis, Content, Version } from './analysis.ts';
import { contentOf } from './reader.ts';
import { isComparable, treeIn } from './versions.ts';

/**
 * What decisions make of one document. `follows`: its value follows from the two parents. `open`: paths at which
 * nothing is chosen; the empty one is the whole document. `output` undefined: as the side named by `how` has it.
 */
export type SettledResult =
  | { readonly kind: 'follows' }
  | { readonly kind: 'open'; readonly places: readonly string[] }
  | { readonly kind: 'listed'; readonly how: ResolvedHow; readonly output: JsonNode | undefined };

type Whole = NonNullable<DocumentDecision['whole']>;
const hows = { base: 'base', ours: 'current', theirs: 'target' } as const;

/** Carries out the decision about a document; null leaves it as it was taken. */
export function settleDocument(
  analysis: Analysis,
  document: AnalysedDocument,
  decision: DocumentDecision | null,
  s: VekLook | null,
): Result<SettledResult> {
  const { merge, state } = document;
  const unfit = unitsUnknown(document, decision);
  if (unfit !== null) return unfit;
  const whole = decision?.whole ?? null;
  if (whole !== null) return takeWhole(analysis, document, whole, s);
  if (merge !== null) return byParts(document, merge, decision);
  if (state === 'conflicts' || decision?.reopened === true) return ok({ kind: 'open', places: [''] });
  return ok({ kind: 'follows' });
}

/** A decision that names units of another merge. */
function unitsUnknown(
  { merge, title }: AnalysedDocument,
  decision: DocumentDecision | null,
): ReturnType<typeof fail> | null {
  if (decision === null) return null;
  const named = [
    ...decision.choices.map(({ unit }) => unit),
    ...(decision.reopened === true || decision.reopened === false ? [] : decision.reopened),
  ];
  if (named.length === 0) return null;
  const units = new Set(merge?.units.map(({ id }) => id));
  const unknown = named.find((id) => !units.has(id));
  const twice = new Set(decision.choices.map(({ unit }) => unit)).size < decision.choices.length;
  if (unknown === undefined && !twice) return null;
  return fail(
    'bad-request',
    unknown === undefined
      ? `There are two choices for one place of ${title}.`
      : `${title} has no place “${unknown.slice(0, 200)}” to decide about.`,
    'The branches or what counts as a document may have changed. Look at the merge again.',
  );
}

function takeWhole(
  analysis: Analysis,
  document: AnalysedDocument,
  whole: Whole,
  s: VekLook | null,
): Result<SettledResult> {
  const { state, title } = document;
  const taken = document[whole];
  if (isDisputed(taken)) {
    return fail(
      'refused',
      `The common versions of ${title} disagree, so there is no one to go back to.`,
      'Take a side, or decide place by place.',
    );
  }
  if (taken?.content?.kind === 'unknown') {
    return fail(
      'refused',
      `What ${nameOf(analysis, whole)} has of ${title} is not known. ${taken.content.why}.`,
      'Take another version.',
    );
  }
  if (state === whole || (state === 'same' && whole !== 'base')) return ok({ kind: 'follows' });
  const content = contentRead(taken, s);
  if (content === null) {
    return fail(
      'unreadable',
      `What ${nameOf(analysis, whole)} has of ${title} was not read.`,
      'Look at the merge again.',
    );
  }
  return ok({ kind: 'listed', how: hows[whole], output: content.kind === 'tree' ? content.tree : undefined });
}

function nameOf({ into, from }: Analysis, whole: Whole): string {
  return whole === 'base' ? 'the common version' : whole === 'ours' ? into.name : from.name;
}

/** The content of a version, read now where it was not; null where it can't be. */
function contentRead(version: Version | null, s: VekLook | null): Content | null {
  if (version === null) return { kind: 'absent' };
  if (version.content !== null) return version.content;
  if (s === null || version.outputHash === null) return null;
  return contentOf(s.objectHead(version.outputHash, limits.jsonBytes), limits.jsonBytes);
}

function byParts(
  document: AnalysedDocument,
  merge: Merge,
  decision: DocumentDecision | null,
): Result<SettledResult> {
  const choices = new Map<string, Choice>(decision?.choices.map(({ unit, choice }) => [unit, choice]));
  const reopened = reopenedIn(decision);
  const choiceOf = (unit: Unit): Choice | null =>
    choices.get(unit.id) ?? (reopened === true || reopened.has(unit.id) ? null : automatic(unit));
  const { value, open, bad } = resolve(merge, choiceOf);
  const first = bad[0];
  if (first !== undefined) {
    return fail(
      'bad-request',
      `${document.title} ${first.unit.path}: ${first.message}.`,
      'Change what was chosen or typed there.',
    );
  }
  if (open.length > 0) return ok({ kind: 'open', places: open.map(({ path }) => path) });
  return made(document, value, decision?.choices.some(({ choice }) => choice.take === 'edit') === true);
}

function reopenedIn(decision: DocumentDecision | null): true | ReadonlySet<string> {
  const reopened = decision?.reopened ?? false;
  return reopened === true || new Set(reopened === false ? [] : reopened);
}

/** A result; the whole output of a side where it is equal to that, so that a tool returned it. */
function made(document: AnalysedDocument, value: Value, edited: boolean): Result<SettledResult> {
  for (const side of ['ours', 'theirs', 'base'] as const) {
    if (
      isComparable(document[side]) &&
      sameValue(treeIn(document[side]), value) &&
      !isDisputed(document[side])
    ) {
      return ok({ kind: 'listed', how: hows[side], output: value });
    }
  }
  if (value !== undefined) {
    const canonical = canonicalText(value);
    if (!canonical.ok) {
      return fail(
        'bad-request',
        `The result for ${document.title} can’t be written: ${canonical.reason}.`,
        'Change what was typed.',
      );
    }
  }
  return ok({ kind: 'listed', how: edited ? 'edited' : 'merged', output: value });
}

/** A base merged of several holds parts of which it is not known what they are. */
function isDisputed(version: Version | null): boolean {
  return version?.content?.kind === 'tree' && (version.content.disputed?.size ?? 0) > 0;
}
