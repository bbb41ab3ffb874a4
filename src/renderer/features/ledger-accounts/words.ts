import type {
  AccountDetail,
  AccountRules,
  DenialReason,
  ModelSpend,
  RateWindow,
} from '../../../contract/ledger-accounts.ts';
import { ledgerQuery, ledgerTerm, timeTerm } from '../../../core/aex/query/query.ts';
import { formatCount, formatCounted } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';

/** Money that an agent can still reserve. */
export const availableOf = ({ account }: AccountDetail): number =>
  account.budgetMicro - account.spentMicro - account.reservedMicro;

/** A price of a million tokens: AEX keeps whole micro-dollars a token, which is as many dollars; `unpriced` where the price list does not have the model. */
export const priceWords = (price: ModelSpend['price']): string =>
  price === null
    ? 'unpriced'
    : `$${formatCount(price.inputMicro)} in, $${formatCount(price.outputMicro)} out`;

export const DENIAL_KINDS: Readonly<Record<DenialReason['kind'], string>> = {
  budget: 'over budget',
  rate: 'rate limit',
  release: 'released',
  tool: 'tool failed',
  policy: 'policy',
  failed: 'failed',
};

/** Why figures of rate limits open nothing (formats/aex.md §9). */
export const NO_RATE_ENTRY =
  'AEX writes no entry when a rate limit refuses a call, only a row of its older stream';
/** Why a policy of many executions opens nothing. */
export const NO_POLICY_ENTRY =
  'Entries do not name a policy: it stands in the row of each execution, and these are too many to be named';
/** What a count of requests opens, and why it is not the same. */
export const WINDOW_ENTRIES =
  'Show the entries of that minute. They are not the count: runs of tools are not in it, and a request that a policy refused has no entry';
const NO_WINDOW = 'When the window began can’t be read';

/** Seconds in which requests count for a window (formats/aex.md §9). */
const WINDOW_SECONDS = 60;

/** The entries of an agent in the minute of its rate window; null: nothing was counted in it, or its beginning can't be read. */
export function windowQuery(
  agent: string,
  rate: RateWindow,
): { readonly query: string | null; readonly none: string } {
  const stored = rate.windowStart ?? '';
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?$/.test(stored)
    ? Date.parse(`${stored}Z`)
    : Number.NaN;
  if (Number.isNaN(ms)) return { query: null, none: NO_WINDOW };
  if (rate.requests === 0) return { query: null, none: 'No request was counted in it' };
  // entries have whole seconds
  const from = Math.floor(ms / 1000) * 1e6;
  const query = ledgerQuery(ledgerTerm('agent', agent), timeTerm(from, from + (WINDOW_SECONDS + 1) * 1e6));
  return { query, none: NO_WINDOW };
}

/** What of a window is used: requests, and tokens where they are limited. */
export function rateWords(rate: RateWindow, rules: AccountRules): string {
  const requests = `${formatCount(rate.requests)} of ${formatCounted(rules.rpmLimit, 'request')}`;
  const tokens =
    rules.maxTokensPerMinute === null
      ? `${formatCounted(rate.tokens, 'token')}, no limit`
      : `${formatCount(rate.tokens)} of ${formatCounted(rules.maxTokensPerMinute, 'token')}`;
  return `${requests}, ${tokens}`;
}

const list = (names: readonly string[] | null, what: string): string | null =>
  names === null
    ? null
    : `${what} ${names.length === 0 ? 'none' : names.map((name) => visibleText(name).slice(0, 80)).join(', ')}`;

const most = (limit: number | null, what: string): string | null =>
  limit === null ? null : `at most ${formatCount(limit)} ${what}`;

/** What an agent may not do, or only so far. Rules that hold for every new agent are left out. */
export function ruleWords(rules: AccountRules): readonly string[] {
  return [
    `${formatCounted(rules.rpmLimit, 'request')} a minute`,
    most(rules.maxTokensPerMinute, 'tokens a minute'),
    most(rules.maxInputTokens, 'tokens in'),
    most(rules.maxOutputTokens, 'tokens out'),
    most(rules.maxTokensPerRequest, 'tokens a request'),
    list(rules.allowedModels, 'models only:'),
    list(rules.allowedTools, 'tools only:'),
    rules.streaming ? null : 'no streaming',
    rules.tools ? null : 'no tools',
    rules.functionCalling ? null : 'no function calling',
    rules.vision ? 'images allowed' : null,
    rules.strict ? 'strict (has no effect in AEX 2.0)' : null,
    rules.passthrough ? 'may bring a key of its own' : null,
    rules.tokenScope === 'execution' ? null : `token is ${visibleText(rules.tokenScope)}`,
    rules.tokenExpiresAt === null ? null : `token until ${visibleText(rules.tokenExpiresAt)}`,
  ].filter((words) => words !== null);
}
