import type { JobContext } from '../../jobs/serve-jobs.ts';
import { ok, type Result } from '../../result.ts';
import type { AgentPlace } from '../places.ts';
import { AgentStore } from './agent-store.ts';
import { Columns, newPools } from './columns.ts';
import { toPlain, type PlainData } from './data-form.ts';
import { TextPool } from '../../columns/text-pool.ts';

export type AgentsReadInput = {
  readonly agents: readonly AgentPlace[];
  /** nothing outside of it is read */
  readonly inside: string;
};
export type AgentsReadProgress = { readonly bytes: number };

/** Reads the logs of some agents anew; the tables are shared memory, so handing them over costs nothing. */
export function agentsReadJob(
  { agents, inside }: AgentsReadInput,
  context: JobContext<AgentsReadProgress>,
): Result<readonly PlainData[]> {
  let bytes = 0;
  const columns = new Columns();
  const runs = new TextPool();
  const texts = new TextPool();
  const read = agents.map((place) => {
    // one work space for all agents: what is handed over is a copy without spare room
    columns.clear();
    runs.clear();
    texts.clear();
    const pools = { ...newPools(), runs, texts };
    const store = new AgentStore(place, inside, { columns, pools, files: [], problems: [] });
    store.update(undefined, (more) => {
      bytes += more;
      context.progress({ bytes });
    });
    return toPlain({
      ...store.data,
      columns: columns.compacted(),
      pools: { ...pools, runs: runs.compacted(), texts: texts.compacted() },
    });
  });
  return ok(read);
}
