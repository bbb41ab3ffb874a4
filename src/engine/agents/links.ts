import { statSync } from 'node:fs';
import type { ExecutionDetail } from '../../contract/ledger-detail.ts';
import type { RecordDetail, SourceLink } from '../../contract/records.ts';
import type { RecordTables } from '../../core/agents/records/table.ts';
import { callsOfExecution } from '../../core/workspace/links/execution-in-vek.ts';
import {
  executionsNamedIn,
  namesOfExecution,
  sharedExecution,
  type ExecutionNames,
} from '../../core/workspace/links/execution-names.ts';
import {
  cluesOfCall,
  cluesOfRecord,
  executionsNamed,
  type ExecutionClues,
} from '../../core/workspace/links/in-ledger.ts';
import {
  linesNaming,
  namesOfCall,
  recordsNaming,
  type AgentLogs,
  type LinkedLine,
} from '../../core/workspace/links/in-logs.ts';
import { callsNaming, type LinkedCall } from '../../core/workspace/links/in-vek.ts';
import { namesOfRecord, objectOf, type RecordNames } from '../../core/workspace/links/names.ts';
import { runJob } from '../../core/jobs/run.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { limits } from '../../core/storage/limits.ts';
import type { RepositoryPaths } from '../../core/vek/paths.ts';
import type { LedgerSession } from '../aex/session.ts';
import type { Session } from '../session-pool.ts';
import type { VekSession } from '../vek-session.ts';
import type { AgentsSession } from './session.ts';

/** What leads from one source of a workspace to another, by hash or id (formats/atomic-agents.md §3, formats/vek.md §3). */
export type Links = {
  /** a record with the calls of repositories that recorded the same */
  ofRecord(detail: RecordDetail, signal?: AbortSignal): Promise<RecordDetail>;
  /** the records of agents that recorded the same as a call */
  ofCall(source: string, hash: string, signal?: AbortSignal): Promise<Result<readonly SourceLink[]>>;
  /** an execution of a ledger with the calls and records that recorded the same */
  ofExecution(source: string, detail: ExecutionDetail, signal?: AbortSignal): Promise<ExecutionDetail>;
};

/** Links between the sources that one window shows. Nothing is read before it is asked for. */
export function createLinks(sessions: () => readonly Session[]): Links {
  return {
    async ofRecord(detail, signal) {
      const record = objectOf(detail.text);
      if (record === null) return detail;
      const names = namesOfRecord(record);
      const links: SourceLink[] = [];
      const notes: string[] = [];
      for (const session of sessions()) {
        if (session.kind !== 'vek') continue;
        const { id, name } = session.describe();
        const found = await callsIn(session.paths, names, signal);
        if (!found.ok) {
          notes.push(`${name}: ${found.error.message}`);
          continue;
        }
        notes.push(...found.value.notes.map((note) => `${name}: ${note}`));
        links.push(...found.value.found.map((call) => linkToCall(id, name, call)));
      }
      const executions = await executionsIn(sessions(), cluesOfRecord(record), signal);
      return {
        ...detail,
        links: [...links, ...executions.links],
        linkNotes: [...notes, ...executions.notes],
      };
    },
    async ofCall(source, hash, signal) {
      const all = sessions();
      const call = all.find(
        (session): session is VekSession => session.id === source && session.kind === 'vek',
      );
      if (call === undefined) {
        return fail(
          'not-found',
          `The source ${source} is not open in this window.`,
          'Open its folder again.',
        );
      }
      const names = namesOfCall(call.paths, hash);
      if (!names.ok) return names;
      if (names.value === null) return ok([]);
      const links: SourceLink[] = [];
      for (const session of all) {
        if (session.kind !== 'agents') continue;
        const found = await linesOf(session, names.value, signal);
        if (!found.ok) return found;
        links.push(...found.value);
      }
      const clues = cluesOfCall(call.paths, hash);
      if (!clues.ok || clues.value === null) return clues.ok ? ok(links) : clues;
      const executions = await executionsIn(all, clues.value, signal);
      return ok([...links, ...executions.links]);
    },
    async ofExecution(source, detail, signal) {
      const all = sessions();
      const ledger = all.find(
        (session): session is LedgerSession => session.id === source && session.kind === 'aex',
      );
      if (ledger === undefined || all.length === 1) return detail;
      const names = namesOfExecution(ledger.paths, detail.executionId);
      if (!names.ok || names.value === null) return detail;
      const { links, notes } = ledger.withhold(await linksOfExecution(all, names.value, signal));
      return { ...detail, links, linkNotes: notes };
    },
  };
}

type Found = { readonly links: readonly SourceLink[]; readonly notes: readonly string[] };

/** The executions of all ledgers that a record or call is of. */
async function executionsIn(
  all: readonly Session[],
  clues: ExecutionClues,
  signal: AbortSignal | undefined,
): Promise<Found> {
  const links: SourceLink[] = [];
  const notes: string[] = [];
  for (const session of all) {
    if (session.kind !== 'aex') continue;
    const { id, name } = session.describe();
    const found = await executionsOf(session, clues, signal);
    if (!found.ok) {
      notes.push(`${name}: ${found.error.message}`);
      continue;
    }
    notes.push(...found.value.notes.map((note) => `${name}: ${note}`));
    links.push(
      ...found.value.found.map(({ executionId, agent, state, at, because }) =>
        session.withhold({
          source: id,
          sourceName: name,
          kind: 'ledger-execution' as const,
          target: executionId,
          title: [agent, state, at].filter((word) => word !== '').join(', '),
          because,
        }),
      ),
    );
  }
  return { links, notes };
}

async function executionsOf(session: LedgerSession, clues: ExecutionClues, signal: AbortSignal | undefined) {
  if (bytesOf(session.paths.db) <= limits.linkInlineBytes) return executionsNamed(session.paths, clues);
  const input = { find: 'executions' as const, paths: session.paths, clues };
  const found = await runJob('workspace.ledger-links', input, { signal });
  if (!found.ok) return found;
  return found.value.find === 'executions' ? ok(found.value.links) : noSuchLinks();
}

/** The calls and records of all other sources that recorded the same as an execution. */
async function linksOfExecution(
  all: readonly Session[],
  names: ExecutionNames,
  signal: AbortSignal | undefined,
): Promise<Found> {
  const links: SourceLink[] = [];
  const notes: string[] = [];
  for (const session of all) {
    if (session.kind === 'aex') continue;
    const { id, name } = session.describe();
    const found =
      session.kind === 'vek'
        ? await callLinks(session, id, name, names, signal)
        : await recordLinks(session, id, name, names, signal);
    if (!found.ok) {
      notes.push(`${name}: ${found.error.message}`);
      continue;
    }
    notes.push(...found.value.notes.map((note) => `${name}: ${note}`));
    links.push(...found.value.links);
  }
  return { links, notes };
}

async function callLinks(
  session: VekSession,
  id: string,
  name: string,
  names: ExecutionNames,
  signal: AbortSignal | undefined,
): Promise<Result<Found>> {
  const found = await callsOf(session, names, signal);
  if (!found.ok) return found;
  return ok({ links: found.value.found.map((call) => linkToCall(id, name, call)), notes: found.value.notes });
}

async function callsOf(session: VekSession, names: ExecutionNames, signal: AbortSignal | undefined) {
  if (bytesOf(session.paths.db) <= limits.linkInlineBytes) return callsOfExecution(session.paths, names);
  const input = { find: 'calls' as const, paths: session.paths, names };
  const found = await runJob('workspace.ledger-links', input, { signal });
  if (!found.ok) return found;
  return found.value.find === 'calls' ? ok(found.value.links) : noSuchLinks();
}

const noSuchLinks = () =>
  fail('io', 'The search for links answered something else than it was asked.', 'Please report this.');

async function recordLinks(
  session: AgentsSession,
  id: string,
  name: string,
  names: ExecutionNames,
  signal: AbortSignal | undefined,
): Promise<Result<Found>> {
  const scene = await session.scene();
  if (!scene.ok) return scene;
  const { root, tables } = scene.value;
  const texts = [names.executionId, names.requestHash, names.responseId].filter((text) => text !== null);
  const found = await linesNaming(
    root,
    logsOf(tables),
    [...new Set(texts)].map((text) => Buffer.from(JSON.stringify(text).slice(1))),
    (record) => sharedExecution(executionsNamedIn(record), names, 'The record'),
    signal,
  );
  if (!found.ok) return found;
  return ok({ links: found.value.found.map((line) => linkToLine(id, name, line)), notes: found.value.notes });
}

const bytesOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** A small repository is searched at once, a large one beside this thread. */
async function callsIn(paths: RepositoryPaths, names: RecordNames, signal: AbortSignal | undefined) {
  const bytes = statSync(paths.db, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes <= limits.linkInlineBytes) return callsNaming(paths, names);
  return runJob('workspace.links', { paths, names }, { signal });
}

async function linesOf(
  session: AgentsSession,
  names: Parameters<typeof recordsNaming>[2],
  signal: AbortSignal | undefined,
): Promise<Result<readonly SourceLink[]>> {
  const scene = await session.scene();
  if (!scene.ok) return scene;
  const { root, tables } = scene.value;
  const found = await recordsNaming(root, logsOf(tables), names, signal);
  if (!found.ok) return found;
  const { id, name } = session.describe();
  return ok(found.value.found.map((line) => linkToLine(id, name, line)));
}

const logsOf = (tables: RecordTables): readonly AgentLogs[] =>
  tables.agents.map(({ agent, files }) => ({ agent, paths: files.map(({ path }) => path) }));

function linkToCall(source: string, sourceName: string, call: LinkedCall): SourceLink {
  const { hash, tool, timestamp, because } = call;
  return { source, sourceName, kind: 'vek-call', target: hash, title: `${tool}, ${timestamp}`, because };
}

function linkToLine(source: string, sourceName: string, line: LinkedLine): SourceLink {
  const { agent, path, offset, record, because } = line;
  return {
    source,
    sourceName,
    kind: 'agent-record',
    target: `${agent}/${path}#${offset}`,
    title: titleOf(agent, record),
    because,
  };
}

function titleOf(agent: string, { ts, summary, trigger }: Readonly<Record<string, unknown>>): string {
  const words = [agent, trigger, ts, summary].filter((word) => typeof word === 'string' && word !== '');
  return words.join(', ');
}
