import { field } from '../../json/build.ts';
import { parseJson } from '../../json/parse.ts';
import { NONE } from '../columns.ts';
import type { AccountRow } from '../rows.ts';
import { AEX_TABLE_NAMES } from '../schema.ts';
import type { LedgerLook } from '../store.ts';
import { otherTokens } from '../tokens.ts';
import type { AgentContext } from './agents.ts';
import { witness, type Board } from './board.ts';
import { KIND, seqAt } from './facts.ts';
import { listed, shown } from './words.ts';

/** Names that a sentence lists. */
const MOST_NAMED = 8;
/** The longest manifest that is read. */
const MOST_MANIFEST = 1_000_000;

/** What the rows beside calls say of themselves: tokens, plugins, and what AEX never makes. */
export function checkSideTables(look: LedgerLook, board: Board): void {
  checkTokens(look, board);
  checkPlugins(look, board);
  tellTriggers(look, board);
}

function checkTokens(look: LedgerLook, board: Board): void {
  for (const name of otherTokens(look).slice(0, 1_000)) {
    board.add(`token:${name}`, {
      kind: 'identity-differs',
      severity: 'error',
      agent: name,
      message: `The row of ${shown(name)} holds a token and the hash of another one. AEX sets both together and admits whoever has the token of the hash: another token opens this agent. The entries are not affected.`,
      expected: 'the SHA-256 of its token',
      found: 'another hash',
      sure: 'proved',
      because: [witness('hash', `the token of ${shown(name)}`, 'its hash can be computed', true)],
    });
  }
}

function checkPlugins(look: LedgerLook, board: Board): void {
  if (!look.has('tool_plugins', 'sha256') || !look.has('tool_plugins', 'manifest_json')) return;
  const rows = look.db
    .prepare<[number], readonly unknown[]>(
      'SELECT name, sha256, manifest_json FROM tool_plugins WHERE length(manifest_json) <= ?',
    )
    .raw()
    .iterate(MOST_MANIFEST);
  for (const [name, stored, manifest] of rows) {
    if (typeof stored !== 'string' || typeof manifest !== 'string') continue;
    const parsed = parseJson(manifest);
    const said = parsed.ok ? field(parsed.node, 'sha256') : undefined;
    if (said?.kind !== 'string' || said.value === stored) continue;
    board.add(`plugin:${String(name)}`, {
      kind: 'identity-differs',
      severity: 'error',
      message: `The row of the tool ${shown(String(name))} names another SHA-256 than its own manifest. AEX installs a tool only where both are that of its file: the row was changed. The entries are not affected.`,
      expected: said.value.slice(0, 200),
      found: stored.slice(0, 200),
      sure: 'proved',
    });
  }
}

/** A trigger changes rows without a statement of AEX: what it did can't be told from what stands there. */
function tellTriggers(look: LedgerLook, board: Board): void {
  const names = look.db
    .prepare<[], readonly unknown[]>(
      `SELECT name, lower(tbl_name) FROM sqlite_schema WHERE type = 'trigger' ORDER BY name`,
    )
    .raw()
    .all()
    .flatMap(([name, table]) => (AEX_TABLE_NAMES.some((one) => one === table) ? [String(name)] : []));
  if (names.length === 0) return;
  const named = listed(names.slice(0, MOST_NAMED).map((name) => shown(name)));
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  board.unknown(
    'triggers',
    `The database has triggers on tables of AEX (${named}${more}). AEX makes none: what they changed can't be told from what AEX wrote.`,
  );
}

/** Agents that asked models and have no rate window: AEX makes one with the first request, and removes it with the agent. */
export function checkWindowsThere(
  { look, facts, board, from }: AgentContext,
  accounts: readonly AccountRow[],
  toolRuns: Uint8Array,
): void {
  if (!look.has('rate_windows', 'agent')) return;
  const there = new Set(look.db.prepare<[], unknown>('SELECT agent FROM rate_windows').pluck().all());
  // an agent that has another name in some tables has one number
  const known = new Set([...there].map((name) => facts.numbers.get(String(name))));
  const lacking = new Map(
    accounts.flatMap(({ name }) => {
      const number = facts.numbers.get(name);
      return there.has(name) || number === undefined || known.has(number) ? [] : [[number, name] as const];
    }),
  );
  if (lacking.size === 0) return;
  for (let at = 0; at < facts.count; at++) {
    const name = lacking.get(facts.agent[at]!);
    const execution = facts.execution[at]!;
    if (name === undefined || facts.kind[at] !== KIND.commit || execution === NONE) continue;
    if (toolRuns[execution] !== 0 || at < (from.get(facts.agent[at]!) ?? 0)) continue;
    lacking.delete(facts.agent[at]!);
    const seq = seqAt(facts, at);
    board.add(`window:${name}`, {
      kind: 'row-missing',
      severity: 'error',
      seq: null,
      agent: name,
      message: `${shown(name)} asked models (entry ${seq}) and has no rate window. AEX makes one with the first request and removes it only with the agent: the row was removed, so that more gets through than the limit allows. The entries are not affected.`,
      expected: 'a row in rate_windows',
      found: 'none',
      sure: 'likely',
      because: [witness('entry', `entry ${seq}`, 'a settled call of a model', true, seq)],
    });
  }
}
