import type { Database } from '../storage/look.ts';

/** The tables of AEX 2.0 with their columns (formats/aex.md §2). */
export const AEX_TABLES = {
  agents: [
    'name',
    'api_token',
    'token_hash',
    'token_expires_at',
    'token_scope',
    'budget_micro',
    'spent_micro',
    'reserved_micro',
    'rpm_limit',
    'max_tokens_per_minute',
    'max_input_tokens',
    'max_output_tokens',
    'max_tokens_per_request',
    'allowed_models',
    'allowed_tool_names',
    'allow_streaming',
    'allow_tools',
    'allow_function_calling',
    'allow_vision',
    'strict_mode',
    'allow_passthrough',
    'tokens_used_prompt',
    'tokens_used_completion',
    'lifecycle_state',
    'lifecycle_reason',
    'created_at',
    'last_activity',
  ],
  executions: [
    'execution_id',
    'agent',
    'endpoint',
    'request_hash',
    'policy_hash',
    'route_hash',
    'state',
    'status_code',
    'response_body',
    'error_body',
    'created_at',
    'updated_at',
    'terminal_at',
  ],
  reservations: [
    'execution_id',
    'agent',
    'estimated_micro',
    'actual_micro',
    'state',
    'reserved_at',
    'settled_at',
    'expiry_at',
  ],
  event_log: ['seq', 'execution_id', 'agent', 'event_type', 'payload_json', 'prev_hash', 'event_hash', 'ts'],
  events: ['id', 'agent', 'action', 'cost_micro', 'timestamp', 'metadata'],
  rate_windows: ['agent', 'window_start', 'request_count', 'tokens_count'],
  tool_plugins: [
    'name',
    'version',
    'entrypoint',
    'package_path',
    'sha256',
    'manifest_json',
    'enabled',
    'created_at',
  ],
  pids: ['agent', 'pid', 'started_at'],
} as const satisfies Record<string, readonly string[]>;
export type AexTable = keyof typeof AEX_TABLES;

export const AEX_TABLE_NAMES = Object.keys(AEX_TABLES) as AexTable[];

/** The version that we know: that of AEX 2.0. */
export const KNOWN_VERSION = 3;

/** What tells a ledger from any other database, whatever its version: these columns in these two tables. */
const SIGNS: Partial<Record<AexTable, readonly string[]>> = {
  event_log: ['seq', 'event_type', 'payload_json', 'prev_hash', 'event_hash'],
  agents: ['name', 'budget_micro', 'spent_micro'],
};

/** What a database really holds, whatever its version says. */
export type AexSchema = {
  readonly userVersion: number;
  /** the tables of AEX that are there, each with its real columns in lower case, in order */
  readonly tables: ReadonlyMap<AexTable, readonly string[]>;
  /** what is other than in AEX 2.0, in words: missing tables and columns, another version */
  readonly differs: readonly string[];
  /** why this file is not read at all: something else stands in place of a table */
  readonly refusal: string | null;
};

type TableRow = { readonly name: string; readonly type: string; readonly wr: number };
type ColumnRow = { readonly name: string; readonly hidden: number };

/** Reads version, tables and columns. Throws SQLite's error where the file is damaged. */
export function readAexSchema(db: Database): AexSchema {
  const userVersion = Number(db.pragma('user_version', { simple: true }));
  const found = new Map<string, TableRow>();
  for (const row of tableList(db)) {
    const name = row.name.toLowerCase();
    if (name in AEX_TABLES) found.set(name, row);
  }
  const tables = new Map<AexTable, readonly string[]>();
  const differs: string[] = [];
  let refusal: string | null = null;
  if (userVersion !== KNOWN_VERSION) {
    const known = `the ${KNOWN_VERSION} of AEX 2.0`;
    differs.push(`The database has version ${userVersion} instead of ${known}.`);
  }
  for (const table of AEX_TABLE_NAMES) {
    const row = found.get(table);
    if (row === undefined) {
      differs.push(`The table ${table} is missing.`);
      continue;
    }
    const columns = columnsOf(db, row.name);
    refusal ??= refusalOf(table, row, columns);
    const names = columns.map(({ name }) => name.toLowerCase());
    tables.set(table, names);
    const missing = AEX_TABLES[table].filter((name) => !names.includes(name));
    if (missing.length > 0) differs.push(`The table ${table} has no column ${missing.join(', ')}.`);
  }
  const log = tables.get('event_log');
  if (log?.includes('chain_partition') === true) {
    differs.push('Its entries are chained in partitions, as a later AEX does it.');
  }
  return { userVersion, tables, differs, refusal };
}

/** Whether the tables are those of a ledger. */
export function isLedger(schema: Pick<AexSchema, 'tables'>): boolean {
  return Object.entries(SIGNS).every(([table, wanted]) => {
    const columns = schema.tables.get(table as AexTable);
    return columns !== undefined && wanted.every((name) => columns.includes(name));
  });
}

function tableList(db: Database): TableRow[] {
  return db.prepare<[], TableRow>(`SELECT name, type, wr FROM pragma_table_list WHERE schema = 'main'`).all();
}

function columnsOf(db: Database, table: string): ColumnRow[] {
  return db.prepare<[string], ColumnRow>('SELECT name, hidden FROM pragma_table_xinfo(?)').all(table);
}

function refusalOf(table: AexTable, row: TableRow, columns: readonly ColumnRow[]): string | null {
  if (row.type !== 'table') {
    const what = row.type === 'view' ? 'a view' : 'a virtual table';
    return `In place of the table ${table} stands ${what}; reading it would run what its author chose.`;
  }
  const computed = columns.find((column) => column.hidden !== 0);
  if (computed === undefined) return null;
  return `The column ${computed.name} of the table ${table} is computed, unlike any that AEX makes.`;
}
