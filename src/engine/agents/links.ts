import { statSync } from 'node:fs';
import type { RecordDetail, SourceLink } from '../../contract/records.ts';
import { recordsNaming, namesOfCall } from '../../core/workspace/links/in-logs.ts';
import { callsNaming } from '../../core/workspace/links/in-vek.ts';
import { namesOfRecord, objectOf, type RecordNames } from '../../core/workspace/links/names.ts';
import { runJob } from '../../core/jobs/run.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { limits } from '../../core/storage/limits.ts';
import type { RepositoryPaths } from '../../core/vek/paths.ts';
import type { Session } from '../session-pool.ts';
import type { VekSession } from '../vek-session.ts';
import type { AgentsSession } from './session.ts';

/** What leads from one source of a workspace to another, by hash or id (formats/atomic-agents.md §3, formats/vek.md §3). */
export type Links = {
  /** a record with the calls of repositories that recorded the same */
  ofRecord(detail: RecordDetail, signal?: AbortSignal): Promise<RecordDetail>;
  /** the records of agents that recorded the same as a call */
  ofCall(source: string, hash: string, signal?: AbortSignal): Promise<Result<readonly SourceLink[]>>;
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
        links.push(
          ...found.value.found.map(({ hash, tool, timestamp, because }) => ({
            source: id,
            sourceName: name,
            kind: 'vek-call' as const,
            target: hash,
            title: `${tool}, ${timestamp}`,
            because,
          })),
        );
      }
      return { ...detail, links, linkNotes: notes };
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
      return ok(links);
    },
  };
}

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
  const logs = tables.agents.map(({ agent, files }) => ({ agent, paths: files.map(({ path }) => path) }));
  const found = await recordsNaming(root, logs, names, signal);
  if (!found.ok) return found;
  const { id, name } = session.describe();
  return ok(
    found.value.found.map(({ agent, path, offset, record, because }) => ({
      source: id,
      sourceName: name,
      kind: 'agent-record' as const,
      target: `${agent}/${path}#${offset}`,
      title: titleOf(agent, record),
      because,
    })),
  );
}

function titleOf(agent: string, { ts, summary, trigger }: Readonly<Record<string, unknown>>): string {
  const words = [agent, trigger, ts, summary].filter((word) => typeof word === 'string' && word !== '');
  return words.join(', ');
}
