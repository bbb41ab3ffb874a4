import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { projectRoot } from '../peers.ts';
import { canonicalText, spacedJson, timeA, timeB, timeC, type Plain } from './python-text.ts';

/** `H(parts)` (formats/aex.md). Apart from the product's own, so that tests compare two. */
export const hashOf = (...parts: readonly string[]): string => hash('sha256', `${parts.join('\n')}\n`);

/** The policy hash of a request that nothing objected to. */
const ALLOWED = 'a4f2100e379e989eee321333ba291f802be33ff585a041ba6accd9bf194ba45e';
const TTL_SECONDS = 180;

export type MadeModel = {
  readonly provider: string;
  readonly providerModel: string;
  readonly baseUrl: string;
  readonly inputMicro: number;
  readonly outputMicro: number;
  readonly maxTokens: number;
};

type AgentState = {
  readonly name: string;
  readonly budget: number;
  readonly rpm: number;
  readonly tpm: number | null;
  spent: number;
  reserved: number;
  prompt: number;
  completion: number;
  last: number | null;
  lifecycle: string;
  reason: string | null;
  window: { start: number; requests: number; tokens: number } | null;
};

/** An execution that is not over: everything that its two rows hold. */
type Open = {
  readonly id: string;
  readonly row: number;
  readonly reservation: number;
  readonly agent: AgentState;
  readonly endpoint: string;
  readonly requestHash: string;
  readonly policyHash: string;
  readonly routeHash: string;
  readonly estimated: number;
  readonly created: number;
  readonly expiry: number;
  updated: number;
  state: 'RESERVED' | 'DISPATCHED';
};

/** What a request comes to before the call: the execution's id where money is reserved. */
export type Admitted =
  | { readonly did: 'reserved' | 'denied' | 'cached'; readonly id: string }
  | { readonly did: 'limited' | 'blocked' };

export type MadeRequest = {
  readonly agent: string;
  /** seconds since 1970 */
  readonly at: number;
  readonly endpoint: string;
  readonly estimatedMicro: number;
  readonly key?: string;
  readonly step?: string;
} & (
  | { readonly model: string; /** canonical JSON of the body */ readonly body: string }
  | { readonly tool: string; /** canonical JSON of the arguments */ readonly arguments: string }
);

export type AgentOptions = {
  readonly budgetMicro: number;
  readonly rpm: number;
  readonly at: number;
  readonly tpm?: number;
  /** other columns of its row */
  readonly columns?: Readonly<Record<string, string | number>>;
};

export type Usage = {
  readonly prompt: number;
  readonly completion: number;
  readonly costMicro: number;
  readonly model: string | null;
  readonly response: Plain;
};

/** Writes a ledger by the rules of AEX 2.0 (formats/aex.md §4-§9), step by step, with times that the caller gives. */
export type LedgerMaker = {
  readonly entries: () => number;
  readonly agent: (name: string, options: AgentOptions) => void;
  readonly available: (name: string) => number;
  readonly tool: (manifest: { readonly [key: string]: Plain }, at: number) => void;
  readonly admit: (request: MadeRequest) => Admitted;
  readonly dispatch: (id: string, at: number) => void;
  /** false: the spending would pass the budget; the reservation was released as the original does */
  readonly commit: (id: string, at: number, usage: Usage) => boolean;
  readonly release: (id: string, at: number, reason: string, status: number) => void;
  readonly toolRan: (id: string, at: number, tool: string, costMicro: number) => void;
  readonly toolFailed: (id: string, agent: string, at: number, tool: string, error: string) => void;
  readonly transition: (agent: string, to: string, reason: string, at: number) => void;
  /** writes what is open, makes the indexes and closes the file with the mark of the write-ahead log */
  readonly finish: () => void;
};

/** The statements that make the tables and indexes, from a ledger of the original. */
function schemaOf(): { readonly tables: readonly string[]; readonly indexes: readonly string[] } {
  const golden = join(projectRoot, 'test', 'goldens', 'aex', 'small', 'aex.db');
  const bytes = readFileSync(golden);
  // a file in memory has no write-ahead log
  bytes.set([1, 1], 18);
  const db = new Database(bytes);
  const rows = db
    .prepare<[], { type: string; sql: string }>(
      `SELECT type, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'sqlite_sequence' ORDER BY rowid`,
    )
    .all();
  db.close();
  const of = (type: string): string[] => rows.filter((row) => row.type === type).map(({ sql }) => sql);
  return { tables: of('table'), indexes: of('index') };
}

/** Begins a ledger in a file that does not exist yet. `token`: what the next agent's token is. */
export function makeLedger(
  file: string,
  options: { readonly models: ReadonlyMap<string, MadeModel>; readonly token: () => string },
): LedgerMaker {
  const schema = schemaOf();
  const db = new Database(file);
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.pragma('foreign_keys = OFF');
  db.pragma('cache_size = -1000000');
  db.pragma('user_version = 3');
  for (const sql of schema.tables) db.exec(sql);
  db.exec('BEGIN');
  const insert = {
    entry: db.prepare(
      'INSERT INTO event_log (execution_id, agent, event_type, payload_json, prev_hash, event_hash, ts) VALUES (?,?,?,?,?,?,?)',
    ),
    event: db.prepare(
      'INSERT INTO events (agent, action, cost_micro, metadata, timestamp) VALUES (?,?,?,?,?)',
    ),
    execution: db.prepare(
      `INSERT INTO executions (rowid, execution_id, agent, endpoint, request_hash, policy_hash, route_hash, state, status_code,
       response_body, error_body, created_at, updated_at, terminal_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
    ),
    reservation: db.prepare(
      `INSERT INTO reservations (rowid, execution_id, agent, estimated_micro, actual_micro, state, reserved_at, settled_at, expiry_at)
       VALUES (?,?,?,?,?,?,?,?,?)`,
    ),
  };
  const agents = new Map<string, AgentState>();
  const open = new Map<string, Open>();
  const closed = new Set<string>();
  let head = 'GENESIS';
  let entries = 0;
  let executions = 0;
  let reservations = 0;

  const agentOf = (name: string): AgentState => {
    const agent = agents.get(name);
    if (agent === undefined) throw new Error(`There is no agent ${name}`);
    return agent;
  };
  const openOf = (id: string): Open => {
    const execution = open.get(id);
    if (execution === undefined) throw new Error(`There is no open execution ${id}`);
    return execution;
  };
  const append = (id: string | null, agent: string, type: string, payload: string, at: number): void => {
    const own = hashOf(head, type, id ?? '', payload);
    insert.entry.run(id, agent, type, payload, head, own, timeB(at));
    head = own;
    entries++;
  };
  const compat = (agent: string, action: string, at: number, metadata: string | null, cost = 0): void => {
    insert.event.run(agent, action, cost, metadata, timeB(at));
  };
  const routes = new Map<string, string>();
  const routeOf = (endpoint: string, name: string): string => {
    const known = routes.get(`${endpoint}\n${name}`);
    if (known !== undefined) return known;
    const model = options.models.get(name);
    if (model === undefined) throw new Error(`There is no model ${name}`);
    const route = hashOf(
      canonicalText({
        endpoint,
        provider: model.provider,
        provider_model: model.providerModel,
        requested_model: name,
        base_url: model.baseUrl,
      }),
    );
    routes.set(`${endpoint}\n${name}`, route);
    return route;
  };
  const identity = (request: MadeRequest) => {
    const { agent, endpoint, key = '' } = request;
    if ('tool' in request) {
      const { tool, arguments: given } = request;
      return {
        id: hashOf(agent, 'tool.execute', tool, key === '' ? (given === 'null' ? '{}' : given) : key),
        requestHash: hashOf(agent, 'tool.execute.request', tool, given),
        policyHash: hashOf('tool.exec.policy', agent, tool),
        routeHash: hashOf('tool.exec.route', tool),
      };
    }
    const requestHash = hashOf(agent, endpoint, (request.step ?? '').trim(), request.body);
    return {
      id: key === '' ? requestHash : hashOf(agent, endpoint, key.trim()),
      requestHash,
      policyHash: ALLOWED,
      routeHash: routeOf(endpoint, request.model),
    };
  };
  /** Counts the request in its window (formats/aex.md §9); false: it is over a limit. */
  const withinRate = (agent: AgentState, at: number): boolean => {
    const { window } = agent;
    if (window === null || at - window.start > 60) {
      agent.window = { start: at, requests: 1, tokens: 0 };
      return true;
    }
    if (window.requests >= agent.rpm) {
      compat(agent.name, 'RATE_LIMIT', at, `RPM Limit: ${agent.rpm}`);
      return false;
    }
    if (agent.tpm !== null && window.tokens >= agent.tpm) {
      compat(agent.name, 'RATE_LIMIT', at, `TPM Limit: ${agent.tpm}`);
      return false;
    }
    window.requests++;
    return true;
  };
  const writeExecution = (
    one: Omit<Open, 'state' | 'reservation' | 'estimated' | 'expiry'>,
    state: string,
    status: number | null,
    response: string | null,
    error: string | null,
    terminal: number | null,
  ): void => {
    insert.execution.run(
      one.row,
      one.id,
      one.agent.name,
      one.endpoint,
      one.requestHash,
      one.policyHash,
      one.routeHash,
      state,
      status,
      response,
      error,
      timeA(one.created),
      timeA(terminal ?? one.updated),
      terminal === null ? null : timeA(terminal),
    );
  };
  const writeReservation = (one: Open, state: string, actual: number, settled: number | null): void => {
    insert.reservation.run(
      one.reservation,
      one.id,
      one.agent.name,
      one.estimated,
      actual,
      state,
      timeA(one.created),
      settled === null ? null : timeA(settled),
      timeA(one.expiry),
    );
  };
  const release = (id: string, at: number, reason: string, status: number): void => {
    const one = openOf(id);
    open.delete(id);
    closed.add(id);
    one.agent.reserved = Math.max(0, one.agent.reserved - one.estimated);
    writeReservation(one, 'RELEASED', 0, at);
    writeExecution(one, 'RELEASED', status, null, spacedJson({ detail: reason }), at);
    append(
      id,
      one.agent.name,
      'reservation.release',
      canonicalText({ reason, estimated_micro: one.estimated }),
      at,
    );
  };

  return {
    entries: () => entries,
    agent: (name, { budgetMicro, rpm, at, tpm, columns = {} }) => {
      const token = options.token();
      const named = { max_tokens_per_minute: tpm ?? null, ...columns };
      const names = Object.keys(named);
      db.prepare(
        `INSERT INTO agents (name, api_token, token_hash, budget_micro, rpm_limit, created_at, ${names.join(', ')})
         VALUES (?,?,?,?,?,?${',?'.repeat(names.length)})`,
      ).run(name, token, hash('sha256', token), budgetMicro, rpm, timeB(at), ...Object.values(named));
      agents.set(name, {
        name,
        budget: budgetMicro,
        rpm,
        tpm: tpm ?? null,
        spent: 0,
        reserved: 0,
        prompt: 0,
        completion: 0,
        last: null,
        lifecycle: 'READY',
        reason: null,
        window: null,
      });
    },
    available: (name) => {
      const { budget, spent, reserved } = agentOf(name);
      return budget - spent - reserved;
    },
    tool: (manifest, at) => {
      db.prepare(
        `INSERT INTO tool_plugins (name, version, entrypoint, package_path, sha256, manifest_json, enabled, created_at)
         VALUES (?,?,?,?,?,?,1,?)`,
      ).run(
        manifest['name'],
        manifest['version'],
        manifest['entrypoint'],
        manifest['package_path'] ?? '/opt/tools/tool.py',
        manifest['sha256'],
        spacedJson(manifest),
        timeB(at),
      );
    },
    admit: (request) => {
      const agent = agentOf(request.agent);
      const { at } = request;
      if (agent.lifecycle !== 'READY') return { did: 'blocked' };
      const { id, requestHash, policyHash, routeHash } = identity(request);
      if (closed.has(id) || open.has(id)) return { did: 'cached', id };
      if (!('tool' in request) && !withinRate(agent, at)) return { did: 'limited' };
      const estimated = request.estimatedMicro;
      const remaining = agent.budget - agent.spent - agent.reserved;
      const one = {
        id,
        row: ++executions,
        agent,
        endpoint: request.endpoint,
        requestHash,
        policyHash,
        routeHash,
        created: at,
        updated: at,
      };
      if (estimated > remaining) {
        closed.add(id);
        const error = {
          detail: 'Insufficient budget',
          estimated_micro: estimated,
          remaining_micro: remaining,
        };
        writeExecution(one, 'DENIED', 402, null, spacedJson(error), at);
        append(id, agent.name, 'budget.deny', canonicalText(error), at);
        compat(agent.name, 'budget.deny', at, spacedJson(error));
        return { did: 'denied', id };
      }
      const expiry = at + TTL_SECONDS;
      open.set(id, { ...one, reservation: ++reservations, estimated, expiry, state: 'RESERVED' });
      agent.reserved += estimated;
      append(
        id,
        agent.name,
        'budget.reserve',
        `{"estimated_micro":${estimated},"expiry_at":"${timeA(expiry)}"}`,
        at,
      );
      return { did: 'reserved', id };
    },
    dispatch: (id, at) => {
      const one = openOf(id);
      one.state = 'DISPATCHED';
      one.updated = at;
      append(id, one.agent.name, 'execution.dispatched', '{"state":"DISPATCHED"}', at);
    },
    commit: (id, at, { prompt, completion, costMicro, model, response }) => {
      const one = openOf(id);
      const { agent } = one;
      if (agent.spent + costMicro > agent.budget) {
        release(id, at, 'Upstream provider error', 502);
        return false;
      }
      open.delete(id);
      closed.add(id);
      agent.reserved = Math.max(0, agent.reserved - one.estimated);
      agent.spent += costMicro;
      agent.prompt += prompt;
      agent.completion += completion;
      agent.last = at;
      if (agent.window !== null) agent.window.tokens += prompt + completion;
      writeReservation(one, 'COMMITTED', costMicro, at);
      writeExecution(one, 'COMMITTED', 200, spacedJson(response), null, at);
      append(
        id,
        agent.name,
        'usage.commit',
        `{"completion_tokens":${completion},"cost_micro":${costMicro},"estimated_micro":${one.estimated},"model":${model === null ? 'null' : canonicalText(model)},"prompt_tokens":${prompt}}`,
        at,
      );
      compat(agent.name, 'usage.commit', at, model, costMicro);
      return true;
    },
    release,
    toolRan: (id, at, tool, costMicro) => {
      const { agent } = db
        .prepare<[string], { agent: string }>('SELECT agent FROM executions WHERE execution_id = ?')
        .get(id)!;
      append(id, agent, 'tool.exec', canonicalText({ tool_name: tool, cost_micro: costMicro }), at);
      compat(
        agent,
        'TOOL_EXEC',
        at,
        spacedJson({ tool_name: tool, execution_id: id, cost_micro: costMicro }),
      );
    },
    toolFailed: (id, agent, at, tool, error) => {
      append(id, agent, 'tool.exec.denied', canonicalText({ tool_name: tool, error }), at);
      compat(agent, 'TOOL_EXEC_DENIED', at, spacedJson({ tool_name: tool, error }));
    },
    transition: (name, to, reason, at) => {
      const agent = agentOf(name);
      const payload = { from: agent.lifecycle, to, reason };
      agent.lifecycle = to;
      agent.reason = reason;
      agent.last = at;
      append(null, name, 'agent.state.transition', canonicalText(payload), at);
      compat(name, 'AGENT_STATE', at, spacedJson(payload));
    },
    finish: () => {
      for (const one of open.values()) {
        writeReservation(one, 'RESERVED', 0, null);
        writeExecution(one, one.state, null, null, null, null);
      }
      const counters = db.prepare(
        `UPDATE agents SET spent_micro = ?, reserved_micro = ?, tokens_used_prompt = ?, tokens_used_completion = ?,
         last_activity = ?, lifecycle_state = ?, lifecycle_reason = ? WHERE name = ?`,
      );
      for (const a of agents.values()) {
        counters.run(
          a.spent,
          a.reserved,
          a.prompt,
          a.completion,
          a.last === null ? null : timeB(a.last),
          a.lifecycle,
          a.reason,
          a.name,
        );
        if (a.window === null) continue;
        db.prepare(
          'INSERT INTO rate_windows (agent, window_start, request_count, tokens_count) VALUES (?,?,?,?)',
        ).run(a.name, timeC(a.window.start), a.window.requests, a.window.tokens);
      }
      db.exec('COMMIT');
      for (const sql of schema.indexes) db.exec(sql);
      db.pragma('journal_mode = WAL');
      db.close();
    },
  };
}
