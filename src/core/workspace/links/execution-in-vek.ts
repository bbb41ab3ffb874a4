import { statSync } from 'node:fs';
import { parseJson } from '../../json/parse.ts';
import { distinctEntries, type JsonNode } from '../../json/tree.ts';
import { requestHashOf, toolIds } from '../../aex/rules/identity.ts';
import { ok, type Result } from '../../result.ts';
import { limits } from '../../storage/limits.ts';
import type { RepositoryPaths } from '../../vek/paths.ts';
import { lookAtVek, type VekLook } from '../../vek/store.ts';
import { executionsNamedIn, responseIdOf, sharedExecution, type ExecutionNames } from './execution-names.ts';
import type { LinkedCall, Links } from './in-vek.ts';
import { objectOf } from './names.ts';

/**
 * The calls of a repository that recorded the same as an execution: that name it; whose input has the hash of its
 * request for its agent and path; or whose output is its response, where that is the only one in both. Newest first.
 */
export function callsOfExecution(paths: RepositoryPaths, names: ExecutionNames): Result<Links<LinkedCall>> {
  const looked = lookAtVek(paths, (s): Links<LinkedCall> => {
    if (!s.schema.tables.has('nodes') || !s.schema.tables.has('objects')) return { found: [], notes: [] };
    const search: Search = { s, names, found: new Map(), notes: [] };
    byNames(search, paths);
    byRequest(search);
    byResponse(search);
    const found = [...search.found.values()].toSorted((a, b) => (a.timestamp < b.timestamp ? 1 : -1));
    if (found.length > limits.linksListed) {
      search.notes.push(`${found.length} calls recorded it; the newest ${limits.linksListed} are listed.`);
    }
    return { found: found.slice(0, limits.linksListed), notes: search.notes };
  });
  return looked.ok ? ok(looked.value) : looked;
}

type Search = {
  readonly s: VekLook;
  readonly names: ExecutionNames;
  readonly found: Map<string, LinkedCall>;
  readonly notes: string[];
};

function keep({ found }: Search, calls: readonly Call[], because: string): void {
  for (const { hash, tool, timestamp } of calls) {
    if (!found.has(hash)) found.set(hash, { hash, tool, timestamp, because });
  }
}

/** Inputs and outputs that hold its id, the hash of its request, or the provider's id of its response. */
function byNames(search: Search, paths: RepositoryPaths): void {
  const { s, names } = search;
  const bytes = statSync(paths.db, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes > limits.linkStoreBytes) {
    search.notes.push(
      `The repository is larger than ${Math.round(limits.linkStoreBytes / 1024 / 1024)} MB, so its contents were not searched for the execution’s id.`,
    );
    return;
  }
  const holders = s.db
    .prepare<[Buffer], readonly [string, Uint8Array]>(
      'SELECT hash, CAST(content AS BLOB) FROM objects WHERE instr(CAST(content AS BLOB), ?) > 0',
    )
    .raw();
  const texts = [names.executionId, names.requestHash, names.responseId].filter((text) => text !== null);
  const byResponseId: { readonly calls: readonly Call[] }[] = [];
  for (const text of new Set(texts)) {
    for (const [hash, content] of holders.all(Buffer.from(JSON.stringify(text)))) {
      const told = Buffer.from(content).toString('utf8');
      const object = objectOf(told);
      if (object === null) continue;
      const because = sharedExecution(executionsNamedIn(object), names, 'The call');
      if (because !== null)
        keep(search, callsWith(s, 'n.input_hash = ? OR n.output_hash = ?', hash, hash), because);
      else if (text === names.responseId && idOf(told) === text) {
        byResponseId.push({ calls: callsWith(s, 'n.output_hash = ?', hash) });
      }
    }
  }
  const [only] = byResponseId;
  if (only !== undefined && byResponseId.length === 1 && only.calls.length === 1) {
    keep(
      search,
      only.calls,
      `Its output has the provider’s id of the response, ${names.responseId}, and no other call has it.`,
    );
  }
}

function idOf(text: string): string | null {
  const parsed = parseJson(text, { maxChars: limits.ledgerLinkBytes });
  return parsed.ok ? responseIdOf(parsed.node) : null;
}

/** Inputs whose canonical form has the hash of the request (formats/aex.md §5). */
function byRequest(search: Search): void {
  const { s, names } = search;
  const { requestHash, agent, tool } = names;
  if (requestHash === null || agent === null) return;
  const where = tool === null ? 'instr(CAST(o.content AS BLOB), ?) > 0' : 'n.tool = ?';
  // Every body that AEX takes has one of these keys.
  const needles = tool === null ? [Buffer.from('"messages"'), Buffer.from('"input"')] : [tool];
  const seen = new Set<string>();
  for (const needle of needles) {
    const inputs = s.db
      .prepare<[Buffer | string, number, number], readonly [string, Uint8Array]>(
        `SELECT n.input_hash, CAST(o.content AS BLOB) FROM nodes n JOIN objects o ON o.hash = n.input_hash
         WHERE ${where} AND length(o.content) <= ? GROUP BY n.input_hash ORDER BY max(n.rowid) DESC LIMIT ?`,
      )
      .raw();
    let read = 0;
    for (const [hash, content] of inputs.iterate(needle, limits.ledgerLinkBytes, limits.ledgerLinkCalls)) {
      read++;
      if (seen.has(hash)) continue;
      seen.add(hash);
      const because = sameRequest(Buffer.from(content).toString('utf8'), names);
      if (because === null) continue;
      const calls =
        tool === null
          ? callsWith(s, 'n.input_hash = ?', hash)
          : callsWith(s, 'n.tool = ? AND n.input_hash = ?', tool, hash);
      keep(search, calls, because);
    }
    if (read === limits.ledgerLinkCalls) {
      search.notes.push(
        `Only the newest ${read.toLocaleString('en-US')} inputs were compared by their hashes.`,
      );
    }
  }
}

/** Why an input is the request of an execution, in words. */
export function sameRequest(input: string, names: ExecutionNames): string | null {
  const { requestHash, agent, endpoint, tool } = names;
  if (requestHash === null || agent === null) return null;
  const parsed = parseJson(input, { maxChars: limits.ledgerLinkBytes });
  if (!parsed.ok) return null;
  for (const { node, at, stepId } of bodiesIn(parsed.node)) {
    if (tool !== null) {
      if (saysNothing(node)) continue;
      const call = { agent, tool, arguments: node, givenId: null, idempotencyKey: null };
      if (toolIds(call).requestHash !== requestHash) continue;
      return `Its ${at} have the hash that AEX recorded of the arguments (${requestHash.slice(0, 12)}…), for ${agent} and ${tool}.`;
    }
    if (endpoint === null || node.kind !== 'object') continue;
    const steps = stepId === null ? [null] : [null, stepId];
    if (steps.some((step) => requestHashOf({ agent, endpoint, body: node, stepId: step }) === requestHash)) {
      return `Its ${at} has the hash that AEX recorded of the request (${requestHash.slice(0, 12)}…), for ${agent} at ${endpoint}.`;
    }
  }
  return null;
}

const saysNothing = (node: JsonNode): boolean =>
  node.kind === 'null' || (node.kind === 'object' && node.entries.length === 0);

type Body = { readonly node: JsonNode; readonly at: string; readonly stepId: string | null };

/** Members of an input under which a recorder may have put the body itself. */
const BODIES = new Set(['body', 'request', 'json', 'payload', 'kwargs', 'params', 'arguments']);

/** What of an input may be the request: all of it, or what a recorder wrapped. */
export function bodiesIn(input: JsonNode): readonly Body[] {
  if (input.kind !== 'object') return [{ node: input, at: 'input', stepId: null }];
  const entries = distinctEntries(input.entries);
  const step = entries.find(({ key }) => key === 'step_id')?.value;
  const stepId = step?.kind === 'string' ? step.value : null;
  return [
    { node: input, at: 'input', stepId: null },
    ...entries
      .filter(({ key, value }) => BODIES.has(key) && value.kind !== 'null')
      .map(({ key, value }) => ({ node: value, at: `input at /${key}`, stepId })),
  ];
}

function byResponse(search: Search): void {
  const { s, names } = search;
  for (const hash of new Set(names.responseHashes)) {
    const calls = callsWith(s, 'n.output_hash = ?', hash);
    if (calls.length === 1) {
      keep(search, calls, 'Its output is the response of the execution, and no other call has it.');
    }
  }
}

type Call = Omit<LinkedCall, 'because'>;

function callsWith(s: VekLook, where: string, ...values: string[]): Call[] {
  return s.db
    .prepare<string[], readonly [unknown, unknown, unknown]>(
      `SELECT n.hash, n.tool, n.timestamp FROM nodes n WHERE ${where} ORDER BY n.rowid DESC LIMIT ${limits.linksListed + 1}`,
    )
    .raw()
    .all(...values)
    .filter((row): row is readonly [string, string, string] =>
      row.every((value) => typeof value === 'string'),
    )
    .map(([hash, tool, timestamp]) => ({ hash, tool, timestamp }));
}
