import type { Running } from '../../contract/fleet.ts';
import type { AgentFolder } from '../../core/agents/folder.ts';
import type { AgentsRoot } from '../../core/agents/places.ts';
import type { RecordStore } from '../../core/agents/records/open.ts';
import type { RecordTables } from '../../core/agents/records/table.ts';

/** What is known of a root at one moment; everything that is answered is made of it. */
export type Scene = {
  readonly root: AgentsRoot;
  readonly folder: AgentFolder;
  readonly store: RecordStore;
  readonly tables: RecordTables;
  /** grows with every change that was read */
  readonly revision: number;
  /** who runs, by the name of the agent */
  readonly running: ReadonlyMap<string, Running>;
};
