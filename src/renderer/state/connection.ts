import { create } from 'zustand';
import type { HostInfo } from '../../contract/workspace.ts';
import type { ConnectionState } from '../app/client.ts';

type ConnectionSlice = {
  readonly connection: ConnectionState;
  /** null until the engine has answered for the first time */
  readonly host: HostInfo | null;
};

/** Whether the engine can be reached, and what it said about its host. */
export const useConnection = create<ConnectionSlice>(() => ({
  connection: { state: 'connecting' },
  host: null,
}));
