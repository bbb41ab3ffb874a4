import type { AgentFile } from '../../contract/agent-files.ts';
import { ok, type Result } from '../result.ts';
import { limits } from '../storage/limits.ts';
import { inspectFile } from './file-inspect.ts';
import { placeOf } from './file-kind.ts';
import type { AgentFolder, FolderEntry } from './folder.ts';
import { entriesOf, fileOf, finding } from './parts/read.ts';

/** Levels of folders that are walked; the format has no more than six. */
const DEPTH = 12;

/** Kinds that are named with their size and not opened: many, large, or without a text. */
const CLOSED: ReadonlySet<string> = new Set([
  'log',
  'raw',
  'database',
  'generated',
  'runtime',
  'dream',
  'queue',
  'audits',
]);

/**
 * Every file of an agent with what the runtime makes of it, or, without one, the files of the root that belong to no
 * agent (formats/atomic-agents.md §1). Links that lead out are named and never opened.
 */
export function listFiles(
  folder: AgentFolder,
  agent: string | null,
  today: string,
): Result<readonly AgentFile[]> {
  const nowMicros = Date.parse(`${today}T23:59:59Z`) * 1000;
  const entries = agent === null ? rootEntries(folder) : walk(folder, folder.pathOf(agent, ''), DEPTH);
  const files = entries.slice(0, limits.agentFolderEntries).map((entry) => rowOf(folder, entry, nowMicros));
  if (entries.length > limits.agentFolderEntries) {
    const last = files.at(-1)!;
    const note = finding(
      'warning',
      `There are ${entries.length} files; the first ${limits.agentFolderEntries} are listed.`,
    );
    files[files.length - 1] = { ...last, findings: [...last.findings, note] };
  }
  return ok(files);
}

function rootEntries(folder: AgentFolder): readonly FolderEntry[] {
  const { root } = folder;
  if (root.single !== null) {
    if (root.shared === null) return [];
    const named = ['policy.md', 'targets.md', 'targets.override.md', 'judges.md', 'mandates.md'];
    const files = named
      .map((name): FolderEntry => ({
        name,
        path: `../${name}`,
        kind: 'file',
        bytes: 0,
        modifiedMicros: 0,
        why: null,
      }))
      .filter(({ path }) => folder.isFile(path));
    return [...files, ...walk(folder, '../.personas', DEPTH), ...walk(folder, '../_console', DEPTH)];
  }
  const agents = new Set(root.agents.map(({ name }) => name));
  return entriesOf(folder, '').flatMap((entry) => {
    if (entry.kind !== 'folder') return agents.has(entry.name) ? [] : [entry];
    const shared = ['.personas', '_console', '_dashboard', '_migrations'].includes(entry.name);
    return shared || root.cascades.includes(entry.name) ? walk(folder, entry.path, DEPTH) : [];
  });
}

function walk(folder: AgentFolder, path: string, depth: number): readonly FolderEntry[] {
  return entriesOf(folder, path).flatMap((entry) =>
    entry.kind === 'folder' ? (depth > 0 ? walk(folder, entry.path, depth - 1) : []) : [entry],
  );
}

function rowOf(folder: AgentFolder, entry: FolderEntry, nowMicros: number): AgentFile {
  const place = placeOf(folder, entry.path);
  const base = { path: entry.path, name: entry.name, kind: place.kind, writtenBy: place.writtenBy };
  const { bytes, modifiedMicros } = entry;
  if (entry.kind === 'refused') {
    const why = entry.why ?? 'It cannot be read.';
    return {
      ...base,
      bytes,
      modifiedMicros,
      loaded: false,
      why,
      findings: [finding('error', why, 'It is not opened here.')],
    };
  }
  const closed =
    CLOSED.has(place.kind) || (place.kind === 'unknown' && !/\.(?:md|json|txt)$/.test(entry.name));
  const file = closed ? null : fileOf(folder, entry.path);
  if (file === null)
    return { ...base, bytes, modifiedMicros, loaded: place.why === null, why: place.why, findings: [] };
  const seen = inspectFile(folder, file, nowMicros);
  return {
    ...base,
    bytes: file.bytes,
    modifiedMicros: file.modifiedMicros,
    loaded: seen.loaded,
    why: seen.why,
    findings: seen.findings,
  };
}
