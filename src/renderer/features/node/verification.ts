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
  const bad = [
    finding('call', checks.node),
    finding('input', checks.input),
    finding('output', checks.output),
  ].filter((found) => found !== null);
  const at = formatClock(checks.atMicros, zone);
  if (findings.length > 0)
    return { tone: 'bad', text: `${findings.length} of 3 hashes do not hold, ${at}`, findings };
  if (stale) return { tone: 'neutral', text: `recomputed ${at}, changed since`, findings: [] };
  return { tone: 'ok', text: `3 hashes recomputed, ${at}`, findings: [] };
}

type Finding = { readonly what: string; readonly state: string; readonly sentence: string };

function finding(what: string, check: HashCheck): Finding | null {
  switch (check.state) {
    case 'match':
      return null;
    case 'mismatch': {
      const subject = what === 'call' ? 'The record of this call' : `The ${what}`;
      return {
        what,
        state: 'altered',
        sentence: `${subject} was altered: its recomputed hash is ${shortHash(check.computed)}.`,
      };
    }
    case 'missing':
      return { what, state: 'missing', sentence: `The ${what} is missing from the store.` };
    case 'unreadable':
      return { what, state: 'unreadable', sentence: `The ${what} can’t be read: ${check.reason}` };
    default:
      return check satisfies never;
  }
}
