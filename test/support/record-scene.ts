import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { AgentsRoot } from '../../src/core/agents/places.ts';
import { openRecords, type RecordStore } from '../../src/core/agents/records/open.ts';
import type { AgentRecords } from '../../src/core/agents/records/table.ts';

/** A root of agents in a scratch folder, with logs as a test writes them. */
export type RecordScene = {
  readonly root: AgentsRoot;
  readonly dataDir: string;
  /** the path of a file of an agent, its folder made */
  at(agent: string, path: string): string;
  write(agent: string, path: string, content: string | Uint8Array): string;
  open(): Promise<RecordStore>;
  remove(): void;
};

export function recordScene(names: readonly string[] = ['alpha', 'beta']): RecordScene {
  const scratch = mkdtempSync(join(tmpdir(), 'vekscope-records-'));
  const path = join(scratch, 'root');
  const agents = names.map((name) => ({ name, dir: join(path, name), logOnly: false }));
  for (const { dir } of agents) mkdirSync(dir, { recursive: true });
  const root = { path, single: null, shared: path, agents, cascades: [], leftOut: [], notes: [] };
  const dataDir = join(scratch, 'data');
  const at = (agent: string, file: string): string => {
    mkdirSync(dirname(join(path, agent, file)), { recursive: true });
    return join(path, agent, file);
  };
  return {
    root,
    dataDir,
    at,
    write: (agent, file, content) => {
      writeFileSync(at(agent, file), content);
      return at(agent, file);
    },
    open: async () => {
      const opened = await openRecords(root, { dataDir });
      if (!opened.ok) throw new Error(opened.error.message);
      return opened.value;
    },
    remove: () => rmSync(scratch, { recursive: true, force: true }),
  };
}

const pooled = (column: Uint32Array | null, row: number, pool: AgentRecords['runs']): string | null =>
  column === null ? null : pool.text(column[row]!);

/** All that is known of an agent, without what depends on how it came to be known. */
export function told(records: AgentRecords): unknown {
  const rows = Array.from({ length: records.count }, (_, row) => ({
    file: records.files[records.file[row]!]?.path,
    offset: records.offset[row],
    length: records.length[row],
    day: records.day[row],
    micros: records.micros[row],
    offsetMinutes: records.offsetMinutes[row],
    costNanos: records.costNanos[row],
    recomputedNanos: records.recomputedNanos[row],
    tokens: [
      records.inputTokens[row],
      records.outputTokens[row],
      records.hitTokens[row],
      records.missTokens[row],
    ],
    latencyMs: records.latencyMs[row],
    flags: records.flags[row],
    names: (['model', 'trigger', 'primitive', 'status', 'costSource', 'tool'] as const).map(
      (name) => records[name].names[records[name].ids[row]!],
    ),
    runs: [records.run, records.parent, records.delegate].map((column) => pooled(column, row, records.runs)),
    texts: [
      records.summary,
      records.error,
      records.target,
      records.mandate,
      records.conversation,
      records.workflow,
    ].map((column) => pooled(column, row, records.texts)),
    children: records.family.children[records.run[row]!],
    own: records.run[row] === 0 ? null : records.family.own[records.run[row]!],
  }));
  return { files: records.files, rows, badLines: records.badLines, badCounts: records.badCounts };
}
