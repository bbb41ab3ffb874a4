import type { LedgerFinding } from '../../../contract/ledger-report.ts';
import type { LedgerLook } from '../store.ts';

/** Findings that get a time: no more are read by a person in one go. */
const MOST_DATED = 1_000;

/** Errors and warnings with the stored time of what they are about: of a gap, of the entries around it. */
export function dated(look: LedgerLook, findings: readonly LedgerFinding[]): readonly LedgerFinding[] {
  if (!look.has('event_log', 'ts') || !look.has('event_log', 'seq')) return findings;
  const times = timesOf(look);
  let left = MOST_DATED;
  return findings.map((finding) => {
    if (finding.severity === 'notice' || left-- <= 0) return finding;
    const when = whenOf(finding, times);
    return when === null ? finding : { ...finding, when };
  });
}

type Times = ReturnType<typeof timesOf>;
type When = NonNullable<LedgerFinding['when']>;

function whenOf(finding: LedgerFinding, times: Times): When | null {
  const { kind, seq, range, executionId } = finding;
  // their own text is about times
  if (kind === 'time-differs' || kind === 'clock-back') return null;
  if (seq === null) {
    const at = executionId === null ? null : times.ofExecution(executionId);
    return at === null ? null : { from: at, to: at };
  }
  if (kind === 'entry-missing' || kind === 'tail-missing') {
    const around = { from: times.before(seq), to: times.at(seq) ?? times.after(range?.to ?? seq) };
    return around.from === null && around.to === null ? null : around;
  }
  const [from, to] = [times.at(seq), times.at(range?.to ?? seq)];
  return from === null || to === null ? null : { from, to };
}

function timesOf(look: LedgerLook) {
  const one = (where: string) => {
    const found = look.db.prepare<[number], string>(`SELECT ts FROM event_log WHERE ${where} LIMIT 1`);
    return (seq: number): string | null => textOf(found.pluck().get(seq));
  };
  const executions = look.has('executions', 'created_at')
    ? look.db.prepare<[string], unknown>('SELECT created_at FROM executions WHERE execution_id = ?').pluck()
    : null;
  return {
    at: one('seq = ?'),
    before: one('seq < ? ORDER BY seq DESC'),
    after: one('seq > ? ORDER BY seq'),
    ofExecution: (id: string): string | null => textOf(executions?.get(id)),
  };
}

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.length <= 40 ? value : null;
