import { canonicalBytes } from '../../json/canonical.ts';
import { parseJson } from '../../json/parse.ts';
import { distinctEntries, type JsonNode } from '../../json/tree.ts';
import { readCall } from '../../aex/execution/call.ts';
import type { LedgerPaths } from '../../aex/paths.ts';
import { lookAtLedger, type LedgerLook } from '../../aex/store.ts';
import type { Result } from '../../result.ts';
import { limits } from '../../storage/limits.ts';
import { blobHash } from '../../vek/hash.ts';
import type { Named } from './names.ts';

/** What an execution can be named by elsewhere, and what its call can be known by. */
export type ExecutionNames = {
  readonly executionId: string;
  readonly requestHash: string | null;
  readonly agent: string | null;
  readonly endpoint: string | null;
  /** of a tool run */
  readonly tool: string | null;
  /** hashes that the response has as an output of a call; empty where it is not the only one in its ledger, or says nothing */
  readonly responseHashes: readonly string[];
  /** the provider's own id of the response, where no other execution of the ledger has it */
  readonly responseId: string | null;
};

/** Shorter, an id of a response may be counted from 1 by each provider. */
const SHORTEST_ID = 8;
/** Bytes of a response below which another call may well have the same. */
const LEAST_RESPONSE = 40;

/** What an execution can be linked by; null where there is no such execution. */
export function namesOfExecution(paths: LedgerPaths, id: string): Result<ExecutionNames | null> {
  return lookAtLedger(paths, (look) => {
    const call = readCall(look, id);
    if (call === null) return null;
    const { row, agent, tool, isTool, entries } = call;
    const models = entries.flatMap(({ payload }) => (payload.model === null ? [] : [payload.model]));
    const response = isTool ? null : responseOf(look, id);
    return {
      executionId: id,
      requestHash: row?.requestHash ?? null,
      agent,
      endpoint: row?.endpoint ?? null,
      tool,
      responseHashes: response === null ? [] : onlyHere(look, response, models),
      responseId: response === null ? null : onlyId(look, response.node),
    };
  });
}

type Response = { readonly text: string; readonly node: JsonNode };

function responseOf(look: LedgerLook, id: string): Response | null {
  const body = look.body(id, 'response', limits.ledgerLinkBytes);
  if (body === null || body.cut) return null;
  const parsed = parseJson(body.text);
  return parsed.ok && parsed.node.kind === 'object' ? { text: body.text, node: parsed.node } : null;
}

function onlyHere(look: LedgerLook, { text, node }: Response, models: readonly string[]): string[] {
  if (text.length < LEAST_RESPONSE) return [];
  const same = look.db
    .prepare<[string], number>(
      'SELECT count(*) FROM (SELECT 1 FROM executions WHERE response_body = ? LIMIT 2)',
    )
    .pluck()
    .get(text);
  if (same !== 1) return [];
  return outputForms(node, models).flatMap((form) => outputHashOf(form) ?? []);
}

/** The hash that a value has as an output of a call; null: it has no canonical form. */
export function outputHashOf(node: JsonNode): string | null {
  const bytes = canonicalBytes(node);
  return bytes.ok ? blobHash(bytes.bytes) : null;
}

/** A response as it is stored and, since the caller gets the name that it had asked for, with that model. */
export function outputForms(node: JsonNode, models: readonly string[]): JsonNode[] {
  if (node.kind !== 'object') return [];
  const renamed = models.map((model): JsonNode => ({
    kind: 'object',
    entries: node.entries.map((entry) =>
      entry.key === 'model' ? { key: 'model', value: { kind: 'string', value: model } } : entry,
    ),
  }));
  return [node, ...renamed];
}

function onlyId(look: LedgerLook, node: JsonNode): string | null {
  const id = responseIdOf(node);
  if (id === null) return null;
  const holders = look.db
    .prepare<[string], string>(
      'SELECT response_body FROM executions WHERE instr(response_body, ?) > 0 LIMIT 50',
    )
    .pluck()
    .all(JSON.stringify(id))
    .filter((text) => {
      const parsed = parseJson(String(text), { maxChars: limits.ledgerLinkBytes });
      return parsed.ok && responseIdOf(parsed.node) === id;
    });
  return holders.length === 1 ? id : null;
}

/** The id that a provider gave a response, where it is long enough to be one of its kind. */
export function responseIdOf(node: JsonNode): string | null {
  if (node.kind !== 'object') return null;
  const id = distinctEntries(node.entries).find(({ key }) => key === 'id')?.value;
  return id?.kind === 'string' && id.value.length >= SHORTEST_ID ? id.value : null;
}

const HASH = /^[0-9a-f]{64}$/;
const ID_KEYS = new Set(['execution_id', 'aex_execution_id', 'request_hash']);
const RESPONSE_KEYS = new Set(['response_id', 'provider_response_id', 'completion_id']);

/** Texts of a record or call that may name an execution: by id, by the hash of its request, or by its response. */
export type NamedExecutions = {
  readonly ids: readonly Named[];
  readonly responses: readonly Named[];
};

/** Looks for them at the top of a value and two objects or lists below. */
export function executionsNamedIn(value: unknown, at = ''): NamedExecutions {
  const ids: Named[] = [];
  const responses: Named[] = [];
  const visit = (object: unknown, place: string, depth: number): void => {
    if (object === null || typeof object !== 'object') return;
    for (const [key, item] of Object.entries(object)) {
      const here = `${place}/${key}`;
      if (typeof item !== 'string') {
        if (depth < 3) visit(item, here, depth + 1);
      } else if (HASH.test(item) || (ID_KEYS.has(key) && item !== '')) ids.push({ value: item, at: here });
      else if (RESPONSE_KEYS.has(key) && item.length >= SHORTEST_ID) {
        responses.push({ value: item, at: here });
      }
    }
  };
  visit(value, at, 1);
  return { ids, responses };
}

/** Why a record or call that names these is of an execution, in words; null where it is not. */
export function sharedExecution(
  { ids, responses }: NamedExecutions,
  names: ExecutionNames,
  what: string,
): string | null {
  const byId = ids.find(({ value }) => value === names.executionId);
  if (byId !== undefined) return `${what} names this execution at ${byId.at}.`;
  const byHash = ids.find(({ value }) => value === names.requestHash);
  if (byHash !== undefined) return `${what} names the hash of its request at ${byHash.at}.`;
  const byResponse = responses.find(({ value }) => value === names.responseId);
  if (byResponse !== undefined) return `${what} names the provider’s id of its response at ${byResponse.at}.`;
  return null;
}
