import { cutText, lengthColumn } from './cut-texts.ts';
import { columnText } from './entry.ts';

/** A row of `agents` without its tokens. Numbers are null where the column is missing or holds none. */
export type AccountRow = {
  readonly name: string;
  readonly budgetMicro: number | null;
  readonly spentMicro: number | null;
  readonly reservedMicro: number | null;
  readonly rpmLimit: number | null;
  readonly maxTokensPerMinute: number | null;
  readonly maxInputTokens: number | null;
  readonly maxOutputTokens: number | null;
  readonly maxTokensPerRequest: number | null;
  /** stored texts, JSON arrays */
  readonly allowedModels: string | null;
  readonly allowedTools: string | null;
  readonly streaming: boolean;
  readonly tools: boolean;
  readonly functionCalling: boolean;
  readonly vision: boolean;
  readonly strict: boolean;
  readonly passthrough: boolean;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  readonly tokenScope: string | null;
  readonly tokenExpiresAt: string | null;
  readonly lifecycleState: string | null;
  readonly lifecycleReason: string | null;
  readonly createdAt: string | null;
  readonly lastActivity: string | null;
  /** columns that hold something of another kind than AEX writes, with what that is */
  readonly odd: readonly string[];
  /** the digits of amounts that are beyond exact arithmetic, which are null above */
  readonly large: Readonly<Partial<Record<Amount, string>>>;
};

type Amount = 'budgetMicro' | 'spentMicro' | 'reservedMicro';
const AMOUNTS: readonly (readonly [Amount, string, what: string])[] = [
  ['budgetMicro', 'budget_micro', 'budget'],
  ['spentMicro', 'spent_micro', 'spent money'],
  ['reservedMicro', 'reserved_micro', 'reserved money'],
];

/** An amount for sums and pictures: rounded where it is beyond exact arithmetic, 0 where there is none. */
export const roundedMicro = (row: Pick<AccountRow, Amount | 'large'>, amount: Amount): number =>
  row[amount] ?? Number(row.large[amount] ?? 0);

/** What has to be said of such amounts. */
export function largeAmounts(accounts: readonly AccountRow[]): readonly string[] {
  return accounts.flatMap(({ name, large }) =>
    AMOUNTS.flatMap(([amount, , what]) => {
      const digits = large[amount];
      if (digits === undefined) return [];
      return [
        `The ${what} of ${name} is ${BigInt(digits).toLocaleString('en-US')} micro-dollars, which is beyond exact arithmetic: sums with it are rounded.`,
      ];
    }),
  );
}

/** What has to be said of rows that hold something of another kind than AEX writes: figures are shown as far as they go. */
export function oddRows(accounts: readonly AccountRow[]): readonly string[] {
  const said = accounts.flatMap(({ name, odd, large }) => {
    const columns = AMOUNTS.flatMap(([amount, column]) =>
      large[amount] === undefined ? [] : [`${column} `],
    );
    const rest = odd.filter((text) => !columns.some((column) => text.startsWith(column)));
    return rest.length === 0 ? [] : [`In the row of ${name}, ${rest.join(', ')}.`];
  });
  const more = said.length - ODD_ROWS;
  return more > 0
    ? [...said.slice(0, ODD_ROWS), `${more.toLocaleString('en-US')} more rows of agents hold such values.`]
    : said;
}

/** Such rows that are named; the others are counted. */
const ODD_ROWS = 20;

/** A query of accounts with the digits of amounts that a number can't hold. */
export function withDigits(query: string): string {
  const digits = AMOUNTS.map(
    ([, column]) =>
      `iif(typeof(${column}) = 'integer' AND (${column} > ${Number.MAX_SAFE_INTEGER} OR ${column} < -${Number.MAX_SAFE_INTEGER}), CAST(${column} AS TEXT), NULL) AS "digits of ${column}"`,
  );
  return `SELECT *, ${digits.join(', ')} FROM (${query})`;
}

function largeIn(row: Row): AccountRow['large'] {
  return Object.fromEntries(
    AMOUNTS.flatMap(([amount, column]) => {
      const digits = row[`digits of ${column}`];
      return typeof digits === 'string' ? [[amount, digits]] : [];
    }),
  );
}

/** A row of `executions` without the bodies. */
export type ExecutionRow = {
  readonly executionId: string;
  readonly agent: string | null;
  readonly endpoint: string | null;
  readonly requestHash: string | null;
  readonly policyHash: string | null;
  readonly routeHash: string | null;
  readonly state: string | null;
  readonly statusCode: number | null;
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  readonly terminalAt: string | null;
  /** bytes of the bodies; null: there is none */
  readonly responseBytes: number | null;
  readonly errorBytes: number | null;
};

export type ReservationRow = {
  readonly executionId: string;
  readonly agent: string | null;
  readonly estimatedMicro: number | null;
  readonly actualMicro: number | null;
  readonly state: string | null;
  readonly reservedAt: string | null;
  readonly settledAt: string | null;
  readonly expiryAt: string | null;
};

export const ACCOUNT_COLUMNS = [
  'name',
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
  'token_scope',
  'token_expires_at',
  'lifecycle_state',
  'lifecycle_reason',
  'created_at',
  'last_activity',
] as const;

export const EXECUTION_COLUMNS = [
  'execution_id',
  'agent',
  'endpoint',
  'request_hash',
  'policy_hash',
  'route_hash',
  'state',
  'status_code',
  'created_at',
  'updated_at',
  'terminal_at',
] as const;

export const RESERVATION_COLUMNS = [
  'execution_id',
  'agent',
  'estimated_micro',
  'actual_micro',
  'state',
  'reserved_at',
  'settled_at',
  'expiry_at',
] as const;

type Row = Readonly<Record<string, unknown>>;

/** An exact number of a column; null where it is absent, no number, or beyond exact arithmetic. */
function numberIn(row: Row, name: string, odd?: string[]): number | null {
  const value = row[name];
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  odd?.push(`${name} holds ${typeof value === 'number' ? `the number ${value}` : 'no number'}`);
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < Number.MAX_SAFE_INTEGER
    ? Math.trunc(value)
    : null;
}

function textIn(row: Row, name: string, odd?: string[]): string | null {
  const value = row[name];
  if (value === null || value === undefined) return null;
  if (typeof value !== 'string') odd?.push(`${name} holds no text`);
  const length = row[lengthColumn(name)];
  if (typeof length !== 'number') return columnText(value);
  odd?.push(`${name} holds a text of ${length.toLocaleString('en-US')} characters`);
  return cutText(columnText(value), length);
}

/** A switch, with what AEX takes where the column is missing. */
function switchIn(row: Row, name: string, usual: boolean): boolean {
  const value = row[name];
  return value === null || value === undefined ? usual : value !== 0;
}

export function accountRow(row: Row): AccountRow {
  const odd: string[] = [];
  const number = (name: string): number | null => numberIn(row, name, odd);
  const text = (name: string): string | null => textIn(row, name, odd);
  return {
    name: text('name') ?? '',
    budgetMicro: number('budget_micro'),
    spentMicro: number('spent_micro'),
    reservedMicro: number('reserved_micro'),
    rpmLimit: number('rpm_limit'),
    maxTokensPerMinute: number('max_tokens_per_minute'),
    maxInputTokens: number('max_input_tokens'),
    maxOutputTokens: number('max_output_tokens'),
    maxTokensPerRequest: number('max_tokens_per_request'),
    allowedModels: text('allowed_models'),
    allowedTools: text('allowed_tool_names'),
    streaming: switchIn(row, 'allow_streaming', true),
    tools: switchIn(row, 'allow_tools', true),
    functionCalling: switchIn(row, 'allow_function_calling', true),
    vision: switchIn(row, 'allow_vision', false),
    strict: switchIn(row, 'strict_mode', false),
    passthrough: switchIn(row, 'allow_passthrough', false),
    promptTokens: number('tokens_used_prompt'),
    completionTokens: number('tokens_used_completion'),
    tokenScope: text('token_scope'),
    tokenExpiresAt: text('token_expires_at'),
    lifecycleState: text('lifecycle_state'),
    lifecycleReason: text('lifecycle_reason'),
    createdAt: text('created_at'),
    lastActivity: text('last_activity'),
    odd,
    large: largeIn(row),
  };
}

export function executionRow(row: Row): ExecutionRow {
  return {
    executionId: textIn(row, 'execution_id') ?? '',
    agent: textIn(row, 'agent'),
    endpoint: textIn(row, 'endpoint'),
    requestHash: textIn(row, 'request_hash'),
    policyHash: textIn(row, 'policy_hash'),
    routeHash: textIn(row, 'route_hash'),
    state: textIn(row, 'state'),
    statusCode: numberIn(row, 'status_code'),
    createdAt: textIn(row, 'created_at'),
    updatedAt: textIn(row, 'updated_at'),
    terminalAt: textIn(row, 'terminal_at'),
    responseBytes: numberIn(row, 'response_bytes'),
    errorBytes: numberIn(row, 'error_bytes'),
  };
}

export function reservationRow(row: Row): ReservationRow {
  return {
    executionId: textIn(row, 'execution_id') ?? '',
    agent: textIn(row, 'agent'),
    estimatedMicro: numberIn(row, 'estimated_micro'),
    actualMicro: numberIn(row, 'actual_micro'),
    state: textIn(row, 'state'),
    reservedAt: textIn(row, 'reserved_at'),
    settledAt: textIn(row, 'settled_at'),
    expiryAt: textIn(row, 'expiry_at'),
  };
}
