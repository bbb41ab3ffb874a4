import type { ChainStretch } from '../../../contract/ledger-chain.ts';
import {
  LEDGER_FINDING_KINDS,
  type LedgerFinding,
  type LedgerReport,
  type Sureness,
} from '../../../contract/ledger-report.ts';
import type { Severity } from '../../../contract/problem.ts';
import { limits } from '../../storage/limits.ts';
import { stretchesOf } from './stretches.ts';
import type { Checked } from './types.ts';

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, notice: 2 };
const sureness: Readonly<Record<Sureness, number>> = { proved: 0, likely: 1, possible: 2 };
const kindRank: ReadonlyMap<string, number> = new Map(LEDGER_FINDING_KINDS.map((kind, i) => [kind, i]));

/** The report of a check: findings in order, errors first, what is proved before what is likely or possible, and of each kind no more than a person reads. */
export function makeReport(checked: Checked, startedMicros: number, endedMicros: number): LedgerReport {
  const { chain, replay } = checked;
  const stretches = stretchesOf(chain, checked.findings);
  const findings = bounded(checked.findings.toSorted(byWeight)).map((one) => withOnward(one, stretches));
  return {
    ok: chain.ok && replay.ok && findings.every(({ severity }) => severity !== 'error'),
    chain: { ok: chain.ok, detail: chain.detail, seq: chain.seq },
    stretches,
    balances: { ok: replay.ok, detail: replay.detail },
    startCheck: checked.startCheck,
    invariants: checked.invariants,
    findings,
    unknown: checked.unknown,
    sound: checked.sound,
    checked: { events: chain.events, ...checked.counts },
    head: chain.head,
    witness: checked.witness,
    startedMicros,
    endedMicros,
  };
}

/** Whether the chain behind a finding proves nothing any more because of it. */
function withOnward(finding: LedgerFinding, stretches: readonly ChainStretch[]): LedgerFinding {
  const { kind, since, range } = finding;
  if (since === null || finding.severity !== 'error') return finding;
  const last = range?.to ?? since;
  const own = stretches.findIndex(({ by, from, to }) => by === kind && from <= last && last <= to);
  const anew = own >= 0 && stretches[own + 1]?.is === 'anew';
  return anew ? { ...finding, onward: true } : finding;
}

function byWeight(a: LedgerFinding, b: LedgerFinding): number {
  return (
    rank[a.severity] - rank[b.severity] ||
    sureness[a.sure] - sureness[b.sure] ||
    (kindRank.get(a.kind) ?? 0) - (kindRank.get(b.kind) ?? 0) ||
    (a.seq ?? Infinity) - (b.seq ?? Infinity) ||
    0
  );
}

/** Of each severity and kind the first ones, and how many more there are as a finding of kind `more`. */
function bounded(findings: readonly LedgerFinding[]): readonly LedgerFinding[] {
  const listed: LedgerFinding[] = [];
  const counts = new Map<string, { count: number; last: LedgerFinding }>();
  for (const finding of findings) {
    const key = `${finding.severity} ${finding.kind}`;
    const known = counts.get(key) ?? { count: 0, last: finding };
    counts.set(key, { count: known.count + 1, last: finding });
    if (known.count < limits.ledgerFindings || finding.kind === 'more') listed.push(finding);
  }
  for (const { count, last } of counts.values()) {
    if (count <= limits.ledgerFindings || last.kind === 'more') continue;
    listed.push({
      kind: 'more',
      severity: last.severity,
      seq: null,
      executionId: null,
      agent: null,
      message: `${(count - limits.ledgerFindings).toLocaleString('en-US')} more findings of the kind “${last.kind}” are not listed.`,
      expected: null,
      found: last.kind,
      since: null,
      sure: last.sure,
      because: [],
    });
  }
  return listed.toSorted((a, b) => rank[a.severity] - rank[b.severity]);
}
