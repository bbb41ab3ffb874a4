import type { GraphView } from '../contract/vek.ts';
import { reachable } from '../core/graph/ancestors.ts';
import { matchFilter } from '../core/graph/filter-match.ts';
import { findNode } from '../core/graph/find.ts';
import { isEmptyFilter, parseFilter, type Filter } from '../core/graph/filter.ts';
import type { FoldChoice } from '../core/graph/fold.ts';
import { layoutGraph, type GraphLayout } from '../core/graph/layout.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { VekGraph } from './vek-graph.ts';
import type { Marks } from './vek-marks.ts';

/** Layouts of a million rows take about 25 MB each; the views a person goes back and forth between. */
const KEPT_VIEWS = 3;

/** Finds the nodes whose contents match what the index can't answer: one byte per node. */
export type ContentMatch = (
  graph: VekGraph,
  wanted: Pick<Filter, 'texts' | 'notTexts' | 'failed' | 'notFailed'>,
  signal: AbortSignal,
) => Promise<Result<Uint8Array>>;

export type Views = {
  /** The layout of a view of `graph`; made once per graph and view. A bad filter is a failure `bad-request`. */
  of(graph: VekGraph, view: GraphView, signal?: AbortSignal): Promise<Result<GraphLayout>>;
  /** whether one of the kept views is folded, so that it depends on what is marked */
  folded(): boolean;
};

/** How long a search goes on that no request waits for. */
const ABANDONED_MS = 500;

type Entry = {
  readonly graph: VekGraph;
  /** version of the marks that a folded view was made with; null: not folded */
  readonly marks: number | null;
  readonly layout: Promise<Result<GraphLayout>>;
  readonly abort: AbortController;
  waiting: number;
};

function offsetMinutes(utcMicros: number): number {
  return -new Date(utcMicros / 1000).getTimezoneOffset();
}

function both(a: Uint8Array | null, b: Uint8Array): Uint8Array {
  if (a === null) return b;
  for (let i = 0; i < b.length; i++) a[i] = (a[i] as number) & (b[i] as number);
  return a;
}

function filterOf(view: GraphView): Result<Filter> {
  const parsed = parseFilter(view.filter);
  return parsed.ok ? ok(parsed.filter) : fail('bad-request', parsed.error.message, parsed.error.hint);
}

function needsContents({ texts, notTexts, failed, notFailed }: Filter): boolean {
  return texts.length > 0 || notTexts.length > 0 || failed || notFailed;
}

function focusOf(graph: VekGraph, focus: readonly string[]): Uint8Array | null {
  if (focus.length === 0) return null;
  const tips = graph.graphRefs.filter((ref) => focus.includes(ref.name)).map((ref) => ref.node);
  return reachable(graph.index, tips);
}

function keyOf({ filter, focus, fold, open }: GraphView): string {
  const opened = fold === true ? (open ?? []).toSorted() : null;
  return JSON.stringify([filter.trim(), focus.toSorted(), opened]);
}

/** Views of one repository, the newest few kept. `match` answers the terms that need contents. */
export function createViews(match: ContentMatch, marks: Pick<Marks, 'standing' | 'version'>): Views {
  const kept = new Map<string, Entry>();

  async function build(graph: VekGraph, view: GraphView, signal: AbortSignal): Promise<Result<GraphLayout>> {
    const parsed = filterOf(view);
    if (!parsed.ok) return parsed;
    const filter = parsed.value;
    let visible = focusOf(graph, view.focus);
    if (!isEmptyFilter(filter)) {
      const clock = { nowMicros: Date.now() * 1000, offsetMinutes };
      const matched = matchFilter(graph.index, filter, { refs: graph.graphRefs, clock });
      const unknown = matched.unknownBranches[0];
      if (unknown !== undefined) {
        return fail(
          'bad-request',
          `There is no branch, tag or checkpoint “${unknown}”.`,
          'A tag is written branch:tag/NAME. Names with blanks stand in double quotes.',
        );
      }
      if (matched.visible !== null) visible = both(visible, matched.visible);
      if (needsContents(filter)) {
        const found = await match(graph, filter, signal);
        if (!found.ok) return found;
        visible = both(visible, found.value);
      }
    }
    return ok(layoutGraph(graph.index, graph.order, graph.claims(), visible, foldOf(graph, view)));
  }

  function foldOf(graph: VekGraph, view: GraphView): FoldChoice | null {
    if (view.fold !== true) return null;
    const open = (view.open ?? []).map((hash) => findNode(graph.index, hash));
    return { standing: marks.standing(graph), open };
  }

  function outdated(entry: Entry, graph: VekGraph): boolean {
    return entry.graph !== graph || (entry.marks !== null && entry.marks !== marks.version());
  }

  /** Ends the search of an entry once nobody has waited for it for a moment (a scroll asks again at once). */
  function waitFor(entry: Entry, signal: AbortSignal | undefined): void {
    entry.waiting++;
    const leave = (): void => {
      entry.waiting--;
      setTimeout(() => {
        if (entry.waiting === 0) entry.abort.abort();
      }, ABANDONED_MS).unref();
    };
    const stay = (): void => signal?.removeEventListener('abort', leave);
    signal?.addEventListener('abort', leave, { once: true });
    void entry.layout.then(stay, stay);
  }

  return {
    of(graph, view, signal) {
      const key = keyOf(view);
      let entry = kept.get(key);
      if (entry === undefined || outdated(entry, graph) || entry.abort.signal.aborted) {
        const abort = new AbortController();
        const version = view.fold === true ? marks.version() : null;
        entry = { graph, marks: version, abort, layout: build(graph, view, abort.signal), waiting: 0 };
      }
      const wanted = entry;
      kept.delete(key);
      kept.set(key, wanted);
      for (const [old, other] of kept) {
        if (outdated(other, graph) || kept.size > KEPT_VIEWS) kept.delete(old);
      }
      const drop = (): void => {
        if (kept.get(key) === wanted) kept.delete(key);
      };
      void wanted.layout.then((result) => (result.ok ? undefined : drop()), drop);
      waitFor(wanted, signal);
      return wanted.layout;
    },
    folded: () => [...kept.values()].some((entry) => entry.marks !== null),
  };
}
