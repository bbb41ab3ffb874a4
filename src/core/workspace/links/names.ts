import { createHash } from 'node:crypto';

/**
 * What a record of an agent and a call of a repository can both name. Two that name the same thing are of the same
 * call; nothing else links them: no time, no order, no likeness.
 */
export type Names = {
  /** ids of a run: `run_id` of its own line, `delegate_run_id`, `delegated_run_id` */
  readonly runs: readonly Named[];
  /** ids of one tool call: `tool_use_id`, `tool_call_id` */
  readonly calls: readonly Named[];
  /** ids of a proposal to the judge: `proposal_id`, `escalation_queue_id` */
  readonly proposals: readonly Named[];
  /** texts of 64 hex digits, which may be the hash of a call */
  readonly hashes: readonly Named[];
};

/** A text and the place where it stands, such as `/binding/tool_call_id`. */
export type Named = { readonly value: string; readonly at: string };

/** The tool and the hash of its arguments (formats/atomic-agents.md §11): sha256 of their compact sorted JSON. */
export type ToolArguments = { readonly tool: string; readonly hash: string };

/** What a record names, and the call it judges. */
export type RecordNames = Names & { readonly tool: ToolArguments | null };

const RUN = new Set(['run_id', 'delegate_run_id', 'delegated_run_id']);
const CALL = new Set(['tool_use_id', 'tool_call_id']);
const PROPOSAL = new Set(['proposal_id', 'escalation_queue_id']);

/** An id of fewer signs may stand for something else in each store. */
const SHORTEST_ID = 8;
/** Deeper, an id is more likely part of what was worked on than a name of the call. */
const DEEPEST = 2;

const HASH = /^[0-9a-f]{64}$/;

/** The ids and hashes that stand in a JSON object: at its top, or one object or list below. */
export function namesIn(value: unknown, at = ''): Names {
  const names = {
    runs: [] as Named[],
    calls: [] as Named[],
    proposals: [] as Named[],
    hashes: [] as Named[],
  };
  const visit = (object: unknown, place: string, depth: number): void => {
    if (object === null || typeof object !== 'object') return;
    for (const [key, item] of Object.entries(object)) {
      const here = `${place}/${key}`;
      if (typeof item !== 'string') {
        if (depth < DEEPEST) visit(item, here, depth + 1);
        continue;
      }
      const named = { value: item, at: here };
      if (HASH.test(item)) names.hashes.push(named);
      if (item.length < SHORTEST_ID) continue;
      if (RUN.has(key)) names.runs.push(named);
      if (CALL.has(key)) names.calls.push(named);
      if (PROPOSAL.has(key)) names.proposals.push(named);
    }
  };
  visit(value, at, 1);
  return names;
}

/**
 * What a record names. A line that is one tool call of a run, or a judgment of one, does not stand for the run: its
 * `run_id` is its parent's (formats/atomic-agents.md §4), so it is left out.
 */
export function namesOfRecord(record: Readonly<Record<string, unknown>>): RecordNames {
  const names = namesIn(record);
  const ofCall = names.calls.length > 0 || names.proposals.length > 0;
  const isChild = typeof record['parent_run_id'] === 'string';
  const runs = ofCall || isChild ? names.runs.filter(({ at }) => !at.endsWith('/run_id')) : names.runs;
  return { ...names, runs, tool: toolArguments(record) };
}

function toolArguments(record: Readonly<Record<string, unknown>>): ToolArguments | null {
  const { tool_name: tool, binding, arguments_hash: own } = record;
  const bound = binding !== null && typeof binding === 'object' ? (binding as Record<string, unknown>) : {};
  const stated = own ?? bound['arguments_hash'];
  if (typeof tool !== 'string' || typeof stated !== 'string') return null;
  const hash = stated.replace(/^sha256:/, '');
  return HASH.test(hash) && !SAYS_NOTHING.has(hash) ? { tool, hash } : null;
}

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** Arguments that any two calls may share. */
const SAYS_NOTHING = new Set(['{}', '[]', 'null', '""'].map(sha256));

/** The hash that an agent would state for arguments with these bytes; null where they say nothing. */
export function argumentsHash(canonical: Uint8Array): string | null {
  const hash = sha256(canonical);
  return SAYS_NOTHING.has(hash) ? null : hash;
}

/** One text a JSON value, for a search of its names; null where it is no object. */
export function objectOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : null;
  } catch {
    return null;
  }
}

/** The first id that both name as the same kind of thing. */
export function sharedName(a: Names, b: Names): { readonly what: string; readonly at: string } | null {
  for (const [kind, what] of [
    ['calls', 'the tool call'],
    ['proposals', 'the proposal'],
    ['runs', 'the run'],
  ] as const) {
    for (const { value } of a[kind]) {
      const other = b[kind].find((named) => named.value === value);
      if (other !== undefined) return { what: `${what} ${value}`, at: other.at };
    }
  }
  return null;
}

/** Whether both name a tool call, and not the same one: equal arguments then say nothing. */
export function isOtherCall(a: Names, b: Names): boolean {
  return (
    a.calls.length > 0 &&
    b.calls.length > 0 &&
    !a.calls.some(({ value }) => b.calls.some((other) => other.value === value))
  );
}
