import type { HashCheck, NodeDetail } from '../../../contract/vek.ts';
import { formatClock, shortHash, type Zone } from '../../ui/format.ts';

export type Verification = {
  readonly tone: 'ok' | 'bad' | 'neutral';
  /** for the badge */
  readonly text: string;
  /** one sentence per hash that does not hold */
  readonly findings: readonly string[];
};

/** What the recomputed hashes say of a call. Stale answers never count as verified. */
export function verificationOf(detail: NodeDetail, stale: boolean, zone: Zone): Verification {
  const { checks } = detail;
  const findings = [
    finding('call', checks.node),
    finding('input', checks.input),
    finding('output', checks.output),
  ].filter((text) => text !== null);
  const at = formatClock(checks.atMicros, zone);
  if (findings.length > 0)
    return { tone: 'bad', text: `${findings.length} of 3 hashes do not hold, ${at}`, findings };
  if (stale) return { tone: 'neutral', text: `recomputed ${at}, changed since`, findings };
  return { tone: 'ok', text: `3 hashes recomputed, ${at}`, findings };
}

function finding(what: string, check: HashCheck): string | null {
  switch (check.state) {
    case 'match':
      return null;
    case 'mismatch':
      return what === 'call'
        ? `The record of this call was altered: its recomputed hash is ${shortHash(check.computed)}.`
        : `The ${what} was altered: its recomputed hash is ${shortHash(check.computed)}.`;
    case 'missing':
      return `The ${what} is missing from the store.`;
    case 'unreadable':
      return `The ${what} can’t be read: ${check.reason}`;
    default:
      return check satisfies never;
  }
}
