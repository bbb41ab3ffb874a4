import type { Account, LedgerFigure } from './ledger.ts';

/** What an agent may do: its row without tokens. */
export type AccountRules = {
  readonly rpmLimit: number;
  readonly maxTokensPerMinute: number | null;
  readonly maxInputTokens: number | null;
  readonly maxOutputTokens: number | null;
  readonly maxTokensPerRequest: number | null;
  /** null: any */
  readonly allowedModels: readonly string[] | null;
  readonly allowedTools: readonly string[] | null;
  readonly streaming: boolean;
  readonly tools: boolean;
  readonly functionCalling: boolean;
  readonly vision: boolean;
  readonly strict: boolean;
  readonly passthrough: boolean;
  readonly tokenScope: string;
  readonly tokenExpiresAt: string | null;
};

export type RateWindow = {
  readonly windowStart: string | null;
  readonly requests: number;
  readonly tokens: number;
  /** the window is over: a next request begins another one */
  readonly over: boolean;
};

export type AccountDetail = {
  readonly account: Account;
  readonly rules: AccountRules;
  readonly rate: RateWindow | null;
  /** lifetime totals of its row */
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly settlements: LedgerFigure;
  readonly releases: LedgerFigure;
  readonly denials: LedgerFigure;
  readonly overruns: LedgerFigure;
  /** refused by a rate limit: rows of the older stream, which no entry has */
  readonly rateLimited: number;
  /** spent, by the entries */
  readonly spent: LedgerFigure;
};

/** What a model cost. Prices are micro-dollars per token, from the price list where it has the model. */
export type ModelSpend = {
  /** null: the settlement names none */
  readonly model: string | null;
  readonly settlements: LedgerFigure;
  readonly spentMicro: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly price: {
    readonly inputMicro: number;
    readonly outputMicro: number;
    readonly provider: string;
    readonly providerModel: string;
    readonly maxTokens: number | null;
  } | null;
  /** settlements whose cost is not tokens times today's price; null: no price is known */
  readonly otherPrice: LedgerFigure | null;
};

export type SpendRow = {
  readonly key: string;
  readonly settlements: number;
  readonly spentMicro: number;
  readonly query: string;
};

/** Refusals by what was said. `entries` null: rows of the older stream only (rate limits), which no entry has. */
export type DenialReason = {
  readonly reason: string;
  readonly kind: 'budget' | 'rate' | 'release' | 'tool' | 'policy' | 'failed';
  readonly count: number;
  readonly query: string | null;
};

export type ToolPlugin = {
  readonly name: string;
  readonly version: string;
  readonly enabled: boolean;
  readonly entrypoint: string;
  readonly packagePath: string;
  readonly sha256: string;
  /** by the rules of formats/aex.md §7 */
  readonly costMicro: number;
  readonly createdAt: string | null;
  /** the manifest as stored, secrets masked */
  readonly manifest: string;
  readonly runs: LedgerFigure;
  readonly failures: LedgerFigure;
};

/** Executions by the hash of what the policy decided. */
export type PolicyUse = {
  readonly policyHash: string | null;
  readonly executions: number;
  readonly text: string;
  /** the entries of these executions; null: they are too many to be named */
  readonly query: string | null;
};

export type LedgerAccounts = {
  readonly revision: number;
  readonly accounts: readonly AccountDetail[];
  readonly models: readonly ModelSpend[];
  readonly days: readonly SpendRow[];
  readonly denials: readonly DenialReason[];
  readonly tools: readonly ToolPlugin[];
  readonly policies: readonly PolicyUse[];
  readonly config: {
    readonly path: string;
    readonly problem: string | null;
    readonly defaultModel: string | null;
  } | null;
};
