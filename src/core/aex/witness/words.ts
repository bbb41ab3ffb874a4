import type { LedgerFinding, LedgerWitness, WitnessVerdict } from '../../../contract/ledger-report.ts';
import { timeText } from '../cross/times.ts';
import type { SeenState } from './memory.ts';

/** What a comparison with earlier looks comes to. */
export type Seen = { readonly verdict: WitnessVerdict; readonly findings: readonly LedgerFinding[] };

const UNKNOWN = { seenAtMicros: null, seenEvents: null, seenHash: null } as const;

export const WITNESS_OFF: WitnessVerdict = {
  ...UNKNOWN,
  state: 'off',
  text: 'Nothing is remembered of ledgers here, so it can’t be compared with earlier looks.',
};

export const NOT_SEEN: WitnessVerdict = {
  ...UNKNOWN,
  state: 'first',
  text: 'This ledger was not seen before.',
};

/** When something was seen, in UTC. */
export const when = (state: SeenState): string => timeText(state.atMicros / 1_000_000);

/** `1 entry came`, `2,000 entries came`. */
export const came = (entries: number): string =>
  `${entries.toLocaleString('en-US')} ${entries === 1 ? 'entry' : 'entries'} came`;

/** An earlier look as what tells something. */
export function seenWitness(head: SeenState, says: string): LedgerWitness {
  return { witness: 'seen', where: `the look of ${when(head)}`, says, agrees: true, seq: null };
}

export function verdict(state: WitnessVerdict['state'], head: SeenState, text: string): WitnessVerdict {
  return { state, seenAtMicros: head.atMicros, seenEvents: head.events, seenHash: head.hash, text };
}

/** A finding of no execution and agent, placed at an entry or, with null, nowhere. */
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
