import { create } from 'zustand';
import type { Failure } from '../../contract/failure.ts';
import type { AgentsOverview } from '../../contract/fleet.ts';
import { NOT_LIVE, type Live } from './live.ts';

/** What is known of a folder of agents. `value` stays while a newer one is fetched or fails to come. */
export type AgentsState = {
  readonly value: AgentsOverview | null;
  readonly error: Failure | null;
  /** the day that it was asked for; null: today */
  readonly asOf: string | null;
  readonly live: Live;
};

export const EMPTY_AGENTS: AgentsState = { value: null, error: null, asOf: null, live: NOT_LIVE };

type Slice = { readonly agents: Readonly<Record<string, AgentsState>> };

/** The overviews of all folders of agents, by source. Changed only by `app/agents.ts`. */
export const useAgentsStore = create<Slice>(() => ({ agents: {} }));
