import { basename } from 'node:path';
import type { LedgerReport } from '../../../contract/ledger-report.ts';
import { liveMicro } from '../chain/live.ts';
import { isHashable, LINK_COLUMNS, type LinkRow } from '../chain/links.ts';
import { ENTRY_COLUMNS, storedEntry, type EntryValues, type StoredEntry } from '../entry.ts';
import type { Masker } from '../secrets.ts';
import type { LedgerLook } from '../store.ts';
import { maskerIn } from '../tokens.ts';

/** Names the form of the file, for the script and for later versions of both. */
export const PROOF_FORMAT = 'vekscope-ledger-proof/1';

const HOW =
  'event_hash is the SHA-256, in lower-case hex, of prev_hash, event_type, execution_id (empty where it is null) and payload_json, each as UTF-8 and followed by one line feed. prev_hash is the event_hash of the entry before, GENESIS for the first. seq, agent and ts are not covered. Balances: budget.reserve adds estimated_micro to reserved; usage.commit adds cost_micro to spent and takes estimated_micro from reserved; reservation.release takes estimated_micro from reserved; reserved never falls below 0.';

/** Entries that are written as one piece of text; the first piece has none. */
export const pieceEntries = 512;

/** What the last check of a ledger found, as far as it goes into a proof. */
export type ProvedReport = Pick<LedgerReport, 'ok' | 'findings' | 'unknown' | 'head' | 'endedMicros'>;

/** That part of a report. */
export const provedReport = ({ ok, findings, unknown, head, endedMicros }: ProvedReport): ProvedReport => ({
  ok,
  findings,
  unknown,
  head,
  endedMicros,
});

export type ProofParts = {
  /** of Vekscope */
  readonly version: string;
  readonly madeAt: Date;
  /** null: it was not checked */
  readonly report: ProvedReport | null;
};

/**
 * The proof of a ledger as JSON in pieces: how the hashes are made, what a check found by all other records, the live
 * counters of all accounts, every entry on a line of its own, and the last one as head. An entry in which a token or key stands is withheld: it keeps its hashes and loses
 * what was hashed. Everything is of one look, and no more than a piece is held.
 */
export function* proofText(
  look: LedgerLook,
  { version, madeAt, report }: ProofParts,
): Generator<string, void, void> {
  const masker = maskerIn(look);
  const facts = {
    format: PROOF_FORMAT,
    made_by: `Vekscope ${version}`,
    made_at: madeAt.toISOString(),
    database: masker.text(basename(look.paths.db)),
    user_version: look.schema.userVersion,
    how: HOW,
    damage: look.damage.map(masker.text),
    checked: report === null ? null : masker.deep(checkedOf(report)),
  };
  yield `${JSON.stringify(facts, null, 1).slice(0, -2)},\n "accounts": [${accountLines(look, masker).join(',')}\n ],\n "events": [`;

  const partitioned = look.has('event_log', 'chain_partition');
  const columns: readonly string[] = partitioned ? [...ENTRY_COLUMNS, 'chain_partition'] : ENTRY_COLUMNS;
  const rows = look.db
    .prepare<[], readonly unknown[]>(`${look.select('event_log', columns)} ORDER BY seq`)
    .raw();
  let lines: string[] = [];
  let count = 0;
  let withheld = 0;
  let head: { readonly seq: number; readonly event_hash: string | null } | null = null;
  const piece = (): string => {
    const text = lines.join('');
    lines = [];
    return text;
  };
  for (const row of rows.iterate()) {
    const entry = storedEntry(row as EntryValues);
    const partition = partitioned ? String(row[ENTRY_COLUMNS.length] ?? '') : null;
    const line = entryLine(look, entry, row, partition, masker);
    if (line.withheld) withheld++;
    lines.push(`${count === 0 ? '' : ','}\n${line.text}`);
    count++;
    head = { seq: entry.seq, event_hash: textOrNull(row[hashColumn], masker) };
    if (lines.length >= pieceEntries) yield piece();
  }
  yield `${piece()}\n ],\n "event_count": ${count},\n "withheld": ${withheld},\n "head": ${JSON.stringify(head)}\n}\n`;
}

/** What other records say: it can't be computed again from the entries, so a stranger has to be told. */
function checkedOf({ ok, findings, unknown, head, endedMicros }: ProvedReport) {
  return {
    at: new Date(endedMicros / 1_000).toISOString(),
    head: head === null ? null : { seq: head.seq, event_hash: head.hash },
    ok,
    findings: findings.map(({ kind, severity, seq, executionId, agent, message, expected, found, sure }) => ({
      kind,
      severity,
      seq,
      execution_id: executionId,
      agent,
      message,
      expected,
      found,
      sure,
    })),
    unknown: unknown.map(({ message }) => message),
  };
}

function accountLines(look: LedgerLook, masker: Masker): readonly string[] {
  const rows = look.db
    .prepare<[], readonly unknown[]>(
      look.select('agents', ['name', 'budget_micro', 'spent_micro', 'reserved_micro']),
    )
    .raw()
    .safeIntegers()
    .all();
  return rows.map(([name, budget, spent, reserved]) => {
    const shown = typeof name === 'string' ? masker.text(name) : null;
    return `\n  {"name":${JSON.stringify(shown)},"budget_micro":${micro(budget)},"spent_micro":${micro(spent)},"reserved_micro":${micro(reserved)}}`;
  });
}

/** Digits of any length, or null for what is no integer. */
const micro = (value: unknown): string => String(liveMicro(value));

const agentColumn = ENTRY_COLUMNS.indexOf('agent');
const prevColumn = ENTRY_COLUMNS.indexOf('prev_hash');
const hashColumn = ENTRY_COLUMNS.indexOf('event_hash');

const textOrNull = (value: unknown, masker: Masker): string | null =>
  typeof value === 'string' ? masker.text(value) : null;

type Line = { readonly text: string; readonly withheld: boolean };

function entryLine(
  look: LedgerLook,
  entry: StoredEntry,
  row: readonly unknown[],
  partition: string | null,
  masker: Masker,
): Line {
  const hashed = {
    execution_id: entry.executionId,
    event_type: entry.type,
    payload_json: entry.payload,
  };
  const shown = masker.deep(hashed);
  // To the original a name in bytes is no name.
  const agent = typeof row[agentColumn] === 'string' ? row[agentColumn] : null;
  const shownAgent = agent === null ? null : masker.text(agent);
  const withheld = shown !== hashed || agent !== shownAgent;
  const text = JSON.stringify({
    seq: entry.seq,
    ...(partition === null ? {} : { partition: masker.text(partition) }),
    agent: shownAgent,
    ...(withheld ? { withheld: true } : hashed),
    prev_hash: textOrNull(row[prevColumn], masker),
    event_hash: textOrNull(row[hashColumn], masker),
    ts: masker.text(entry.ts),
    ...(isHashable(look, linkRow(row)) ? {} : { odd: entry.odd ?? 'holds a text that is no UTF-8' }),
  });
  return { text, withheld };
}

function linkRow(row: readonly unknown[]): LinkRow {
  return LINK_COLUMNS.map((name) => row[ENTRY_COLUMNS.indexOf(name)]) as unknown as LinkRow;
}
