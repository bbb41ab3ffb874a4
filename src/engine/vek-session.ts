import { createHash } from 'node:crypto';
import type { Chain, EvidenceForm, Integrity } from '../contract/integrity.ts';
import type { DocumentDecision } from '../contract/merge.ts';
import type { Action, Operation, Plan } from '../contract/operations.ts';
import type { FailureEvent, GraphShape, GraphStrip } from '../contract/scale.ts';
import type {
  CallsBefore,
  Content,
  GraphView,
  Located,
  NodeDetail,
  Problem,
  RowWindow,
  ToolNames,
  VekOverview,
} from '../contract/vek.ts';
import type { CheckEvent, EngineEvent, Source, SourceState } from '../contract/workspace.ts';
import type { StripSpan } from '../core/graph/strip.ts';
import type { WriteContext } from '../core/operations/context.ts';
import { listOperations } from '../core/operations/record.ts';
import { recover } from '../core/operations/recover.ts';
import type { Log } from '../core/log/log.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { applyPlan } from '../core/vek/apply.ts';
import { contentOf } from '../core/vek/content.ts';
import { evidenceText } from '../core/vek/evidence-form.ts';
import { collectEvidence } from '../core/vek/evidence.ts';
import { readHeadLock } from '../core/vek/head.ts';
import { planAction } from '../core/vek/plan.ts';
import { readOnlyReason } from '../core/vek/plan-scene.ts';
import type { RepositoryPaths } from '../core/vek/paths.ts';
import { lookAtVek } from '../core/vek/store.ts';
import type { FoundVek } from '../core/workspace/inspect.ts';
import { watchStore } from '../core/workspace/watch.ts';
import type { EngineOptions } from './options.ts';
import { callsBefore } from './vek-before.ts';
import { createChecks } from './vek-checks.ts';
import { countFindings, overviewProblems } from './vek-findings.ts';
import { chainOf, integrityOf } from './vek-integrity.ts';
import { contentMatcher } from './vek-content-match.ts';
import { createDistances } from './vek-distance.ts';
import { createFailures } from './vek-failures.ts';
import { createKeptPlans } from './kept-plans.ts';
import { createMerges, type Merges } from './merges.ts';
import { createRuns, type Runs } from './runs.ts';
import { createVekLive, type LiveState } from './vek-live.ts';
import { createMarks } from './vek-marks.ts';
import { nodeDetail } from './vek-node.ts';
import { overviewOf, summaryLine } from './vek-overview.ts';
import { shape, strip } from './vek-scale.ts';
import { toolNames } from './vek-tools.ts';
import { createViews } from './vek-views.ts';
import { locate, readWindow, step, type Laid } from './vek-window.ts';

/** One open repository: answers every question of `contract.vek` and `contract.operations` about it. */
export type VekSession = {
  readonly kind: 'vek';
  readonly id: string;
  readonly paths: RepositoryPaths;
  /** what opening did that the person should hear */
  readonly opened: Promise<readonly string[]>;
  describe(): Source;
  overview(): Promise<Result<VekOverview>>;
  rows(view: GraphView, start: number, count: number, signal?: AbortSignal): Promise<Result<RowWindow>>;
  tools(): Promise<Result<ToolNames>>;
  shape(view: GraphView, start: number, count: number, signal?: AbortSignal): Promise<Result<GraphShape>>;
  strip(view: GraphView, span: StripSpan, signal?: AbortSignal): Promise<Result<GraphStrip>>;
  findFailures(signal?: AbortSignal): AsyncGenerator<FailureEvent, void, void>;
  stopReading(): Result<null>;
  readAgain(): Result<null>;
  /** a window opens it once more: what was stopped is read again */
  reopen(): void;
  locate(view: GraphView, hash: string, signal?: AbortSignal): Promise<Result<Located>>;
  step(view: GraphView, hash: string, to: 'parent' | 'child', signal?: AbortSignal): Promise<Result<Located>>;
  node(hash: string): Promise<Result<NodeDetail>>;
  before(hash: string): Promise<Result<CallsBefore>>;
  content(hash: string, limitBytes: number): Result<Content>;
  bytes(hash: string): Result<Blob>;
  check(signal?: AbortSignal): AsyncGenerator<CheckEvent, void, void>;
  integrity(): Promise<Result<Integrity>>;
  chain(hash: string): Promise<Result<Chain>>;
  evidence(form: EvidenceForm, signal?: AbortSignal): Promise<Result<Blob>>;
  readonly merges: Merges;
  planMerge(merge: string, decisions: readonly DocumentDecision[]): Result<Plan>;
  readonly runs: Runs;
  plan(action: Action): Result<Plan>;
  apply(planId: string): Result<Operation>;
  operations(): Result<readonly Operation[]>;
  close(): void;
};

/** What is so with a source, in one word. That a person stopped its reading is no damage. */
export function stateOf(
  state: Pick<LiveState, 'failure' | 'graph'>,
  problems: readonly Problem[],
): SourceState {
  switch (state.failure?.kind) {
    case undefined:
      break;
    case 'not-found':
      return 'gone';
    case 'cancelled':
      return 'stopped';
    default:
      return 'unreadable';
  }
  if (state.graph === null) return 'loading';
  return problems.some((problem) => problem.severity !== 'notice') ? 'damaged' : 'ok';
}

/** Opens a repository. Nothing of it is read before `opened`, and nothing is written but the end of a write that was cut off. */
export function createVekSession(
  store: FoundVek,
  options: EngineOptions,
  log: Log,
  hear: (event: EngineEvent) => void,
): VekSession {
  const { paths } = store;
  const id = `vek-${createHash('sha256').update(paths.dir).digest('hex').slice(0, 12)}`;
  const writing = (): WriteContext => ({ dataDir: options.dataDir, index: live.now().graph?.index ?? null });
  const distances = createDistances();
  const plans = createKeptPlans();
  let toldState: string | null = null;
  let loggedRead: string | null = null;
  const begun = performance.now();

  const live = createVekLive(paths, options.dataDir, {
    changed() {
      hear({ type: 'source-changed', source: id, revision: live.now().revision });
      logRead();
      tellState();
      checks.soon();
      const { graph } = live.now();
      if (graph !== null) failures.soon(graph.index);
    },
    progress(done, total) {
      hear({ type: 'progress', source: id, work: 'index', done, total });
    },
  });
  const checks = createChecks(
    paths,
    () => live.now(),
    () => {
      hear({ type: 'source-changed', source: id, revision: live.now().revision });
      tellState();
      const { graph } = live.now();
      if (graph !== null && marks.checked(graph)) tellMarks(true);
    },
  );
  const failures = createFailures(paths, options, (more) => {
    if (more > 0) marks.failed();
    tellMarks(more > 0);
  });
  const marks = createMarks(failures, () => checks.problems());
  const views = createViews(
    contentMatcher(paths, failures, (done, total) =>
      hear({ type: 'progress', source: id, work: 'search', done, total }),
    ),
    marks,
  );
  const merges = createMerges({
    paths,
    dataDir: options.dataDir,
    graph: () => live.graph(),
    writing,
    tell: () => hear({ type: 'merges-changed', source: id }),
    progress: (done, total) => hear({ type: 'progress', source: id, work: 'merge', done, total }),
  });
  const runs = createRuns({
    paths,
    graph: () => live.graph(),
    progress: (work, done, total) => hear({ type: 'progress', source: id, work, done, total }),
  });
  const stopWatching = watchStore(paths, (change) => {
    if (!live.stopped()) void live.refresh();
    // A lock moves no row, but the sources pane shows it.
    if (change.lock) hear({ type: 'source-changed', source: id, revision: live.now().revision });
  });

  /** Notes the first reading of the store, and each way in which it can't be read. */
  function logRead(): void {
    const { graph, failure, objects } = live.now();
    const told = failure?.kind ?? (graph === null ? null : 'read');
    if (told === null || told === loggedRead) return;
    loggedRead = told;
    const ms = Math.round(performance.now() - begun);
    if (failure !== null) log.write('warn', 'unreadable', { failure: failure.kind, ms });
    else if (graph !== null) {
      log.write('info', 'read', { calls: graph.index.count, objects, refs: graph.refs.length, ms });
    }
  }

  /** More is known of failed or damaged calls. Where calls are marked that were not, a folded view has other rows. */
  function tellMarks(other: boolean): void {
    if (other && views.folded()) live.touch();
    hear({ type: 'marks-changed', source: id });
  }

  function describe(): Source {
    const state = live.now();
    const summary =
      state.failure?.message ?? (state.graph === null ? 'being read' : summaryLine(state.graph));
    return {
      id,
      kind: 'vek',
      name: store.name,
      path: store.path,
      state: stateOf(state, checks.problems()),
      summary,
      problems: overviewProblems(checks.problems()),
    };
  }

  function tellState(): void {
    const source = describe();
    const text = JSON.stringify([source.state, source.summary, source.problems.length]);
    if (text === toldState) return;
    toldState = text;
    hear({ type: 'source-state', source });
  }

  async function laid(view: GraphView, signal?: AbortSignal): Promise<Result<Laid>> {
    const graph = await live.graph();
    if (!graph.ok) return graph;
    const { revision } = live.now();
    const layout = await views.of(graph.value, view, signal);
    return layout.ok ? ok({ graph: graph.value, layout: layout.value, revision }) : layout;
  }

  async function open(): Promise<readonly string[]> {
    const { messages } = recover(paths, writing());
    // A large store goes on loading after the window is up; a small one is there with it.
    await Promise.race([live.refresh(), new Promise((resolve) => setTimeout(resolve, 200))]);
    return messages;
  }

  return {
    kind: 'vek',
    id,
    paths,
    opened: open(),
    describe,
    async overview() {
      const graph = await live.graph();
      if (!graph.ok) return graph;
      const state = live.now();
      const lock = readHeadLock(paths);
      const looked = lookAtVek(paths, (s) => readOnlyReason(s, paths)?.message ?? null);
      if (!looked.ok) return looked;
      return ok(
        overviewOf(graph.value, distances, {
          revision: state.revision,
          counts: { nodes: graph.value.index.count, objects: state.objects, refs: graph.value.refs.length },
          schema: state.schema,
          lock: lock === null ? null : { sinceMicros: lock.sinceMicros, stale: lock.stale },
          problems: overviewProblems(checks.problems()),
          findings: countFindings(checks.problems()),
          lastCheck: checks.last(),
          readOnlyReason: looked.value,
        }),
      );
    },
    async rows(view, start, count, signal) {
      const at = await laid(view, signal);
      if (!at.ok) return at;
      const read = readWindow(paths, at.value, start, count);
      if (!read.ok) return read;
      if (read.value.stale) {
        live.distrust();
        failures.distrust();
        void live.refresh();
      }
      return ok(read.value.window);
    },
    async tools() {
      const graph = await live.graph();
      return graph.ok ? ok(toolNames(graph.value.index)) : graph;
    },
    async shape(view, start, count, signal) {
      const at = await laid(view, signal);
      return at.ok ? ok(shape(at.value, marks.of(at.value.graph), start, count)) : at;
    },
    async strip(view, span, signal) {
      const at = await laid(view, signal);
      return at.ok ? strip(paths, at.value, marks.of(at.value.graph), span) : at;
    },
    async *findFailures(signal) {
      const graph = await live.graph();
      if (graph.ok) yield* failures.run(graph.value.index, signal);
      else yield { type: 'failed', error: graph.error };
    },
    stopReading() {
      live.stop();
      return ok(null);
    },
    readAgain() {
      void live.refresh();
      return ok(null);
    },
    reopen() {
      if (live.stopped()) void live.refresh();
    },
    async locate(view, hash, signal) {
      const at = await laid(view, signal);
      return at.ok ? locate(paths, at.value, hash) : at;
    },
    async step(view, hash, to, signal) {
      const at = await laid(view, signal);
      return at.ok ? step(paths, at.value, hash, to) : at;
    },
    async node(hash) {
      const graph = await live.graph();
      return graph.ok ? nodeDetail(paths, graph.value, live.now().revision, hash) : graph;
    },
    async before(hash) {
      const graph = await live.graph();
      return graph.ok ? callsBefore(paths, graph.value.index, hash) : graph;
    },
    content: (hash, limitBytes) => lookAtVek(paths, (s) => contentOf(s, hash, limitBytes)),
    bytes(hash) {
      const object = lookAtVek(paths, (s) => s.object(hash));
      if (!object.ok) return object;
      if (object.value === null) {
        return fail(
          'not-found',
          `The object ${hash} is not in the store.`,
          'A backup of vek.db may still hold it.',
        );
      }
      return ok(new Blob([new Uint8Array(object.value.bytes)]));
    },
    check: (signal) => checks.run(signal),
    async integrity() {
      const graph = await live.graph();
      if (!graph.ok) return graph;
      const { revision } = live.now();
      return integrityOf(paths, graph.value, {
        revision,
        problems: checks.problems(),
        check: checks.lastCheck(),
      });
    },
    async chain(hash) {
      const graph = await live.graph();
      return graph.ok ? chainOf(paths, graph.value, hash) : graph;
    },
    async evidence(form, signal) {
      const made = await collectEvidence(paths, {
        version: options.version,
        known: checks.reportNow(),
        signal,
      });
      return made.ok ? ok(new Blob([evidenceText(made.value, form)])) : made;
    },
    merges,
    runs,
    planMerge(merge, decisions) {
      const planned = merges.plan(merge, decisions);
      return planned.ok ? ok(plans.keep(planned.value.plan, planned.value.contents)) : planned;
    },
    plan(action) {
      let plan = planAction(paths, action, writing());
      // The lock may be one that a write of ours left behind when it was cut off.
      if (!plan.ok && plan.error.kind === 'locked' && recover(paths, writing()).messages.length > 0) {
        plan = planAction(paths, action, writing());
      }
      return plan.ok ? ok(plans.keep(plan.value)) : plan;
    },
    apply(planId) {
      const kept = plans.get(planId);
      if (kept === null) {
        return fail(
          'not-found',
          'This preview is too old, so nothing was written.',
          'Make the preview again.',
        );
      }
      const applied = applyPlan(paths, kept.plan, writing(), kept.contents);
      if (applied.ok) {
        log.write('info', 'wrote', { what: applied.value.action.kind });
        plans.drop(planId);
        merges.wrote(applied.value);
        void live.refresh();
      }
      hear({ type: 'operations-changed', source: id });
      return applied;
    },
    operations: () => listOperations(paths, writing()),
    close() {
      checks.close();
      failures.close();
      stopWatching();
      live.save();
    },
  };
}
