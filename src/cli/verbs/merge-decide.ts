import type { Choice, DocumentDecision, Side } from '../../contract/merge.ts';
import { canonicalText } from '../../core/json/canonical.ts';
import { canKeepBoth, choicesFor, validEdit } from '../../core/merge/choices.ts';
import type { Unit } from '../../core/merge/unit.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import type { AnalysedDocument, Analysis } from '../../core/vek/merge/analysis.ts';
import {
  typedText,
  type FileConflict,
  type FileDocument,
  type FileEnd,
  type FileTake,
  type Resolutions,
} from './merge-file.ts';

/** A place that is not settled: a part of a document, or (null) the document as a whole. */
export type OpenPlace = { readonly document: AnalysedDocument; readonly unit: Unit | null };

/** What was decided, and what is still open. */
export type Decided = {
  readonly decisions: readonly DocumentDecision[];
  readonly open: readonly OpenPlace[];
};

/** Nothing decided: what the merge takes by itself. */
export function undecided(analysis: Analysis): Decided {
  return decidedBy(analysis, []);
}

/** Every conflict settled to the value of the branch with that name. */
export function takeBranch(analysis: Analysis, name: string): Result<Decided> {
  const side = sideOf(analysis, name);
  if (side === null) {
    const { into, from } = analysis;
    return fail(
      'bad-request',
      `“${name}” is neither of the two branches. Nothing was written.`,
      `Use: --take ${into.name}, or --take ${from.name}`,
    );
  }
  const conflicted = analysis.documents.filter(({ state }) => state === 'conflicts');
  const decisions = conflicted.map(({ id, merge }): DocumentDecision => {
    const units = merge?.units.filter(({ taken }) => taken === null) ?? [];
    const choices = units.map((unit) => ({ unit: unit.id, choice: { take: side } }));
    return { document: id, whole: merge === null ? side : null, reopened: false, choices };
  });
  return ok(decidedBy(analysis, decisions));
}

/** What a file says, carried over to this merge. Fails by name where it fits no document, place or branch. */
export function takeFile(analysis: Analysis, file: Resolutions): Result<Decided> {
  for (const [end, now, what] of [
    [file.into, analysis.into, 'into'],
    [file.from, analysis.from, 'from'],
  ] as const) {
    const moved = endProblem(end, now, what);
    if (moved !== null) return moved;
  }
  const decisions: DocumentDecision[] = [];
  const seen = new Set<string>();
  for (const entry of file.documents) {
    const { whole, conflicts } = entry;
    const found = documentOf(analysis, entry);
    if (!found.ok) {
      if (whole === null && conflicts.length === 0) continue;
      return found;
    }
    if (seen.has(found.value.id)) return bad(`${nameOf(found.value)} is there twice.`);
    seen.add(found.value.id);
    const decision = decisionOf(analysis, found.value, entry);
    if (!decision.ok) return decision;
    if (decision.value !== null) decisions.push(decision.value);
  }
  return ok(decidedBy(analysis, decisions));
}

function endProblem(end: FileEnd | null, now: Analysis['into'], what: string): Result<never> | null {
  if (end === null) return null;
  if (end.branch !== now.name)
    return bad(`The file merges ${what} “${end.branch}”, and this merge is ${what} “${now.name}”.`);
  if (end.tip === null || end.tip === now.tip) return null;
  return fail(
    'conflict',
    `“${now.name}” was at ${end.tip.slice(0, 10)} when the file was made and is at ${now.tip.slice(0, 10)} now. Nothing was written.`,
    'Make a new preview, and carry over what still fits.',
  );
}

function documentOf(analysis: Analysis, { tool, identity }: FileDocument): Result<AnalysedDocument> {
  const name = canonicalText(identity);
  const found = name.ok
    ? analysis.documents.find((document) => document.tool === tool && document.identityText === name.text)
    : undefined;
  if (found !== undefined) return ok(found);
  return bad(`No document of “${tool}” that changed is named ${name.ok ? name.text.slice(0, 200) : 'so'}.`);
}

function decisionOf(
  analysis: Analysis,
  document: AnalysedDocument,
  { whole, conflicts }: FileDocument,
): Result<DocumentDecision | null> {
  const { id } = document;
  if (whole !== null) {
    const choice = choiceOf(analysis, whole, null);
    if (!choice.ok) return bad(`${nameOf(document)}: ${choice.error.message}`);
    const { take } = choice.value;
    if (take === 'both' || take === 'edit') return bad(`${nameOf(document)} takes one side as a whole.`);
    return ok({ document: id, whole: take, reopened: false, choices: [] });
  }
  if (conflicts.length === 0) return ok(null);
  const choices: { unit: string; choice: Choice }[] = [];
  for (const conflict of conflicts) {
    const unit = unitOf(document, conflict);
    if (!unit.ok) return unit;
    if (choices.some((made) => made.unit === unit.value.id))
      return bad(`${nameOf(document)}: ${placeOf(unit.value)} is there twice.`);
    const choice = choiceOf(analysis, conflict.take, unit.value);
    if (!choice.ok) return bad(`${nameOf(document)}, ${placeOf(unit.value)}: ${choice.error.message}`);
    choices.push({ unit: unit.value.id, choice: choice.value });
  }
  return ok({ document: id, whole: null, reopened: false, choices });
}

function unitOf(document: AnalysedDocument, { at }: FileConflict): Result<Unit> {
  const units = document.merge?.units ?? [];
  const exact = units.find(({ id }) => id === at);
  if (exact !== undefined) return ok(exact);
  const here = units.filter(({ path }) => path === at);
  const conflicts = here.filter(({ taken }) => taken === null);
  const [only] = conflicts.length > 0 ? conflicts : here;
  if (only === undefined) return bad(`${nameOf(document)} has no change at “${at}”.`);
  if ((conflicts.length > 0 ? conflicts : here).length === 1) return ok(only);
  return bad(
    `${nameOf(document)} has several changes at “${at}”: name them by their ids, ${here
      .map(({ id }) => id)
      .slice(0, 20)
      .join(', ')}.`,
  );
}

function choiceOf(analysis: Analysis, take: FileTake, unit: Unit | null): Result<Choice> {
  switch (take.take) {
    case 'name':
      return sideChoice(analysis, take, unit);
    case 'nothing':
      return unit?.what === 'value'
        ? ok({ take: 'edit', text: null })
        : bad('Only a value can be taken out; give an empty list or text instead.');
    case 'both': {
      if (unit === null || !canKeepBoth(unit)) return bad('Both can be kept of lists and of texts only.');
      const first = take.first === null ? 'ours' : sideOf(analysis, take.first);
      return first === null
        ? bad(`“${take.first}” is neither of the two branches.`)
        : ok({ take: 'both', first });
    }
    case 'value': {
      if (unit === null || !choicesFor(unit).includes('edit')) return bad('No value can be given here.');
      const text = typedText(take.value, unit.what === 'lines');
      if (text === null) return bad('Lines are given as a text.');
      const valid = validEdit(unit.what, text);
      return valid.ok ? ok({ take: 'edit', text }) : bad(`${valid.message}.`);
    }
  }
}

function sideChoice(
  analysis: Analysis,
  { name, quoted }: Extract<FileTake, { take: 'name' }>,
  unit: Unit | null,
): Result<Choice> {
  const side = sideOf(analysis, name);
  if (!quoted && name === 'base') {
    if (unit?.baseDisputed === true) return bad('The bases disagree here, so there is no base to take.');
    if (side === null) return ok({ take: 'base' });
    return bad('A branch is named “base” too: for the branch write {"branch": "base"}.');
  }
  return side === null ? bad(`“${name}” is neither “base” nor one of the two branches.`) : ok({ take: side });
}

function sideOf({ into, from }: Analysis, name: string): Side | null {
  if (name === into.name) return 'ours';
  return name === from.name ? 'theirs' : null;
}

function decidedBy(analysis: Analysis, decisions: readonly DocumentDecision[]): Decided {
  const made = new Map(decisions.map((decision) => [decision.document, decision]));
  const open = analysis.documents.flatMap((document): OpenPlace[] => {
    const decision = made.get(document.id);
    if (document.state !== 'conflicts' || (decision?.whole ?? null) !== null) return [];
    if (document.merge === null) return [{ document, unit: null }];
    const chosen = new Set(decision?.choices.map(({ unit }) => unit));
    const left = document.merge.units.filter((unit) => unit.taken === null && !chosen.has(unit.id));
    return left.map((unit) => ({ document, unit }));
  });
  return { decisions, open };
}

/** A document in words. */
export function nameOf({ tool, identityText }: AnalysedDocument): string {
  return `${tool} ${identityText.length > 200 ? `${identityText.slice(0, 199)}…` : identityText}`;
}

/** A place within a document in words. */
export function placeOf({ id, path }: Unit): string {
  return path === '' && id === '' ? 'the whole document' : id;
}

function bad(message: string): Result<never> {
  return fail('bad-request', message, 'Nothing was written. The form is in: vekscope merge --help');
}
