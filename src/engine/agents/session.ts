import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../contract/contract.ts';
import type { Source } from '../../contract/workspace.ts';
import type { Result } from '../../core/result.ts';
import type { Scene } from './scene.ts';

/** `linksOfCall` is asked of a repository, so the connection answers it. */
type Procedures = Omit<ContractRouterClient<Contract>['agents'], 'linksOfCall'>;
type EditProcedures = ContractRouterClient<Contract>['edits'];
type Answer<P extends (input: never) => unknown> = (
  input: Omit<Parameters<P>[0], 'source'>,
) => Promise<Awaited<ReturnType<P>>> | Awaited<ReturnType<P>>;
type InputOf<N extends keyof Procedures> = Omit<Parameters<Procedures[N]>[0], 'source'>;
type OutputOf<N extends keyof Procedures> = Awaited<ReturnType<Procedures[N]>>;

/** One open root of agents: answers every question of `contract.agents` about it. */
export type AgentsSession = {
  readonly kind: 'agents';
  readonly id: string;
  readonly name: string;
  /** what opening did that the person should hear */
  readonly opened: Promise<readonly string[]>;
  describe(): Source;
  /** everything that is known now; waits for the first reading */
  scene(): Promise<Result<Scene>>;
  readonly answers: {
    readonly [N in keyof Procedures]: (
      input: InputOf<N>,
      signal?: AbortSignal,
    ) => Promise<OutputOf<N>> | OutputOf<N>;
  };
  /** answers everything about writing */
  readonly edits: { readonly [N in keyof EditProcedures]: Answer<EditProcedures[N]> };
  /** ends the first reading; nothing is read until `readAgain` */
  stopReading(): Result<null>;
  readAgain(): Result<null>;
  /** a window opens it once more */
  reopen(): void;
  close(): void;
};
