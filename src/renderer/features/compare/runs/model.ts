import { create, type StoreApi, type UseBoundStore } from 'zustand';
import type { ComparedRow, Ignore, RunComparison, RunSums } from '../../../../contract/compare.ts';
import type { Failure } from '../../../../contract/failure.ts';
import type { CallRow } from '../../../../contract/vek.ts';
import { decodeShape } from '../../../../core/graph/aligned-shape.ts';
import { attempt } from '../../../app/client.ts';
import { api } from '../../../app/engine.ts';
import { onSourceChanged } from '../../../state/workspace.ts';
import { rowMapper } from './layout.ts';

/** Rows of one page, and how many pages are held. */
const PAGE = 100;
const MOST_PAGES = 80;
/** Milliseconds between two questions while the store changes. */
const AGAIN_AFTER = 400;

/** A comparison on screen with the rows of it that were read. */
export type Shown = {
  readonly comparison: RunComparison;
  readonly kinds: Uint8Array;
  readonly rows: ReadonlyMap<number, readonly ComparedRow[]>;
  readonly common: ReadonlyMap<number, readonly CallRow[]>;
};

export type RunsState = {
  readonly shown: Shown | null;
  /** why there is no answer, or no newer one */
  readonly error: Failure | null;
  readonly asking: boolean;
  readonly sums: RunSums | null;
  readonly sumsError: Failure | null;
  /** the row that the keys are on, -1 where there is none */
  readonly row: number;
  /** equal stretches that are open, by the first row that is folded away in them */
  readonly open: ReadonlySet<number>;
  readonly commonOpen: boolean;
};

/** Two runs on screen: asks the engine, keeps rows, and its place while the runs grow. */
export type RunsModel = {
  readonly use: UseBoundStore<StoreApi<RunsState>>;
  /** asks, and again whenever the store changed, until the returned function is called */
  start(): () => void;
  retry(): void;
  /** the person stops waiting for the first answer */
  stop(): void;
  ignore(rules: Ignore): void;
  select(row: number): void;
  toggleFold(row: number): void;
  openCommon(open: boolean): void;
  /** these rows, or common calls, are in sight */
  need(what: 'rows' | 'common', from: number, to: number): void;
};

const NEW: RunsState = {
  shown: null,
  error: null,
  asking: false,
  sums: null,
  sumsError: null,
  row: -1,
  open: new Set(),
  commonOpen: false,
};

export function createRunsModel(source: string, a: string, b: string, first: Ignore): RunsModel {
  const use = create<RunsState>(() => NEW);
  let rules = first;
  let asked: AbortController | null = null;
  let again = false;
  let timer: number | undefined;
  let running = false;
  let sight = { from: 0, to: 60 };
  let commonSight = { from: 0, to: 0 };
  const reading = new Set<string>();

  async function ask(): Promise<void> {
    if (!running) return;
    if (asked !== null) {
      again = true;
      return;
    }
    again = false;
    const mine = new AbortController();
    asked = mine;
    use.setState({ asking: true });
    const answer = await attempt(api.compare.runs({ source, a, b, ignore: rules }, { signal: mine.signal }));
    const ready = answer.ok ? await prepared(answer.value, mine.signal) : null;
    if (asked !== mine || mine.signal.aborted) return;
    asked = null;
    if (!answer.ok) use.setState({ error: answer.error, asking: false });
    else if (ready !== null) show(ready);
    if (again) timer = window.setTimeout(() => void ask(), AGAIN_AFTER);
  }

  /** A new comparison with the rows that will be in sight, so that nothing on screen is empty for a moment. */
  async function prepared(comparison: RunComparison, signal: AbortSignal): Promise<Shown> {
    const { shown } = use.getState();
    if (shown?.comparison.comparison === comparison.comparison) return { ...shown, comparison };
    const kinds = decodeShape(comparison.shape, comparison.rows);
    const map = shown === null ? (row: number) => row : rowMapper(shown.kinds, kinds);
    const start = shown === null ? Math.max(0, (comparison.firstDifference ?? 0) - 20) : map(sight.from);
    const rows = new Map<number, readonly ComparedRow[]>();
    const common = new Map<number, readonly CallRow[]>();
    const pages = new Set(
      [start, start + (sight.to - sight.from), comparison.firstDifference ?? 0].map(pageOf),
    );
    for (const page of pages) {
      if (page < 0 || page * PAGE >= comparison.rows) continue;
      const read = await readRows(comparison.comparison, page, signal);
      if (read !== null) rows.set(page, read);
    }
    return { comparison, kinds, rows, common };
  }

  async function readRows(
    comparison: string,
    page: number,
    signal?: AbortSignal,
  ): Promise<readonly ComparedRow[] | null> {
    const options = signal === undefined ? {} : { signal };
    const answer = await attempt(
      api.compare.rows({ source, comparison, start: page * PAGE, count: PAGE }, options),
    );
    return answer.ok ? answer.value : null;
  }

  function show(next: Shown): void {
    const { shown, row, open, sums } = use.getState();
    const same = shown?.comparison.comparison === next.comparison.comparison;
    const totals = next.comparison.totals ?? (same ? sums : null);
    if (shown === null || same) {
      const start =
        shown === null ? (next.comparison.firstDifference ?? Math.min(0, next.kinds.length - 1)) : row;
      use.setState({ shown: next, error: null, asking: false, sums: totals, row: start });
    } else {
      const map = rowMapper(shown.kinds, next.kinds);
      use.setState({
        shown: next,
        error: null,
        asking: false,
        // what was known stays until the new sums are there
        sums: totals ?? sums,
        row: map(row),
        open: new Set([...open].map(map)),
      });
    }
    if (next.comparison.totals === null && !(same && sums !== null)) void sumUp(next.comparison.comparison);
    need('rows', sight.from, sight.to);
    if (use.getState().commonOpen) need('common', commonSight.from, commonSight.to);
  }

  async function sumUp(comparison: string): Promise<void> {
    const answer = await attempt(api.compare.sums({ source, comparison }));
    if (use.getState().shown?.comparison.comparison !== comparison) return;
    use.setState(answer.ok ? { sums: answer.value, sumsError: null } : { sumsError: answer.error });
  }

  function need(what: 'rows' | 'common', from: number, to: number): void {
    if (what === 'rows') sight = { from, to };
    else commonSight = { from, to };
    const { shown } = use.getState();
    if (shown === null) return;
    const total = what === 'rows' ? shown.kinds.length : shown.comparison.shared;
    for (let page = pageOf(from); page <= pageOf(Math.min(to, total - 1)); page += 1) {
      if (!shown[what].has(page)) void fetchPage(what, page);
    }
  }

  async function fetchPage(what: 'rows' | 'common', page: number): Promise<void> {
    const { shown } = use.getState();
    if (shown === null) return;
    const { comparison } = shown.comparison;
    const key = `${comparison} ${what} ${page}`;
    if (reading.has(key)) return;
    reading.add(key);
    // Who scrolls on meanwhile needs other rows.
    await new Promise((resolve) => {
      window.setTimeout(resolve, 40);
    });
    const seen = what === 'rows' ? sight : commonSight;
    if (page < pageOf(seen.from) || page > pageOf(seen.to)) {
      reading.delete(key);
      return;
    }
    const where = { source, comparison, start: page * PAGE, count: PAGE };
    const answer = await (what === 'rows'
      ? attempt<readonly (ComparedRow | CallRow)[]>(api.compare.rows(where))
      : attempt<readonly (ComparedRow | CallRow)[]>(api.compare.common(where)));
    reading.delete(key);
    if (!answer.ok && answer.error.kind === 'not-found') {
      // The engine keeps the latest comparisons only.
      void ask();
      return;
    }
    use.setState((state) => {
      if (!answer.ok || state.shown?.comparison.comparison !== comparison) return state;
      const pages = new Map(state.shown[what] as ReadonlyMap<number, readonly (ComparedRow | CallRow)[]>);
      pages.set(page, answer.value);
      for (const old of pages.keys()) {
        if (pages.size <= MOST_PAGES) break;
        if (old < pageOf(seen.from) || old > pageOf(seen.to)) pages.delete(old);
      }
      return { shown: { ...state.shown, [what]: pages } };
    });
  }

  return {
    use,
    start() {
      running = true;
      const stop = onSourceChanged((changed) => {
        if (changed !== source) return;
        window.clearTimeout(timer);
        timer = window.setTimeout(() => void ask(), 30);
      });
      void ask();
      return () => {
        running = false;
        stop();
        window.clearTimeout(timer);
        asked?.abort();
        asked = null;
      };
    },
    retry: () => void ask(),
    stop() {
      asked?.abort();
      asked = null;
      again = false;
      use.setState({
        asking: false,
        error: {
          kind: 'cancelled',
          message: 'Comparing was stopped.',
          hint: 'Compare again when you want it.',
        },
      });
    },
    ignore(next) {
      rules = next;
      asked?.abort();
      asked = null;
      void ask();
    },
    select: (row) => use.setState({ row }),
    toggleFold: (row) =>
      use.setState(({ open }) => {
        const next = new Set(open);
        if (!next.delete(row)) next.add(row);
        return { open: next };
      }),
    openCommon: (commonOpen) => use.setState({ commonOpen }),
    need,
  };
}

const pageOf = (row: number): number => Math.floor(Math.max(0, row) / PAGE);

/** A row that was read, or null while it is on its way. */
export const rowAt = ({ rows }: Shown, row: number): ComparedRow | null =>
  rows.get(pageOf(row))?.[row % PAGE] ?? null;

/** A call that both runs have, or null while it is on its way. */
export const commonAt = ({ common }: Shown, at: number): CallRow | null =>
  common.get(pageOf(at))?.[at % PAGE] ?? null;
