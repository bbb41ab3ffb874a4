import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { limits } from '../../storage/limits.ts';
import type { RepositoryPaths } from '../../vek/paths.ts';
import { lookAtVek } from '../../vek/store.ts';
import { ok, type Result } from '../../result.ts';
import type { AgentsRoot } from '../../agents/places.ts';
import type { Links } from './in-vek.ts';
import {
  argumentsHash,
  isOtherCall,
  namesIn,
  namesOfRecord,
  objectOf,
  sharedName,
  type RecordNames,
} from './names.ts';

/** A line of a log and what it shares with a call. `path` is below the agent's folder. */
export type LinkedLine = {
  readonly agent: string;
  readonly path: string;
  readonly offset: number;
  readonly record: Readonly<Record<string, unknown>>;
  readonly because: string;
};

/** What a call can be named by in a record. */
export type CallNames = RecordNames & { readonly hash: string };

/** What stands in a call that a record may name too; null where there is no such call. */
export function namesOfCall(paths: RepositoryPaths, hash: string): Result<CallNames | null> {
  return lookAtVek(paths, (s) => {
    const node = s.node(hash);
    if (node === null) return null;
    const input = s.objectHead(node.input_hash, limits.contentBytes);
    const output = s.objectHead(node.output_hash, limits.contentBytes);
    const sides = [input, output].map((side) =>
      namesIn(side === null || side.cut ? null : objectOf(Buffer.from(side.bytes).toString('utf8'))),
    );
    const args = input === null || input.cut ? null : argumentsHash(input.bytes);
    return {
      hash,
      tool: args === null ? null : { tool: node.tool, hash: args },
      runs: sides.flatMap(({ runs }) => runs),
      calls: sides.flatMap(({ calls }) => calls),
      proposals: sides.flatMap(({ proposals }) => proposals),
      hashes: [],
    };
  });
}

/** A log with where it lies. */
type LogPlace = {
  readonly agent: string;
  readonly path: string;
  readonly file: string;
  readonly bytes: number;
};

/**
 * The lines of logs that name what a call names: its hash, an id that stands in it, or its tool with the same hash of
 * the arguments. The logs are searched newest first, for the bytes; only lines that hold one are read.
 */
export function recordsNaming(
  root: AgentsRoot,
  logs: readonly AgentLogs[],
  names: CallNames,
  signal?: AbortSignal,
): Promise<Result<Links<LinkedLine>>> {
  return linesNaming(root, logs, needlesOf(names), (record) => sharedBy(record, names), signal);
}

/** The logs of an agent. */
export type AgentLogs = { readonly agent: string; readonly paths: readonly string[] };

/** The lines of logs that hold one of these texts and of which `because` says what they share; newest logs first. */
export async function linesNaming(
  root: AgentsRoot,
  logs: readonly AgentLogs[],
  needles: readonly Buffer[],
  because: (record: Readonly<Record<string, unknown>>) => string | null,
  signal?: AbortSignal,
): Promise<Result<Links<LinkedLine>>> {
  const places = await placesOf(root, logs);
  const found: LinkedLine[] = [];
  const notes: string[] = [];
  let read = 0;
  for (const place of places) {
    if (signal?.aborted === true) break;
    read += place.bytes;
    if (read > limits.linkLogBytes) {
      notes.push(
        `Only the newest ${Math.round(limits.linkLogBytes / 1024 / 1024)} MB of logs were searched; ${place.path} of ${place.agent} and older ones were not.`,
      );
      break;
    }
    const bytes = await readFile(place.file).catch(() => null);
    if (bytes === null) continue;
    for (const offset of linesWith(bytes, needles)) {
      const record = objectOf(lineAt(bytes, offset));
      const shared = record === null ? null : because(record);
      if (record !== null && shared !== null) {
        found.push({ agent: place.agent, path: place.path, offset, record, because: shared });
      }
    }
    if (found.length > limits.linksListed) {
      notes.push(`More lines may name it; the newest ${limits.linksListed} are listed.`);
      break;
    }
  }
  return ok({ found: found.slice(0, limits.linksListed), notes });
}

/** The texts to look for, in quotes as they stand in JSON. */
function needlesOf(names: CallNames): readonly Buffer[] {
  const texts = [names.hash, ...(names.tool === null ? [] : [names.tool.hash])];
  for (const kind of ['runs', 'calls', 'proposals'] as const) {
    texts.push(...names[kind].map(({ value }) => value));
  }
  return [...new Set(texts)].map((text) => Buffer.from(`${JSON.stringify(text).slice(1)}`));
}

/** Why a record and a call are of one thing, in words; null where they are not. */
function sharedBy(record: Readonly<Record<string, unknown>>, names: CallNames): string | null {
  const own = namesOfRecord(record);
  const hash = own.hashes.find(({ value }) => value === names.hash);
  if (hash !== undefined) return `The record names the hash of this call at ${hash.at}.`;
  const sameInput =
    own.tool !== null && own.tool.tool === names.tool?.tool && own.tool.hash === names.tool.hash;
  if (own.tool !== null && sameInput && !isOtherCall(own, names)) {
    return `The same tool, and the same sha256 of its arguments (${own.tool.hash.slice(0, 12)}…).`;
  }
  const shared = sharedName(names, own);
  return shared === null ? null : `The call names ${shared.what}, and so does the record at ${shared.at}.`;
}

const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

async function placesOf(root: AgentsRoot, logs: readonly AgentLogs[]): Promise<LogPlace[]> {
  const places: LogPlace[] = [];
  for (const { agent, paths } of logs) {
    const dir = root.agents.find(({ name }) => name === agent)?.dir;
    if (dir === undefined) continue;
    for (const path of paths) {
      const file = join(dir, path);
      const bytes = await stat(file).then(
        ({ size }) => size,
        () => null,
      );
      if (bytes !== null) places.push({ agent, path, file, bytes });
    }
  }
  return places.toSorted((a, b) => (fileName(a.path) < fileName(b.path) ? 1 : -1));
}

/** Offsets of the lines that hold one of the texts, each once, in order. */
function linesWith(bytes: Buffer, needles: readonly Buffer[]): number[] {
  const starts = new Set<number>();
  for (const needle of needles) {
    for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at + needle.length)) {
      starts.add(bytes.lastIndexOf(10, at) + 1);
    }
  }
  return [...starts].toSorted((a, b) => a - b);
}

function lineAt(bytes: Buffer, start: number): string {
  const end = bytes.indexOf(10, start);
  return bytes.toString('utf8', start, end < 0 ? bytes.length : end);
}
