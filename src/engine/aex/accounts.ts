import type { AccountDetail, DenialReason, LedgerAccounts } from '../../contract/ledger-accounts.ts';
import type { Account, LedgerFigure } from '../../contract/ledger.ts';
import type { LedgerIndex } from '../../core/aex/columns.ts';
import type { Models } from '../../core/aex/config/models.ts';
import { accountsOf } from '../../core/aex/figures/accounts.ts';
import { denialsOf, toolRuns } from '../../core/aex/figures/denials.ts';
import { modelsOf } from '../../core/aex/figures/models.ts';
import { spendBy } from '../../core/aex/figures/spend.ts';
import { ledgerQuery, ledgerTerm } from '../../core/aex/query/query.ts';
import type { LedgerLook } from '../../core/aex/store.ts';
import { limits } from '../../core/storage/limits.ts';
import { rateDenials, rateWindows, rulesOf, type RateDenial } from './account-rules.ts';
import { pluginsOf, policiesOf } from './account-tools.ts';
import type { LedgerBrief } from './brief.ts';
import type { PolicyCounts } from './policy-counts.ts';

export type AccountsParts = {
  readonly brief: LedgerBrief;
  readonly index: LedgerIndex;
  readonly accounts: readonly Account[];
  readonly models: Models | null;
  readonly policies: PolicyCounts;
  readonly revision: number;
  readonly nowMicros: number;
};

/** Agents, models, days, refusals, tools and policies with their figures. */
export function ledgerAccounts(look: LedgerLook, parts: AccountsParts): LedgerAccounts {
  const { brief, index, models } = parts;
  const { columns } = index;
  const names = brief.accounts.map(({ name }) => name);
  const figures = accountsOf(columns, names);
  const windows = rateWindows(look, parts.nowMicros);
  const limited = rateDenials(look);
  const limitedOf = new Map<string | null, number>();
  for (const { agent, count } of limited) limitedOf.set(agent, (limitedOf.get(agent) ?? 0) + count);
  const runs = toolRuns(columns);
  const tools = pluginsOf(look, runs);
  const prices = models === null || models.problem !== null ? null : models.models;
  return {
    revision: parts.revision,
    accounts: brief.accounts.map((row, at): AccountDetail => {
      const own = figures.get(row.name);
      const none = (term: string): LedgerFigure => ({
        value: 0,
        query: ledgerQuery(ledgerTerm('agent', row.name), term),
      });
      return {
        account: parts.accounts[at]!,
        rules: rulesOf(row),
        rate: windows.get(row.name) ?? null,
        promptTokens: row.promptTokens ?? 0,
        completionTokens: row.completionTokens ?? 0,
        settlements: own?.settlements ?? none('is:settlement'),
        releases: own?.releases ?? none('type:release'),
        denials: own?.denials ?? none('is:denied'),
        overruns: own?.overruns ?? none('is:overrun'),
        rateLimited: limitedOf.get(row.name) ?? 0,
        spent: own?.spent ?? none('is:settlement'),
      };
    }),
    models: modelsOf(columns, prices),
    days: spendBy(columns, 'day'),
    denials: bounded([...denialsOf(columns), ...byReason(limited)]),
    tools,
    policies: policiesOf(look, parts.policies.of(look), names, [
      ...new Set([...tools.map(({ name }) => name), ...runs.keys()]),
    ]),
    config:
      models === null
        ? null
        : { path: models.path, problem: models.problem, defaultModel: models.defaultModel },
  };
}

function byReason(limited: readonly RateDenial[]): DenialReason[] {
  const counts = new Map<string, number>();
  for (const { reason, count } of limited) counts.set(reason, (counts.get(reason) ?? 0) + count);
  return [...counts].map(([reason, count]) => ({ reason, kind: 'rate', count, query: null }));
}

/** The most frequent ones; the others of each kind are counted together. */
function bounded(reasons: readonly DenialReason[]): DenialReason[] {
  const sorted = reasons.toSorted((a, b) => b.count - a.count);
  const shown = sorted.slice(0, limits.ledgerReasons);
  const others = new Map<DenialReason['kind'], { reasons: number; count: number }>();
  for (const { kind, count } of sorted.slice(limits.ledgerReasons)) {
    const known = others.get(kind) ?? { reasons: 0, count: 0 };
    others.set(kind, { reasons: known.reasons + 1, count: known.count + count });
  }
  return [
    ...shown,
    ...Array.from(others, ([kind, other]): DenialReason => ({
      reason: `${other.reasons.toLocaleString('en-US')} other reasons`,
      kind,
      count: other.count,
      query: null,
    })),
  ];
}
