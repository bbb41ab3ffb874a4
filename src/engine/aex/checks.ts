import { availableParallelism } from 'node:os';
import type { ChainPicture, GoneRow } from '../../contract/ledger-chain.ts';
import type { LedgerFindingKind, LedgerReport } from '../../contract/ledger-report.ts';
import type { LedgerCheckEvent, ReportSummary } from '../../contract/ledger.ts';
import type { Severity } from '../../contract/problem.ts';
import { checkLedger } from '../../core/aex/check/check.ts';
import { pictureOf } from '../../core/aex/check/stretches.ts';
import type { LedgerIndex } from '../../core/aex/columns.ts';
import { modelsMark } from '../../core/aex/config/models.ts';
import type { LedgerPaths } from '../../core/aex/paths.ts';
import { gapsOf } from '../../core/aex/views/gaps.ts';
import { limits } from '../../core/storage/limits.ts';
import { storeSignature } from '../../core/storage/signature.ts';
import { createChannel } from '../channel.ts';
import type { LedgerState } from './live.ts';
import { createUnasked } from './unasked.ts';

/** Rows that a damaged file lost were not written since. */
const isDamaged = ({ findings }: LedgerReport): boolean =>
  findings.some(({ kind }) => kind === 'file-damaged');

/** The checks of one ledger: asked for by a person, or unasked where it is not too large. */
export type LedgerChecks = {
  /** checks everything anew; ends with `done` or `failed`. One that runs already is joined. */
  run(signal?: AbortSignal): AsyncGenerator<LedgerCheckEvent, void, void>;
  last(): LedgerReport | null;
  summary(): ReportSummary | null;
  /** the store moved otherwise than by growing since the last check */
  stale(): boolean;
  /** worst finding of each entry */
  findings(): ReadonlyMap<number, Severity>;
  /** entries that the last check misses */
  gaps(): readonly GoneRow[];
  /** since when one runs, in microseconds */
  runningSince(): number | null;
  /** something changed: the ledger is checked again after a while */
  soon(): void;
  /** the log was read anew, for it had not simply grown */
  rebuilt(): void;
  close(): void;
};

/** How long the first check of a large ledger waits, in ms: its first screen and what is asked next go before. */
const AFTER_SCREEN_MS = 1_000;
/** Stretches of the chain that a summary has at most: as many as a bar has room for. */
const MOST_STRETCHES = 200;
/** A check that takes longer is said to run, in ms. */
const SAID_MS = 300;

type Parts = {
  readonly paths: LedgerPaths;
  readonly dataDir: string;
  now(): LedgerState;
  /** a check ended, or what it says is another thing now */
  changed(): void;
};

/** Kinds of findings that may be about several entries that are there. */
const OF_SEVERAL: ReadonlySet<LedgerFindingKind> = new Set(['agent-differs', 'entry-altered', 'clock-back']);
/** Entries of one finding that are marked at most; the finding says how many there are. */
const MOST_MARKED = 10_000;

const RANK: Readonly<Record<Severity, number>> = { error: 3, warning: 2, notice: 1 };

export function createLedgerChecks({ paths, dataDir, now, changed }: Parts): LedgerChecks {
  const openedMicros = Date.now() * 1_000;
  let report: LedgerReport | null = null;
  let picture: ChainPicture = pictureOf([], MOST_STRETCHES);
  let gaps: readonly GoneRow[] = [];
  let bySeq: ReadonlyMap<number, Severity> = new Map();
  let isStale = false;
  let checkedKey: string | null = null;
  /** a check of that state could not finish, or was stopped: it is not begun again unasked */
  let failedKey: string | null = null;
  let running: {
    readonly events: ReturnType<typeof createChannel<LedgerCheckEvent>>;
    readonly sinceMicros: number;
    waiters: number;
  } | null = null;
  let abort: AbortController | null = null;
  let closed = false;
  const unasked = createUnasked(() => {
    // Half of the processors are left to what is asked meanwhile.
    if (!closed && running === null) start(Math.max(1, Math.floor(availableParallelism() / 2)));
  });

  /** What a check is of: the files, and the price list that costs are compared with. */
  const keyOf = (signature: string | null): string | null =>
    signature === null ? null : `${signature} ${modelsMark(paths)}`;
  const keyNow = (): string | null => keyOf(now().signature);

  /** Whether the store only grew since the report: what it proved is still there. */
  function lookStale(): void {
    const { index, brief } = now();
    if (report === null || isStale) return;
    const last = brief?.last ?? null;
    const shorter = brief !== null && brief.counts.event_log.count < report.checked.events;
    if (shorter || (report.head !== null && (last === null || last.seq < report.head.seq))) isStale = true;
    if (index !== null && report.head !== null && !holdsHead(index, report.head.seq)) isStale = true;
  }

  /** Whether the files changed, though no entry came. */
  function isTouched(): boolean {
    const events = now().brief?.counts.event_log.count ?? 0;
    return report !== null && events <= report.checked.events && checkedKey !== keyNow();
  }

  function take(next: LedgerReport, key: string | null): void {
    report = next;
    isStale = false;
    checkedKey = key;
    const worst = new Map<number, Severity>();
    gaps = gapsOf(next.findings);
    picture = pictureOf(next.stretches, MOST_STRETCHES);
    for (const { seq, severity, kind, range } of next.findings) {
      // what is gone is no fault of the entry that stands in its place
      if (seq === null || kind === 'entry-missing' || kind === 'tail-missing') continue;
      const last = range !== undefined && OF_SEVERAL.has(kind) ? range.to : seq;
      for (let one = seq; one <= Math.min(last, seq + MOST_MARKED); one++) {
        const known = worst.get(one);
        if (known === undefined || RANK[known] < RANK[severity]) worst.set(one, severity);
      }
    }
    bySeq = worst;
  }

  function start(workers?: number): NonNullable<typeof running> {
    const events = createChannel<LedgerCheckEvent>();
    const begun = performance.now();
    const mine = { events, sinceMicros: Date.now() * 1_000, waiters: 0 };
    running = mine;
    abort = new AbortController();
    const { signal } = abort;
    const key = keyOf(storeSignature(paths.db));
    const said = setTimeout(changed, SAID_MS).unref();
    const work = async (): Promise<void> => {
      const checked = await checkLedger(paths, {
        dataDir,
        sinceMicros: openedMicros,
        workers,
        signal,
        onProgress: ({ done, total }) => events.publish({ type: 'progress', done, total }),
      });
      running = null;
      abort = null;
      clearTimeout(said);
      unasked.took(performance.now() - begun);
      if (checked.ok) {
        take(checked.value, key);
        lookStale();
        events.publish({ type: 'done', summary: summary()! });
      } else {
        failedKey = key;
        events.publish({ type: 'failed', error: checked.error });
      }
      events.close();
      if (!closed) changed();
    };
    void work();
    return mine;
  }

  function summary(): ReportSummary | null {
    if (report === null) return null;
    lookStale();
    const counted = (severity: Severity): number =>
      report!.findings.filter((finding) => finding.severity === severity).length;
    const events = now().brief?.counts.event_log.count ?? report.checked.events;
    return {
      ok: report.ok,
      chain: report.chain,
      picture,
      balances: report.balances,
      errors: counted('error'),
      warnings: counted('warning'),
      notices: counted('notice'),
      atMicros: report.endedMicros,
      newEntries: isDamaged(report) ? 0 : Math.max(0, events - report.checked.events),
      stale: isStale,
      touched: isTouched(),
    };
  }

  return {
    async *run(signal) {
      unasked.clear();
      const mine = running ?? start();
      mine.waiters++;
      try {
        yield* mine.events.subscribe(signal);
      } finally {
        mine.waiters--;
        // Nobody waits for it any more.
        if (mine.waiters === 0 && running === mine) abort?.abort();
      }
    },
    last: () => report,
    summary,
    stale() {
      lookStale();
      return isStale;
    },
    findings: () => bySeq,
    gaps: () => gaps,
    runningSince: () => running?.sinceMicros ?? null,
    soon() {
      const { index, brief } = now();
      if (closed || index === null || brief === null || running !== null) return;
      if (brief.counts.event_log.count > limits.ledgerCheckUnasked || keyNow() === checkedKey) return;
      if (keyNow() === failedKey) return;
      lookStale();
      // What only came since can wait; that something else is another thing now can not.
      if (report !== null) unasked.soon(undefined, isStale || isTouched());
      else unasked.soon(brief.counts.event_log.count > limits.ledgerInlineEntries ? AFTER_SCREEN_MS : 0);
    },
    rebuilt() {
      // What was checked after the change counts.
      if (report !== null && keyNow() !== checkedKey) isStale = true;
    },
    close() {
      closed = true;
      unasked.close();
      abort?.abort();
    },
  };
}

/** Whether the entry that was the last one of a check is still in the index. */
function holdsHead({ columns }: LedgerIndex, seq: number): boolean {
  let low = 0;
  let high = columns.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (columns.seq[middle]! < seq) low = middle + 1;
    else high = middle;
  }
  return low < columns.count && columns.seq[low] === seq;
}
