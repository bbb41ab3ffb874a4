import type { LedgerFinding, LedgerWitness, WitnessVerdict } from '../../../contract/ledger-report.ts';
import { timeText } from '../cross/times.ts';
import type { SeenState } from './memory.ts';

export type Seen = { readonly verdict: WitnessVerdict; readonly findings: readonly LedgerFinding[] };

export const when = (state: SeenState): string => timeText(state.atMicros / 1_000_000);

export function seenWitness(head: SeenState, says: string): LedgerWitness {
  return { witness: 'seen', where: `the look of ${when(head)}`, says, agrees: true, seq: null };
}

export function verdict(state: WitnessVerdict['state'], head: SeenState, text: string): WitnessVerdict {
  return { state, seenAtMicros: head.atMicros, seenEvents: head.events, seenHash: head.hash, text };
}

export function finding(
  kind: LedgerFinding['kind'],
  severity: LedgerFinding['severity'],
  seq: number | null,
  message: string,
  expected: string,
  found: string,
  sure: LedgerFinding['sure'],
  because: readonly LedgerWitness[],
): LedgerFinding {
  return {
    kind,
    severity,
    seq,
    executionId: null,
    agent: null,
    message,
    expected,
    found,
    since: seq,
    sure,
    because,
  };
}
