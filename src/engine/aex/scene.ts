import type { LedgerView } from '../../contract/ledger.ts';
import type { LedgerIndex } from '../../core/aex/columns.ts';
import { modelsMark, readModels, type Models } from '../../core/aex/config/models.ts';
import type { LedgerPaths } from '../../core/aex/paths.ts';
import { roundedMicro, type AccountRow } from '../../core/aex/rows.ts';
import { formMasker, type Masker } from '../../core/aex/secrets.ts';
import { balancesOf } from '../../core/aex/views/balances.ts';
import type { LedgerFacts } from '../../core/aex/views/facts.ts';
import { makeView, type LedgerViewLines } from '../../core/aex/views/view.ts';
import { limits } from '../../core/storage/limits.ts';
import { createLatest, type Latest } from '../latest.ts';
import type { EngineOptions } from '../options.ts';
import { stretchesSeen } from '../../core/aex/execution/chain-state.ts';
import type { LedgerChecks } from './checks.ts';
import type { LedgerLive } from './live.ts';
import type { PolicyCounts } from './policy-counts.ts';
import type { Pulse } from './pulse.ts';
import type { RowFacts } from './row.ts';

/** What the answers about one ledger are made of. */
export type LedgerScene = {
  readonly paths: LedgerPaths;
  readonly options: EngineOptions;
  readonly live: LedgerLive;
  readonly checks: LedgerChecks;
  readonly writing: Pulse;
  readonly policies: PolicyCounts;
  masker(): Masker;
  models(): Models | null;
  facts(): LedgerFacts;
  rowFacts(index: LedgerIndex | null, agent: string | null): RowFacts;
  /** the lines of a view, kept as long as nothing they are made of changes */
  view(index: LedgerIndex, view: LedgerView): LedgerViewLines;
};

const NO_ACCOUNTS: readonly AccountRow[] = [];
const budgets = new WeakMap<readonly AccountRow[], LedgerFacts['budgets']>();

/** The budgets of a state of the ledger, made once: it can have a hundred thousand agents. */
function budgetsOf(accounts: readonly AccountRow[]): LedgerFacts['budgets'] {
  const known =
    budgets.get(accounts) ?? new Map(accounts.map((row) => [row.name, roundedMicro(row, 'budgetMicro')]));
  budgets.set(accounts, known);
  return known;
}

type Parts = Pick<LedgerScene, 'paths' | 'options' | 'live' | 'checks' | 'writing' | 'policies'>;

export function createScene(parts: Parts): LedgerScene {
  const { paths, live, checks } = parts;
  let priced: { readonly mark: string; readonly models: Models | null } | null = null;
  let kept: { key: readonly unknown[]; views: Latest<LedgerViewLines> } | null = null;

  function models(): Models | null {
    const mark = modelsMark(paths);
    if (priced?.mark !== mark) priced = { mark, models: readModels(paths) };
    return priced.models;
  }

  function facts(): LedgerFacts {
    const { brief } = live.now();
    const config = models();
    const report = checks.stale() ? null : checks.last();
    return {
      budgets: budgetsOf(brief?.accounts ?? NO_ACCOUNTS),
      findings: checks.stale() ? new Map() : checks.findings(),
      gaps: checks.stale() ? [] : checks.gaps(),
      ...(report === null ? {} : { told: report.findings, stretches: report.stretches }),
      prices: config === null || config.problem !== null ? null : config.models,
      nowMicros: Date.now() * 1000,
    };
  }

  /** Views count only for what they were made of; expiry is looked at anew with each change. */
  function viewsOf(index: LedgerIndex): Latest<LedgerViewLines> {
    const key = [
      index,
      index.columns.count,
      live.now().brief?.accounts,
      checks.findings(),
      checks.stale(),
      models(),
    ];
    if (kept === null || key.some((part, at) => part !== kept!.key[at])) {
      kept = { key, views: createLatest(limits.ledgerViews) };
    }
    return kept.views;
  }

  return {
    ...parts,
    masker: () => live.now().brief?.masker ?? formMasker,
    models,
    facts,
    rowFacts(index, agent) {
      const now = facts();
      return {
        ...now,
        index,
        balance: index === null ? null : balancesOf(index.columns, agent, now),
        stretches: stretchesSeen(checks.last(), checks.stale()),
      };
    },
    view(index, view) {
      const views = viewsOf(index);
      const id = JSON.stringify(view);
      const known = views.get(id);
      if (known !== null) {
        views.keep(id, known);
        return known;
      }
      const made = makeView(index.columns, view, facts());
      views.keep(id, made);
      return made;
    },
  };
}
