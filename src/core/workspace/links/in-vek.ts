import { statSync } from 'node:fs';
import { ok, type Result } from '../../result.ts';
import { limits } from '../../storage/limits.ts';
import type { RepositoryPaths } from '../../vek/paths.ts';
import { lookAtVek, type VekLook } from '../../vek/store.ts';
import {
  argumentsHash,
  isOtherCall,
  namesIn,
  objectOf,
  sharedName,
  type Named,
  type Names,
  type RecordNames,
  type ToolArguments,
} from './names.ts';

/** A call of a repository and what it shares with a record, in words. */
export type LinkedCall = {
  readonly hash: string;
  readonly tool: string;
  readonly timestamp: string;
  readonly because: string;
};

/** What was found, and what was not searched, in words. */
export type Links<T> = { readonly found: readonly T[]; readonly notes: readonly string[] };

/**
 * The calls of a repository that name what a record names: the hash of the call itself; the same tool with an input of
 * the same hash; or an id in the call's input or output. Newest first.
 */
export function callsNaming(paths: RepositoryPaths, names: RecordNames): Result<Links<LinkedCall>> {
  const looked = lookAtVek(paths, (s): Links<LinkedCall> => {
    if (!s.schema.tables.has('nodes')) return { found: [], notes: [] };
    const search: Search = { s, found: new Map(), notes: [] };
    byHash(search, names.hashes);
    if (names.tool !== null && s.schema.tables.has('objects')) byArguments(search, names, names.tool);
    byIds(search, paths, names);
    const found = [...search.found.values()].toSorted((a, b) => (a.timestamp < b.timestamp ? 1 : -1));
    if (found.length > limits.linksListed) {
      search.notes.push(`${found.length} calls name it; the newest ${limits.linksListed} are listed.`);
    }
    return { found: found.slice(0, limits.linksListed), notes: search.notes };
  });
  return looked.ok ? ok(looked.value) : looked;
}

type Search = { readonly s: VekLook; readonly found: Map<string, LinkedCall>; readonly notes: string[] };

function keep({ found }: Search, call: Omit<LinkedCall, 'because'>, because: string): void {
  if (!found.has(call.hash)) found.set(call.hash, { ...call, because });
}

function byHash(search: Search, hashes: readonly Named[]): void {
  for (const { value, at } of hashes) {
    const node = search.s.node(value);
    if (node !== null) keep(search, node, `The record names the hash of this call at ${at}.`);
  }
}

function byArguments(search: Search, names: Names, { tool, hash }: ToolArguments): void {
  const { s } = search;
  const inputs = s.db
    .prepare<[string, number], readonly [string, Uint8Array]>(
      `SELECT n.input_hash, CAST(o.content AS BLOB) FROM nodes n JOIN objects o ON o.hash = n.input_hash
       WHERE n.tool = ? GROUP BY n.input_hash ORDER BY max(n.rowid) DESC LIMIT ?`,
    )
    .raw();
  let seen = 0;
  for (const [inputHash, content] of inputs.iterate(tool, limits.linkInputs)) {
    seen++;
    if (argumentsHash(content) !== hash) continue;
    const object = objectOf(Buffer.from(content).toString('utf8'));
    if (object !== null && isOtherCall(names, namesIn(object))) return;
    for (const call of callsWith(s, 'n.tool = ? AND n.input_hash = ?', tool, inputHash)) {
      keep(search, call, `The same tool, and the same sha256 of its arguments (${hash.slice(0, 12)}…).`);
    }
    return;
  }
  if (seen === limits.linkInputs) {
    search.notes.push(
      `Only the newest ${limits.linkInputs} inputs of ${tool} were compared by their hashes.`,
    );
  }
}

function byIds(search: Search, paths: RepositoryPaths, names: Names): void {
  const ids = [...names.runs, ...names.calls, ...names.proposals];
  if (ids.length === 0 || !search.s.schema.tables.has('objects')) return;
  const bytes = statSync(paths.db, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes > limits.linkStoreBytes) {
    search.notes.push(
      `The repository is larger than ${Math.round(limits.linkStoreBytes / 1024 / 1024)} MB, so its contents were not searched for ids.`,
    );
    return;
  }
  const { s } = search;
  const holders = s.db
    .prepare<[Buffer], readonly [string, Uint8Array]>(
      'SELECT hash, CAST(content AS BLOB) FROM objects WHERE instr(CAST(content AS BLOB), ?) > 0',
    )
    .raw();
  for (const id of new Set(ids.map(({ value }) => value))) {
    for (const [hash, content] of holders.all(Buffer.from(JSON.stringify(id)))) {
      const object = objectOf(Buffer.from(content).toString('utf8'));
      if (object === null) continue;
      const shared = sharedName(names, namesIn(object));
      if (shared === null) continue;
      for (const call of callsWith(s, 'n.input_hash = ? OR n.output_hash = ?', hash, hash)) {
        const side = call.inputHash === hash ? 'input' : 'output';
        keep(search, call, `Its ${side} names ${shared.what} at ${shared.at}.`);
      }
    }
  }
}

type Row = readonly [hash: string, tool: string, timestamp: string, inputHash: string];

function callsWith(s: VekLook, where: string, ...values: string[]) {
  return s.db
    .prepare<string[], Row>(
      `SELECT n.hash, n.tool, n.timestamp, n.input_hash FROM nodes n WHERE ${where} ORDER BY n.rowid DESC LIMIT ${limits.linksListed + 1}`,
    )
    .raw()
    .all(...values)
    .filter((row) => row.every((value) => typeof value === 'string'))
    .map(([hash, tool, timestamp, inputHash]) => ({ hash, tool, timestamp, inputHash }));
}
