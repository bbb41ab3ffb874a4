import { statSync } from 'node:fs';
import { parseJson } from '../../json/parse.ts';
import type { JsonNode } from '../../json/tree.ts';
import { columnText } from '../../aex/entry.ts';
import type { LedgerPaths } from '../../aex/paths.ts';
import { requestHashOf, toolIds } from '../../aex/rules/identity.ts';
import { lookAtLedger, type LedgerLook } from '../../aex/store.ts';
import { ok, type Result } from '../../result.ts';
import { limits } from '../../storage/limits.ts';
import type { RepositoryPaths } from '../../vek/paths.ts';
import { lookAtVek } from '../../vek/store.ts';
import { bodiesIn } from './execution-in-vek.ts';
import {
  executionsNamedIn,
  namesOfExecution,
  outputForms,
  outputHashOf,
  responseIdOf,
  type NamedExecutions,
} from './execution-names.ts';
import type { Links } from './in-vek.ts';
import { objectOf } from './names.ts';

/** An execution of a ledger and what it shares with a record or call, in words. */
export type LinkedExecution = {
  readonly executionId: string;
  readonly agent: string;
  readonly state: string;
  readonly at: string;
  readonly because: string;
};

/** What a record or call holds by which an execution can be found. */
export type ExecutionClues = {
  readonly named: NamedExecutions;
  /** how the holder is called in words */
  readonly what: string;
  /** a call: its tool, its input, its output and the id in it where no other call has these */
  readonly call: {
    readonly tool: string;
    readonly input: string | null;
    readonly output: CallOutput | null;
    readonly responseId: string | null;
  } | null;
};

/** The output of a call that no other call of its repository has. */
type CallOutput = { readonly hash: string; readonly bytes: number; readonly node: JsonNode };

/** What a record of an agent holds. */
export function cluesOfRecord(record: Readonly<Record<string, unknown>>): ExecutionClues {
  return { named: executionsNamedIn(record), what: 'The record', call: null };
}

/** What a call of a repository holds; null where there is no such call. */
export function cluesOfCall(paths: RepositoryPaths, hash: string): Result<ExecutionClues | null> {
  return lookAtVek(paths, (s) => {
    const node = s.node(hash);
    if (node === null) return null;
    const [input, output] = [node.input_hash, node.output_hash].map((of) => {
      const read = s.objectHead(of, limits.ledgerLinkBytes);
      return read === null || read.cut ? null : Buffer.from(read.bytes).toString('utf8');
    });
    const same = s.db
      .prepare<[string], number>('SELECT count(*) FROM (SELECT 1 FROM nodes WHERE output_hash = ? LIMIT 2)')
      .pluck()
      .get(node.output_hash);
    const only = same === 1 && output !== null && output !== undefined;
    const parsed = only ? parseJson(output) : null;
    const sides = [input, output].map((text) =>
      executionsNamedIn(text === null || text === undefined ? null : objectOf(text)),
    );
    return {
      named: {
        ids: sides.flatMap(({ ids }) => ids),
        responses: sides.flatMap(({ responses }) => responses),
      },
      what: 'The call',
      call: {
        tool: node.tool,
        input: input ?? null,
        output:
          parsed?.ok === true && parsed.node.kind === 'object'
            ? { hash: node.output_hash, bytes: Buffer.byteLength(output!), node: parsed.node }
            : null,
        responseId: parsed?.ok === true ? responseIdOf(parsed.node) : null,
      },
    };
  });
}

/** The executions of a ledger that a record or call is of, by hash or id. */
export function executionsNamed(paths: LedgerPaths, clues: ExecutionClues): Result<Links<LinkedExecution>> {
  const notes: string[] = [];
  const because = new Map<string, string>();
  const keep = (id: string, why: string): void => void (because.has(id) || because.set(id, why));
  const bytes = statSync(paths.db, { throwIfNoEntry: false })?.size ?? 0;
  const small = bytes <= limits.linkStoreBytes;
  const looked = lookAtLedger(paths, (look) => {
    because.clear();
    if (!look.has('executions')) return [];
    for (const { value, at } of clues.named.ids) {
      if (look.execution(value) !== null) keep(value, `${clues.what} names this execution at ${at}.`);
    }
    const hashes = new Map(
      clues.named.ids.map(({ value, at }) => [
        value,
        `${clues.what} names the hash of its request at ${at}.`,
      ]),
    );
    for (const [hash, why] of requestHashes(look, clues)) hashes.set(hash, why);
    for (const [hash, why] of hashes) if (look.execution(hash)?.requestHash === hash) keep(hash, why);
    if (small) for (const [id, hash] of withRequestHash(look, hashes)) keep(id, hashes.get(hash)!);
    return small ? withResponse(look, clues) : [];
  });
  if (!looked.ok) return looked;
  if (!small) {
    notes.push(
      `The ledger is larger than ${Math.round(limits.linkStoreBytes / 1024 / 1024)} MB, so only ids of executions were looked up in it.`,
    );
  }
  for (const id of looked.value) {
    if (because.has(id)) continue;
    const names = namesOfExecution(paths, id);
    if (!names.ok || names.value === null) continue;
    const { responseHashes, responseId } = names.value;
    if (
      clues.call !== null &&
      clues.call.output !== null &&
      responseHashes.includes(clues.call.output.hash)
    ) {
      keep(id, 'The output of the call is its response, and no other execution has it.');
    } else if (responseId !== null && responseId === clues.call?.responseId) {
      keep(id, `The output of the call has the provider’s id of its response, ${responseId}.`);
    } else {
      const named = clues.named.responses.find(({ value }) => value === responseId);
      if (named !== undefined)
        keep(id, `${clues.what} names the provider’s id of its response at ${named.at}.`);
    }
  }
  const found = lookAtLedger(paths, (look) =>
    Array.from(because, ([executionId, why]): LinkedExecution => {
      const row = look.execution(executionId);
      return {
        executionId,
        agent: row?.agent ?? '',
        state: row?.state ?? '',
        at: row?.createdAt ?? '',
        because: why,
      };
    }).toSorted((a, b) => (a.at < b.at ? 1 : -1)),
  );
  if (!found.ok) return found;
  if (found.value.length > limits.linksListed) {
    notes.push(`${found.value.length} executions are of it; the newest ${limits.linksListed} are listed.`);
  }
  return ok({ found: found.value.slice(0, limits.linksListed), notes });
}

/** The paths of AEX that a request body can be sent to (formats/aex.md §14). */
const ENDPOINTS = ['/v1', '/openai/v1'].flatMap((base) =>
  ['chat/completions', 'embeddings', 'responses'].map((path) => `${base}/${path}`),
);

/** The request hashes that the input of a call would have, for every agent and path; for a tool for every agent. */
function requestHashes(look: LedgerLook, { call }: ExecutionClues): [string, string][] {
  if (call === null || call.input === null) return [];
  const parsed = parseJson(call.input, { maxChars: limits.ledgerLinkBytes });
  if (!parsed.ok) return [];
  const agents = look.accounts().map(({ name }) => name);
  const isTool =
    look.db
      .prepare<[string], number>(
        `SELECT count(*) FROM (${look.select('tool_plugins', ['name'])}) WHERE name = ?`,
      )
      .pluck()
      .get(call.tool) !== 0;
  return bodiesIn(parsed.node).flatMap(({ node, at, stepId }) => {
    const empty = node.kind === 'null' || (node.kind === 'object' && node.entries.length === 0);
    if (empty) return [];
    const hashes: [string, string][] = [];
    for (const agent of agents) {
      if (isTool) {
        const parts = { agent, tool: call.tool, arguments: node, givenId: null, idempotencyKey: null };
        hashes.push([
          toolIds(parts).requestHash,
          `The ${at} of the call has the hash that AEX recorded of the arguments, for ${agent} and ${call.tool}.`,
        ]);
      }
      if (node.kind !== 'object' || !node.entries.some(({ key }) => key === 'messages' || key === 'input'))
        continue;
      for (const endpoint of ENDPOINTS) {
        for (const step of stepId === null ? [null] : [null, stepId]) {
          hashes.push([
            requestHashOf({ agent, endpoint, body: node, stepId: step }),
            `The ${at} of the call has the hash that AEX recorded of the request, for ${agent} at ${endpoint}.`,
          ]);
        }
      }
    }
    return hashes;
  });
}

/** Executions with one of these request hashes whatever their id, which a key or the caller may have made. */
function withRequestHash(look: LedgerLook, hashes: ReadonlyMap<string, string>): [string, string][] {
  if (hashes.size === 0) return [];
  const rows = look.db
    .prepare<[string, number], readonly [unknown, unknown]>(
      `${look.select('executions', ['execution_id', 'request_hash'])} WHERE request_hash IN (SELECT value FROM json_each(?)) LIMIT ?`,
    )
    .raw()
    .all(JSON.stringify([...hashes.keys()]), limits.linksListed * 4);
  return rows.map(([id, hash]) => [columnText(id), columnText(hash)]);
}

/** Executions whose response may be the output of the call, or has an id that is named. */
function withResponse(look: LedgerLook, { call, named }: ExecutionClues): string[] {
  if (!look.has('executions', 'response_body')) return [];
  const ids = [
    ...named.responses.map(({ value }) => value),
    ...(call === null || call.responseId === null ? [] : [call.responseId]),
  ];
  const holders = look.db
    .prepare<[string, number], unknown>(
      'SELECT execution_id FROM executions WHERE instr(response_body, ?) > 0 LIMIT ?',
    )
    .pluck();
  const byId = [...new Set(ids)].flatMap((id) =>
    holders.all(JSON.stringify(id), limits.linksListed).map(columnText),
  );
  return call === null || call.output === null ? byId : [...byId, ...withOutput(look, call.output)];
}

/** Executions whose response is this output of a call, with the model's name as the caller got it. */
function withOutput(look: LedgerLook, output: CallOutput): string[] {
  const model = modelOf(output.node);
  const rows = look.db
    .prepare<[number, number, number], readonly [unknown, unknown]>(
      `SELECT execution_id, response_body FROM executions WHERE octet_length(response_body) BETWEEN ? AND ?
       ORDER BY rowid DESC LIMIT ?`,
    )
    .raw();
  const found: string[] = [];
  // AEX stores the same with blanks and escapes.
  for (const [id, body] of rows.iterate(output.bytes / 2, output.bytes * 6 + 200, limits.ledgerLinkCalls)) {
    const parsed = parseJson(columnText(body), { maxChars: limits.ledgerLinkBytes });
    if (!parsed.ok) continue;
    const forms = outputForms(parsed.node, model === null ? [] : [model]);
    if (forms.some((form) => outputHashOf(form) === output.hash)) found.push(columnText(id));
    if (found.length > limits.linksListed) break;
  }
  return found;
}

function modelOf(node: JsonNode): string | null {
  if (node.kind !== 'object') return null;
  const model = node.entries.findLast(({ key }) => key === 'model')?.value;
  return model?.kind === 'string' ? model.value : null;
}
