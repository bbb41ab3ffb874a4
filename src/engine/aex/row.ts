import type { ChainStretch } from '../../contract/ledger-chain.ts';
import type { EntryRow, LedgerMark } from '../../contract/ledger.ts';
import type { LedgerIndex } from '../../core/aex/columns.ts';
import { kindOf, readPayload, type EntryPayload, type StoredEntry } from '../../core/aex/entry.ts';
import type { LedgerFacts } from '../../core/aex/views/facts.ts';
import { deltasAt, type Balance } from '../../core/aex/views/balances.ts';
import { marksOf } from '../../core/aex/views/rows.ts';
import { readTimestamp } from '../../core/records/time.ts';
import { chainStateOf, expectedPrev } from '../../core/aex/execution/chain-state.ts';

/** What is known beside the entries: for the rows of one answer. */
export type RowFacts = LedgerFacts & {
  /** null: the log is still being read */
  readonly index: LedgerIndex | null;
  /** the balance after a row of the index, of the agent of the view or of all */
  readonly balance: ((row: number) => Balance) | null;
  /** the chain as the last check saw it */
  readonly stretches: readonly ChainStretch[];
};

/** Microseconds of a stored time; null: it is none. */
export function microsOf(text: string | null): number | null {
  return text === null ? null : (readTimestamp(text)?.micros ?? null);
}

/** An entry as it is shown. `row` is its place in the index, -1 where that is not known. */
export function entryRow(
  entry: StoredEntry,
  row: number,
  beforeHash: string | null,
  facts: RowFacts,
): EntryRow {
  const payload = readPayload(entry.type, entry.payload);
  const kind = kindOf(entry.type);
  const columns = row < 0 ? null : (facts.index?.columns ?? null);
  const balance = columns === null || facts.balance === null ? NO_BALANCE : facts.balance(row);
  return {
    seq: entry.seq,
    ts: entry.ts,
    atMicros: microsOf(entry.ts),
    agent: entry.agent,
    executionId: entry.executionId,
    type: entry.type,
    kind,
    detail: detailOf(kind, payload),
    model: payload.model,
    estimatedMicro: payload.estimated,
    costMicro: payload.cost,
    remainingMicro: payload.remaining,
    promptTokens: payload.prompt,
    completionTokens: payload.completion,
    ...(columns === null ? deltasByPayload(kind, payload, entry.agent) : deltasByIndex(columns, row)),
    ...balance,
    chain: chainStateOf(entry, expectedPrev(beforeHash), facts.stretches, (name) => facts.budgets.has(name)),
    marks: columns === null ? marksByPayload(kind, payload, entry) : marksOf(columns, row, facts),
    finding: facts.findings.get(entry.seq) ?? null,
  };
}

const NO_BALANCE: Pick<EntryRow, keyof Balance> = {
  spentMicro: null,
  reservedMicro: null,
  availableMicro: null,
};

type Deltas = Pick<EntryRow, 'reservedDeltaMicro' | 'spentDeltaMicro'>;

function deltasByIndex(columns: LedgerIndex['columns'], row: number): Deltas {
  const { spentMicro, reservedMicro } = deltasAt(columns, row);
  return { reservedDeltaMicro: reservedMicro, spentDeltaMicro: spentMicro };
}

/** The same without the balances before it: a release is taken to free all that it names. */
function deltasByPayload(kind: EntryRow['kind'], payload: EntryPayload, agent: string | null): Deltas {
  const counts = agent !== null && agent !== '';
  const estimated = counts ? (payload.estimated ?? 0) : 0;
  const freed = kind === 'commit' || kind === 'release' ? -Math.max(0, estimated) : 0;
  return {
    reservedDeltaMicro: kind === 'reserve' ? estimated : freed + 0,
    spentDeltaMicro: counts && kind === 'commit' ? (payload.cost ?? 0) : 0,
  };
}

function detailOf(kind: EntryRow['kind'], payload: EntryPayload): string {
  switch (kind) {
    case 'commit':
      return payload.model ?? '';
    case 'deny':
      return payload.detail ?? '';
    case 'release':
    case 'fail':
    case 'policy':
      return payload.reason ?? '';
    case 'tool':
      return payload.tool ?? '';
    case 'tool-denied':
      return [payload.tool, payload.error].filter((text) => text !== null && text !== '').join(': ');
    case 'lifecycle':
      return `${payload.from ?? '?'} → ${payload.to ?? '?'}${payload.reason === null ? '' : `: ${payload.reason}`}`;
    case 'reserve':
    case 'dispatch':
    case 'other':
      return '';
    default:
      return kind satisfies never;
  }
}

/** The reason that the recovery at a start of the daemon gives (formats/aex.md §16). */
const RECOVERED = new Set([
  'Recovered stale reservation',
  'Interrupted during reserving',
  'Missing reservation during recovery',
]);

/** The marks that an entry has by itself. */
function marksByPayload(kind: EntryRow['kind'], payload: EntryPayload, entry: StoredEntry): LedgerMark[] {
  const marks: LedgerMark[] = [];
  const { cost, estimated, prompt, completion } = payload;
  if (kind === 'commit' && cost !== null && estimated !== null && cost > estimated) marks.push('overrun');
  if ((kind === 'release' || kind === 'fail') && RECOVERED.has(payload.reason ?? '')) marks.push('recovered');
  if (kind === 'commit' && cost === 0 && (prompt ?? 0) === 0 && (completion ?? 0) === 0) marks.push('free');
  if (payload.odd !== null || entry.odd !== null) marks.push('odd-payload');
  return marks;
}
