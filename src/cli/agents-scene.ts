import { resolve } from 'node:path';
import { agentsAbove } from '../core/agents/above.ts';
import { asOf, type AsOf } from '../core/agents/days.ts';
import { openFolder, type AgentFolder } from '../core/agents/folder.ts';
import type { AgentsRoot } from '../core/agents/places.ts';
import { openRecords, type RecordStore } from '../core/agents/records/open.ts';
import type { RecordTables } from '../core/agents/records/table.ts';
import { agentsRootAt } from '../core/agents/root.ts';
import { daysFromText, NO_DAY } from '../core/records/time.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { dataDirPath } from '../core/storage/data-dir.ts';
import type { Call } from './command.ts';

/** What the verbs about agents work on: a root, the day its figures are made for, and the agent that was named. */
export type AgentsCall = AsOf & {
  readonly root: AgentsRoot;
  readonly folder: AgentFolder;
  readonly store: RecordStore;
  readonly tables: RecordTables;
  readonly agent: string | null;
};

/** The root of `DIR`: the folder itself, or the agents that it lies in. */
export function rootOf(dir: string): Result<AgentsRoot> {
  const root = agentsRootAt(dir);
  if (!root.ok) return root;
  const found = root.value ?? agentsAbove(dir);
  if (found !== null) return ok(found);
  return fail(
    'not-found',
    `There are no agents in ${dir}: neither it nor a folder directly in it has a model.md.`,
    'Name the folder that holds the agents, or one agent.',
  );
}

export function dayOf(call: Call): Result<AsOf> {
  const { today } = call.options;
  if (typeof today !== 'string') return ok(asOf(null));
  if (daysFromText(today) !== NO_DAY) return ok(asOf(today));
  return fail(
    'bad-request',
    `“${today}” is no day.`,
    'Write it as YYYY-MM-DD, for example: --today 2026-06-08',
  );
}

function agentOf(call: Call, root: AgentsRoot): Result<string | null> {
  const { agent } = call.options;
  if (typeof agent !== 'string') return ok(root.single);
  if (root.agents.some(({ name }) => name === agent)) return ok(agent);
  const names = root.agents.map(({ name }) => name).join(', ');
  return fail('not-found', `There is no agent “${agent}” in ${root.path}.`, `The agents there are: ${names}`);
}

/** Reads the root that a verb about agents was called for. What was left out is said on standard error. */
export async function agentsCall(call: Call, dir: string | undefined): Promise<Result<AgentsCall>> {
  const day = dayOf(call);
  if (!day.ok) return day;
  const root = rootOf(resolve(call.start, dir ?? '.'));
  if (!root.ok) return root;
  const agent = agentOf(call, root.value);
  if (!agent.ok) return agent;
  const store = await openRecords(root.value, { dataDir: dataDirPath() });
  if (!store.ok) return store;
  for (const { name, why } of root.value.leftOut) call.out.note(`Left out: ${name}. ${why}`);
  for (const note of root.value.notes) call.out.note(note);
  return ok({
    root: root.value,
    folder: openFolder(root.value),
    store: store.value,
    tables: store.value.tables(),
    ...day.value,
    agent: agent.value,
  });
}
