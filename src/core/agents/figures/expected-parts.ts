import type { Escalation } from '../../../contract/escalations.ts';
import type { AgentFolder } from '../folder.ts';
import { readMemory } from '../parts/memory.ts';

/** The counts of an agent's memory with the names of `expected.json`. */
export function memoryFigures(folder: AgentFolder, agent: string, today: string) {
  const { counts } = readMemory(folder, agent, today);
  return {
    files: counts.files,
    valid: counts.valid,
    invalid: counts.invalid,
    bad_filename: counts.badFilename,
    pinned: counts.pinned,
    archived: counts.archived,
    superseded: counts.superseded,
    stale: counts.stale,
    orphans: counts.orphans,
    expired: counts.expired,
    index_dangling: counts.indexDangling,
  };
}

/** The escalations of an agent with the names of `expected.json`; paths are below the agent's folder. */
export function escalationFigures(folder: AgentFolder, agent: string, all: readonly Escalation[]) {
  const home = folder.pathOf(agent, '');
  return all
    .filter((one) => one.agent === agent)
    .map((one) => ({
      file: home === '' ? one.path : one.path.slice(home.length + 1),
      state: one.state,
      verdict: one.verdict as string,
      blocks: one.blocks.length,
      proposal_hash_ok: one.hashOk,
    }))
    .toSorted((a, b) => (a.file < b.file ? -1 : 1));
}
