import type { Plan } from '../../contract/operations.ts';
import type { Plain } from '../../core/json/build.ts';
import { canKeepBoth } from '../../core/merge/choices.ts';
import type { Unit, Value } from '../../core/merge/unit.ts';
import type { Failure } from '../../core/result.ts';
import type { AnalysedDocument, AnalysedEnd, Analysis } from '../../core/vek/merge/analysis.ts';
import { exact } from '../output.ts';
import type { OpenPlace } from './merge-decide.ts';
import { ruleText } from './merge-rules.ts';

/** What a merge would be, in one word. */
export type Verdict = 'clean' | 'conflicts' | 'assumptions' | 'already' | 'impossible';

/** Everything a preview has to tell. `plan` is null where nothing would be written. */
export type Preview = {
  readonly verdict: Verdict;
  readonly analysis: Analysis;
  readonly open: readonly OpenPlace[];
  readonly blocked: Failure | null;
  readonly plan: Plan | null;
  readonly notes: readonly string[];
};

/** A preview as JSON. Sides bear the names of their branches. A value that is not there has no key. */
export function previewJson({ verdict, analysis, open, blocked, plan, notes }: Preview): Plain {
  const { into, from, unrelated, bases, documents, rules } = analysis;
  const left = new Set(open.map(({ unit }) => unit));
  return {
    verdict,
    blocked: blocked === null ? null : { kind: blocked.kind, message: blocked.message, hint: blocked.hint },
    into: end(into),
    from: end(from),
    unrelated,
    bases,
    counts: countsOf(analysis, open),
    rules: rules.map(({ tool, rule, reason, confirmed, candidates, documents: count, conflicts }) => ({
      tool,
      rule: ruleText(rule),
      reason,
      confirmed,
      candidates,
      documents: count,
      conflicts,
    })),
    documents: documents.map((document) => documentJson(document, analysis, left)),
    notes,
    warnings: plan?.warnings ?? [],
    writes: plan === null ? null : writesJson(plan),
  };
}

/** How many documents came to be how, and how many places are open. */
export function countsOf({ documents, into, from }: Analysis, open: readonly OpenPlace[]) {
  const count = (state: AnalysedDocument['state']): number =>
    documents.filter((document) => document.state === state).length;
  return {
    taken: [
      { from: into.name, documents: count('ours') },
      { from: from.name, documents: count('theirs') },
    ],
    same: count('same'),
    merged: count('merged'),
    conflicted: count('conflicts'),
    open: open.length,
  };
}

/** What a plan writes, exactly. */
export function writesJson({ refs, makes }: Plan): Plain {
  return { node: makes === null ? null : { ...makes.node }, objects: makes?.objects ?? [], refs };
}

function end({ name, tip, calls }: AnalysedEnd): Plain {
  return { branch: name, tip, calls };
}

function documentJson(document: AnalysedDocument, analysis: Analysis, left: ReadonlySet<Unit | null>): Plain {
  const { into, from } = analysis;
  const { tool, identity, title, state, opaque, merge } = document;
  const units = merge?.units ?? [];
  const sides = { ours: [into.name], theirs: [from.name], both: [into.name, from.name] };
  const changed = state === 'ours' || state === 'theirs' ? sides[state] : sides.both;
  return {
    tool,
    identity: exact(identity),
    title,
    state: state === 'ours' || state === 'theirs' ? 'taken' : state,
    changed_on: changed,
    whole_only: opaque ?? undefined,
    conflicts: units.flatMap((unit) =>
      unit.taken === null ? [placeJson(unit, analysis, left.has(unit))] : [],
    ),
    taken: units.flatMap(({ path, id, kind, taken }) =>
      taken === null ? [] : [{ path, id, kind, from: sides[taken] }],
    ),
  };
}

function placeJson(unit: Unit, { into, from }: Analysis, open: boolean): Plain {
  const { path, id, what, kind, base, ours, theirs, baseDisputed } = unit;
  return {
    path,
    id,
    what,
    kind,
    open,
    base: baseDisputed ? undefined : plainValue(base),
    values: { [into.name]: plainValue(ours), [from.name]: plainValue(theirs) },
    both: canKeepBoth(unit),
    base_disputed: baseDisputed,
  };
}

function plainValue(value: Value): Plain | undefined {
  return value === undefined ? undefined : exact(value);
}
