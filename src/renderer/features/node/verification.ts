import type { HashCheck, NodeDetail } from '../../../contract/vek.ts';
import { formatClock, shortHash, type Zone } from '../../ui/format.ts';

export type Verification = {
  readonly tone: 'ok' | 'bad' | 'neutral';
  /** for the badge */
  readonly text: string;
  /** one sentence per hash that does not hold */
  readonly findings: readonly string[];
};

type Finding = { readonly what: string; readonly state: string; readonly sentence: string };

/** What the recomputed hashes say of a call. Stale answers never count as verified. */
export function verificationOf(detail: NodeDetail, stale: boolean, zone: Zone): Verification {
  const { node, input, output, atMicros } = detail.checks;
  const bad = [finding('call', node), finding('input', input), finding('output', output)].filter(
    (found) => found !== null,
  );
  const at = formatClock(atMicros, zone);
  const [first] = bad;
  if (first !== undefined) {
    const what = bad.length === 1 ? `${first.what} ${first.state}` : `${bad.length} of 3 do not hold`;
    return { tone: 'bad', text: `${what}, ${at}`, findings: bad.map(({ sentence }) => sentence) };
  }
  if (stale) return { tone: 'neutral', text: `recomputed ${at}, changed since`, findings: [] };
  return { tone: 'ok', text: `3 hashes recomputed, ${at}`, findings: [] };
}

function finding(what: string, check: HashCheck): Finding | null {
  switch (check.state) {
    case 'match':
      return null;
    case 'mismatch': {
      const subject = what === 'call' ? 'The record of this call' : `The ${what}`;
      const sentence = `${subject} was altered: its recomputed hash is ${shortHash(check.computed)}.`;
      return { what, state: 'altered', sentence };
    }
    case 'missing':
      return { what, state: 'missing', sentence: `The ${what} is missing from the store.` };
    case 'unreadable':
      return { what, state: 'unreadable', sentence: `The ${what} can’t be read: ${check.reason}` };
    default:
      return check satisfies never;
  }
}
