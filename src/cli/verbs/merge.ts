import type { DocumentRule } from '../../contract/merge.ts';
import type { GraphIndex } from '../../core/graph/index.ts';
import { recover } from '../../core/operations/recover.ts';
import type { WriteContext } from '../../core/operations/context.ts';
import { fail, ok, type Failure, type Result } from '../../core/result.ts';
import { applyPlan } from '../../core/vek/apply.ts';
import { readHead } from '../../core/vek/head.ts';
import { readIndexIn } from '../../core/vek/index-read.ts';
import { readRules, saveRule } from '../../core/vek/merge-kept.ts';
import { analyseMerge } from '../../core/vek/merge/analyse.ts';
import type { Analysis } from '../../core/vek/merge/analysis.ts';
import { resolvedOf } from '../../core/vek/merge/resolved.ts';
import type { RepositoryPaths } from '../../core/vek/paths.ts';
import { headUnreadable } from '../../core/vek/plan-scene.ts';
import {
  mergeBlocked,
  mergeTips,
  planMerge,
  type MergePlan,
  type ResolvedDocument,
} from '../../core/vek/plan-merge.ts';
import { lookAtVek, type VekLook } from '../../core/vek/store.ts';
import { indexSource } from '../../core/vek/trash-find.ts';
import { repository, writeContext, type Call } from '../command.ts';
import { counted, EXIT, safeLine, short } from '../output.ts';
import { takeBranch, takeFile, undecided, type Decided } from './merge-decide.ts';
import { readResolutions, type Resolutions } from './merge-file.ts';
import { countsOf, previewJson, writesJson, type Preview, type Verdict } from './merge-json.ts';
import { parseRules, ruleWords, unknownTool } from './merge-rules.ts';
import { countLines, nextLines, noteLines, openLines, previewLines } from './merge-words.ts';

type Options = {
  readonly from: string;
  readonly preview: boolean;
  readonly rules: ReadonlyMap<string, DocumentRule>;
  readonly take: string | null;
  readonly file: Resolutions | null;
};

/** What was asked, of which repository and branch. */
type Asked = Options & { readonly paths: RepositoryPaths; readonly ctx: WriteContext; readonly into: string };

/** What one look at the store gives: the analysis, the decisions, and what they put into the merge node. */
type Looked = {
  readonly analysis: Analysis;
  readonly decided: Decided;
  readonly resolved: readonly ResolvedDocument[];
  readonly blocked: Failure | null;
  readonly index: GraphIndex;
};

/**
 * Merges a branch into the current one. Exit code 0: written, or the preview is clean; 1: conflicts or assumptions are
 * left and nothing is written; 2: bad use, refused, or the branches moved.
 */
export function runMerge(call: Call): number {
  const asked = askedOf(call);
  if (!asked.ok) return call.out.failure(asked.error);
  const kept = readRules({ paths: asked.value.paths, dataDir: asked.value.ctx.dataDir });
  if (!kept.ok) return call.out.failure(kept.error);
  const rules = new Map([...kept.value.rules, ...asked.value.rules]);
  const looked = lookAtVek(asked.value.paths, (s) => lookOnce(s, asked.value, rules));
  const seen = looked.ok ? looked.value : looked;
  if (!seen.ok) return call.out.failure(seen.error);
  const notes = [...kept.value.notes, ...seen.value.analysis.notes];
  if (!call.out.json) for (const note of noteLines(notes)) call.out.note(note);
  return asked.value.preview
    ? preview(call, asked.value, seen.value, notes)
    : write(call, asked.value, seen.value, notes);
}

function askedOf(call: Call): Result<Asked> {
  const options = optionsOf(call);
  if (!options.ok) return options;
  const paths = repository(call);
  if (!paths.ok) return paths;
  const ctx = writeContext();
  if (!options.value.preview)
    for (const message of recover(paths.value, ctx).messages) call.out.note(message);
  const head = readHead(paths.value);
  if (head.state === 'unreadable') return headUnreadable(head.reason);
  if (head.state === 'missing') {
    return fail(
      'not-found',
      'HEAD is missing, so there is no current branch to merge into.',
      'Switch to a branch first: vekscope branch NAME',
    );
  }
  return ok({ ...options.value, paths: paths.value, ctx, into: head.branch });
}

function optionsOf({ words, options }: Call): Result<Options> {
  const documents = options['documents'];
  const rules = parseRules(Array.isArray(documents) ? documents : []);
  if (!rules.ok) return rules;
  const take = typeof options['take'] === 'string' ? options['take'] : null;
  const path = typeof options['resolutions'] === 'string' ? options['resolutions'] : null;
  if (take !== null && path !== null) {
    return fail(
      'bad-request',
      '--take and --resolutions exclude each other.',
      'Settle every conflict to one branch, or say one by one in a file.',
    );
  }
  const file = path === null ? ok(null) : readResolutions(path);
  if (!file.ok) return file;
  const all = new Map([...(file.value?.rules ?? []), ...rules.value]);
  return ok({ from: words[0]!, preview: options['preview'] === true, rules: all, take, file: file.value });
}

function lookOnce(s: VekLook, asked: Asked, rules: ReadonlyMap<string, DocumentRule>): Result<Looked> {
  const { into, from, paths, ctx } = asked;
  if (into === from) {
    return fail(
      'bad-request',
      `“${into}” is the current branch, and can’t be merged into itself.`,
      'Name another branch, or switch first: vekscope branch NAME',
    );
  }
  const tips = mergeTips(s, into, from);
  if (!tips.ok) return tips;
  const index = readIndexIn(s, indexSource(paths, ctx)());
  const { ours, theirs } = tips.value;
  const question = { into: { name: into, tip: ours }, from: { name: from, tip: theirs }, rules };
  const analysis = analyseMerge(s, index, question);
  if (!analysis.ok) return analysis;
  const seen = { analysis: analysis.value, index, blocked: mergeBlocked(s, paths), resolved: [] };
  if (analysis.value.already) return ok({ ...seen, decided: undecided(analysis.value) });
  const known = unknownTool(asked.rules.keys(), analysis.value.rules);
  if (!known.ok) return known;
  const decided = decide(asked, analysis.value);
  if (!decided.ok) return decided;
  if (isLeft(analysis.value, decided.value)) return ok({ ...seen, decided: decided.value });
  const resolved = resolvedOf(analysis.value, decided.value.decisions, s);
  return resolved.ok ? ok({ ...seen, decided: decided.value, resolved: resolved.value }) : resolved;
}

function decide({ take, file }: Asked, analysis: Analysis): Result<Decided> {
  if (take !== null) return takeBranch(analysis, take);
  return file === null ? ok(undecided(analysis)) : takeFile(analysis, file);
}

/** Whether something has to be settled or confirmed first. */
function isLeft(analysis: Analysis, { open }: Decided): boolean {
  return open.length > 0 || analysis.rules.some(({ confirmed }) => !confirmed);
}

function planOf({ paths, ctx, into, from }: Asked, { analysis, resolved, index }: Looked): Result<MergePlan> {
  const tips = { ours: analysis.into.tip, theirs: analysis.from.tip };
  return planMerge(paths, { into, from, tips, resolved }, { ...ctx, index });
}

function preview(call: Call, asked: Asked, looked: Looked, notes: readonly string[]): number {
  const { analysis, decided, blocked: early } = looked;
  const { open } = decided;
  const left = isLeft(analysis, decided);
  const plan = left || analysis.already || early !== null ? null : planOf(asked, looked);
  const blocked = early ?? (plan === null || plan.ok ? null : plan.error);
  const verdict = ((): Verdict => {
    if (analysis.already) return 'already';
    if (blocked !== null) return 'impossible';
    if (open.length > 0) return 'conflicts';
    return left ? 'assumptions' : 'clean';
  })();
  const shown: Preview = {
    verdict,
    analysis,
    open,
    blocked,
    plan: plan?.ok === true ? plan.value.plan : null,
    notes,
  };
  call.out.answer(previewJson(shown), () => {
    const lines = previewLines(call.out, shown);
    return left ? [...lines, '', ...nextLines(analysis, open)] : lines;
  });
  if (asked.rules.size > 0) call.out.note('A preview remembers no --documents: give them again to merge.');
  return verdict === 'clean' || verdict === 'already' ? EXIT.fine : EXIT.problems;
}

function write(call: Call, asked: Asked, looked: Looked, notes: readonly string[]): number {
  const { analysis, decided, blocked } = looked;
  if (analysis.already) return refuseAlready(call, analysis);
  if (blocked !== null) return call.out.failure(blocked);
  const remembered = remember(call, asked, analysis);
  if (!remembered.ok) return call.out.failure(remembered.error);
  if (isLeft(analysis, decided)) return answerLeft(call, looked, notes);
  const plan = planOf(asked, looked);
  if (!plan.ok) return call.out.failure(plan.error);
  const { paths, ctx, into, from } = asked;
  const operation = applyPlan(paths, plan.value.plan, ctx, plan.value.contents);
  if (!operation.ok) return call.out.failure(operation.error);
  for (const warning of plan.value.plan.warnings) call.out.note(warning);
  const { id, title, refs, head, state } = operation.value;
  const hash = plan.value.plan.makes!.node.hash;
  call.out.answer(
    {
      merged: hash,
      operation: { id, title, state, refs, head },
      counts: countsOf(analysis, []),
      resolved: looked.resolved.map(({ tool, how }) => ({ tool, how })),
      writes: writesJson(plan.value.plan),
      notes,
    },
    () => [
      `Merged “${safeLine(from)}” into “${safeLine(into)}”: ${short(hash)}`,
      ...countLines(analysis, true),
    ],
  );
  return EXIT.fine;
}

function refuseAlready(call: Call, { into, from }: Analysis): number {
  const message = `“${into.name}” has everything of “${from.name}” already.`;
  return call.out.failure(fail('bad-request', message, 'There is nothing to merge.').error);
}

/** Keeps the rules that were given; they hold for later merges of this repository too. */
function remember(call: Call, { paths, ctx, rules }: Asked, analysis: Analysis): Result<null> {
  for (const [tool, rule] of rules) {
    const saved = saveRule({ paths, dataDir: ctx.dataDir }, tool, rule);
    if (!saved.ok) return saved;
    const found = analysis.rules.find((one) => one.tool === tool);
    if (found !== undefined)
      call.out.note(`Remembered for this repository: ${ruleWords({ ...found, rule, reason: 'naming' })}.`);
  }
  return ok(null);
}

function answerLeft(call: Call, { analysis, decided, blocked }: Looked, notes: readonly string[]): number {
  const { open } = decided;
  const verdict = open.length > 0 ? 'conflicts' : 'assumptions';
  call.out.answer(previewJson({ verdict, analysis, open, blocked, plan: null, notes }), () => {
    const assumed = analysis.rules.filter(({ confirmed }) => !confirmed).length;
    const left = [
      ...(assumed > 0 ? [counted(assumed, 'assumption')] : []),
      ...(open.length > 0 ? [counted(open.length, 'conflict')] : []),
    ].join(' and ');
    const names = `“${safeLine(analysis.from.name)}” into “${safeLine(analysis.into.name)}”`;
    return [
      `Nothing was written: merging ${names} leaves ${left}.`,
      ...openLines(call.out, analysis, open),
      '',
      ...nextLines(analysis, open),
    ];
  });
  return EXIT.problems;
}
