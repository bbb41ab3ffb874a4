import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../contract/contract.ts';
import type { LedgerCheckEvent } from '../../contract/ledger.ts';
import type { LedgerProofEvent } from '../../contract/ledger-report.ts';
import type { Source } from '../../contract/workspace.ts';
import type { LedgerPaths } from '../../core/aex/paths.ts';
import type { Result } from '../../core/result.ts';

/** Streams are answered beside the others. */
type Procedures = Omit<ContractRouterClient<Contract>['ledger'], 'verify' | 'proof'>;

/** One open ledger: answers every question of `contract.ledger` about it. Nothing of it writes into the ledger. */
export type LedgerSession = {
  readonly kind: 'aex';
  readonly id: string;
  readonly name: string;
  readonly paths: LedgerPaths;
  /** what opening did that the person should hear */
  readonly opened: Promise<readonly string[]>;
  describe(): Source;
  readonly answers: {
    readonly [N in keyof Procedures]: (
      input: Omit<Parameters<Procedures[N]>[0], 'source'>,
      signal?: AbortSignal,
    ) => Promise<Awaited<ReturnType<Procedures[N]>>> | Awaited<ReturnType<Procedures[N]>>;
  };
  verify(signal?: AbortSignal): AsyncGenerator<LedgerCheckEvent, void, void>;
  proof(signal?: AbortSignal): AsyncGenerator<LedgerProofEvent, void, void>;
  /** a value of any kind without the tokens of this ledger, in whatever text they stand */
  withhold<T>(value: T): T;
  /** ends the first reading; nothing is read until `readAgain` */
  stopReading(): Result<null>;
  readAgain(): Result<null>;
  /** a window opens it once more */
  reopen(): void;
  close(): void;
};
