import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../contract/contract.ts';
import type { Source } from '../../contract/workspace.ts';

type Procedures = ContractRouterClient<Contract>['agents'];
type InputOf<N extends keyof Procedures> = Omit<Parameters<Procedures[N]>[0], 'source'>;
type OutputOf<N extends keyof Procedures> = Awaited<ReturnType<Procedures[N]>>;

/** One open root of agents: answers every question of `contract.agents` about it. */
export type AgentsSession = {
  readonly kind: 'agents';
  readonly id: string;
  /** what opening did that the person should hear */
  readonly opened: Promise<readonly string[]>;
  describe(): Source;
  readonly answers: {
    readonly [N in keyof Procedures]: (
      input: InputOf<N>,
      signal?: AbortSignal,
    ) => Promise<OutputOf<N>> | OutputOf<N>;
  };
  /** a window opens it once more */
  reopen(): void;
  close(): void;
};
