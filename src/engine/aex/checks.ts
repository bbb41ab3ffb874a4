import type { LedgerReport } from '../../contract/ledger-report.ts';
import type { LedgerCheckEvent, ReportSummary } from '../../contract/ledger.ts';
import type { Severity } from '../../contract/problem.ts';
import { checkLedger } from '../../core/aex/check/check.ts';
import type { LedgerIndex } from '../../core/aex/columns.ts';
import type { LedgerPaths } from '../../core/aex/paths.ts';
import { limits } from '../../core/storage/limits.ts';
import { createChannel } from '../channel.ts';
import type { LedgerState } from './live.ts';

/** The checks of one ledger: asked for by a person, or unasked where it is small. */
export type LedgerChecks = {
  /** checks everything anew; ends with `done` or `failed`. One that runs already is joined. */
  run(signal?: AbortSignal): AsyncGenerator<LedgerCheckEvent, void, void>;
  last(): LedgerReport | null;
  summary(): ReportSummary | null;
  /** the store moved otherwise than by growing since the last check */
  stale(): boolean;
  /** worst finding of each entry */
  findings(): ReadonlyMap<number, Severity>;
  /** something changed: a small ledger is checked again after a while */
  soon(): void;
  /** the log was read anew, for it had not simply grown */
  rebuilt(): void;
  close(): void;
};

/** How long nothing must have changed before a ledger is checked unasked, in ms, and the longest that a busy one waits. */
const QUIET_MS = 1_500;
const MOST_MS = 20_000;

type Parts = {
  readonly paths: LedgerPaths;
  readonly dataDir: string;
  now(): LedgerState;
  /** a check ended, or what it says is another thing now */
  changed(): void;
};

const RANK: Readonly<Record<Severity, number>> = { error: 3, warning: 2, notice: 1 };

export function createLedgerChecks({ paths, dataDir, now, changed }: Parts): LedgerChecks {
  let report: LedgerReport | null = null;
  let bySeq: ReadonlyMap<number, Severity> = new Map();
  let isStale = false;
  let checkedKey: string | null = null;
  let running: {
    readonly events: ReturnType<typeof createChannel<LedgerCheckEvent>>;
    waiters: number;
  } | null = null;
  let abort: AbortController | null = null;
  let timer: NodeJS.Timeout | null = null;
  let waitingSince = 0;
  let closed = false;

  const keyNow = (): string | null => now().signature;

  /** Whether the store only grew since the report: what it proved is still there. */
  function lookStale(): void {
    const { index, brief } = now();
    if (report === null || isStale) return;
    const last = brief?.last ?? null;
    const shorter = brief !== null && brief.counts.event_log.count < report.checked.events;
    if (shorter || (report.head !== null && (last === null || last.seq < report.head.seq))) isStale = true;
    if (index !== null && report.head !== null && !holdsHead(index, report.head.seq)) isStale = true;
  }

  function take(next: LedgerReport, key: string | null): void {
    report = next;
    isStale = false;
    checkedKey = key;
    const worst = new Map<number, Severity>();
    for (const { seq, severity } of next.findings) {
      if (seq === null) continue;
      const known = worst.get(seq);
      if (known === undefined || RANK[known] < RANK[severity]) worst.set(seq, severity);
    }
    bySeq = worst;
  }

  function start(): NonNullable<typeof running> {
    const events = createChannel<LedgerCheckEvent>();
    const mine = { events, waiters: 0 };
    running = mine;
    abort = new AbortController();
    const { signal } = abort;
    const key = keyNow();
    const work = async (): Promise<void> => {
      const checked = await checkLedger(paths, {
        dataDir,
        signal,
        onProgress: ({ done, total }) => events.publish({ type: 'progress', done, total }),
      });
      running = null;
      abort = null;
      if (checked.ok) {
        take(checked.value, key);
        lookStale();
        events.publish({ type: 'done', summary: summary()! });
      } else events.publish({ type: 'failed', error: checked.error });
      events.close();
      if (checked.ok && !closed) changed();
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
      balances: report.balances,
      errors: counted('error'),
      warnings: counted('warning'),
      notices: counted('notice'),
      atMicros: report.endedMicros,
      newEntries: Math.max(0, events - report.checked.events),
      stale: isStale,
    };
  }

  function clear(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  }

  return {
    async *run(signal) {
      clear();
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
    soon() {
      const { index, brief } = now();
      if (closed || index === null || brief === null || running !== null) return;
      if (brief.counts.event_log.count > limits.ledgerCheckUnasked || keyNow() === checkedKey) return;
      const at = Date.now();
      if (timer === null) waitingSince = at;
      const wait = report === null ? 0 : Math.min(QUIET_MS, Math.max(0, waitingSince + MOST_MS - at));
      clear();
      timer = setTimeout(() => {
        timer = null;
        if (!closed && running === null) start();
      }, wait);
      timer.unref();
    },
    rebuilt() {
      isStale = report !== null;
    },
    close() {
      closed = true;
      clear();
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
