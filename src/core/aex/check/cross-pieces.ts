import type {
  LedgerFinding,
  LedgerSound,
  LedgerUnknown,
  WitnessVerdict,
} from '../../../contract/ledger-report.ts';
import type { ChainVerdict, ReplayVerdict } from '../chain/verdict.ts';
import type { StoredEntry } from '../entry.ts';
import type { PayloadFields } from '../payload-scan.ts';
import type { LedgerLook } from '../store.ts';
import type { CheckTerms } from './types.ts';

/** What compares the entries with all other records: every entry by ascending seq, then what was found. */
export type CrossCheck = {
  entry(entry: StoredEntry, fields: Readonly<PayloadFields>, read: number): void;
  finish(
    chain: ChainVerdict,
    replay: ReplayVerdict,
  ): {
    readonly findings: readonly LedgerFinding[];
    readonly unknown: readonly LedgerUnknown[];
    readonly sound: readonly LedgerSound[];
  };
};

export function crossCheckOf(look: LedgerLook, terms: CheckTerms): CrossCheck {
  void look;
  void terms;
  return { entry: () => undefined, finish: () => ({ findings: [], unknown: [], sound: [] }) };
}

export function seenOf(
  look: LedgerLook,
  terms: CheckTerms,
  chain: ChainVerdict,
  replay: ReplayVerdict,
): { readonly verdict: WitnessVerdict; readonly findings: readonly LedgerFinding[] } {
  void [look, terms, chain, replay];
  const verdict: WitnessVerdict = {
    state: 'off',
    seenAtMicros: null,
    seenEvents: null,
    seenHash: null,
    text: 'What was seen earlier was not compared.',
  };
  return { verdict, findings: [] };
}
