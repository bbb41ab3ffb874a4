import type {
  LedgerFinding,
  LedgerInvariant,
  LedgerSound,
  LedgerUnknown,
  WitnessVerdict,
} from '../../../contract/ledger-report.ts';
import type { ChainVerdict, ReplayVerdict } from '../chain/verdict.ts';
import type { LedgerPaths } from '../paths.ts';
import type { MessagePort } from 'node:worker_threads';
import type { Shared } from './shared.ts';

export type LedgerCheckProgress = { readonly done: number; readonly total: number };

/**
 * What a check is told. `dataDir` null: nothing is remembered of it. `nowMicros`: the moment that counts as now. `sinceMicros`: since
 * when the ledger is open; what was seen from then on is not what was seen earlier.
 */
export type CheckTerms = {
  readonly paths: LedgerPaths;
  readonly dataDir: string | null;
  readonly nowMicros: number;
  readonly sinceMicros: number;
};

/** One step of a check: all of it, or the parts of the threads that share it. `port`: by which they give what they read. */
export type LedgerCheckInput =
  | { readonly step: 'whole'; readonly terms: CheckTerms }
  | {
      readonly step: 'read';
      readonly terms: CheckTerms;
      readonly shared: Shared;
      readonly ports: readonly MessagePort[];
    }
  | {
      readonly step: 'help';
      readonly paths: LedgerPaths;
      readonly shared: Shared;
      readonly port: MessagePort;
    };

/** `moved`: the threads did not see the same store, so nothing of it counts. */
export type LedgerCheckOutput =
  | { readonly step: 'checked'; readonly checked: Checked }
  | { readonly step: 'done' }
  | { readonly step: 'moved' };

/** Everything that a check found, before it is put in order. */
export type Checked = {
  readonly chain: ChainVerdict;
  readonly replay: Pick<ReplayVerdict, 'ok' | 'detail'>;
  readonly startCheck: boolean;
  readonly invariants: readonly LedgerInvariant[];
  readonly findings: readonly LedgerFinding[];
  readonly unknown: readonly LedgerUnknown[];
  readonly sound: readonly LedgerSound[];
  readonly witness: WitnessVerdict;
  readonly counts: {
    readonly executions: number;
    readonly reservations: number;
    readonly compat: number;
    readonly agents: number;
  };
};
