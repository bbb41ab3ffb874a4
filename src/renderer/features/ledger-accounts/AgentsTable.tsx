import { Bot } from 'lucide-react';
import type { AccountDetail } from '../../../contract/ledger-accounts.ts';
import type { LedgerFinding, LedgerFindingKind } from '../../../contract/ledger-report.ts';
import { showEntries } from '../../state/ledgers.ts';
import { useSettings } from '../../state/settings.ts';
import { ledgerTerm } from '../../../core/aex/query/query.ts';
import { Badge } from '../../ui/badge/Badge.tsx';
import { formatCount, formatDateTime, formatMoney } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { roughMoney } from '../costs/chart/axis.ts';
import { localTimes } from '../ledger/local-times.ts';
import type { AccountFindings } from './differs.ts';
import { Differs } from './Differs.tsx';
import { EntriesFigure } from './EntriesFigure.tsx';
import { SortTable } from './SortTable.tsx';
import { availableOf, NO_RATE_ENTRY, ruleWords } from './words.ts';

/** Agents: budget against spent, what is held and left, how fast it goes, and what each may do. */
export function AgentsTable({
  source,
  rows,
  findings,
}: {
  readonly source: string;
  readonly rows: readonly AccountDetail[];
  readonly findings: AccountFindings;
}) {
  const zone = useSettings((state) => state.time);
  return (
    <SortTable
      label="Agents"
      rows={rows}
      keyOf={({ account }) => account.name}
      first={{ key: 'spent', down: true }}
      none="No agents yet."
      columns={[
        {
          key: 'name',
          label: 'Agent',
          sort: ({ account }) => account.name,
          renderCell: ({ account, rules }) => (
            <div className="la-name">
              <button
                type="button"
                className="figure la-agent"
                title="Show the statement of this agent"
                onClick={() => showEntries(source, '', account.name)}
              >
                <Bot className="icon" size={12} aria-hidden />
                <bdi className="truncate">{visibleText(account.name).slice(0, 120) || '(no name)'}</bdi>
              </button>
              {account.lifecycle !== 'READY' && (
                <Badge tone="warn" title={visibleText(account.lifecycleReason ?? '')}>
                  {visibleText(account.lifecycle).slice(0, 40)}
                </Badge>
              )}
              <Differs source={source} finding={findings.get(account.name)?.get('lifecycle-differs')} />
              <p className="la-rules">{localTimes(ruleWords(rules).join(', '), zone)}</p>
            </div>
          ),
        },
        {
          key: 'spent',
          label: 'Spent of budget',
          sort: ({ account }) => account.spentMicro,
          renderCell: ({ account, spent }) => (
            <Budget
              source={source}
              account={account}
              query={spent.query}
              findings={findings.get(account.name)}
            />
          ),
        },
        {
          key: 'reserved',
          label: 'Reserved',
          end: true,
          sort: ({ account }) => account.reservedMicro,
          renderCell: ({ account }) => (
            <>
              {account.reservedMicro === 0 ? (
                <span className="la-none">–</span>
              ) : (
                <EntriesFigure
                  source={source}
                  query={`${ledgerTerm('agent', account.name)} ${ledgerTerm('is', 'open')}`}
                  label="Show the open reservations"
                >
                  {formatMoney(account.reservedMicro)}
                </EntriesFigure>
              )}
              <Differs source={source} finding={findings.get(account.name)?.get('reserved-differs')} />
            </>
          ),
        },
        {
          key: 'available',
          label: 'Available',
          end: true,
          sort: availableOf,
          renderCell: (row) => <strong className="la-strong">{formatMoney(availableOf(row))}</strong>,
        },
        {
          key: 'tokens',
          label: 'Tokens in, out',
          end: true,
          wide: true,
          sort: ({ promptTokens, completionTokens }) => promptTokens + completionTokens,
          renderCell: ({ account, promptTokens, completionTokens, settlements }) => (
            <>
              <EntriesFigure
                source={source}
                query={settlements.value === 0 ? null : settlements.query}
                label="Show the settlements"
              >
                {settlements.value === 0
                  ? '–'
                  : `${formatCount(promptTokens)}, ${formatCount(completionTokens)}`}
              </EntriesFigure>
              <Differs source={source} finding={findings.get(account.name)?.get('tokens-differ')} />
            </>
          ),
        },
        {
          key: 'settled',
          label: 'Settled',
          end: true,
          sort: ({ settlements }) => settlements.value,
          renderCell: ({ settlements }) => (
            <EntriesFigure
              source={source}
              query={settlements.value === 0 ? null : settlements.query}
              label="Show the settlements"
            >
              {settlements.value === 0 ? '–' : formatCount(settlements.value)}
            </EntriesFigure>
          ),
        },
        {
          key: 'denied',
          label: 'Denied',
          end: true,
          sort: ({ denials }) => denials.value,
          renderCell: ({ denials, rateLimited }) => (
            <>
              {(denials.value > 0 || rateLimited === 0) && (
                <EntriesFigure
                  source={source}
                  query={denials.value === 0 ? null : denials.query}
                  label="Show the denials"
                >
                  {denials.value === 0 ? '–' : formatCount(denials.value)}
                </EntriesFigure>
              )}
              {rateLimited > 0 && (
                <span className="la-sub" title={NO_RATE_ENTRY}>
                  {formatCount(rateLimited)} by rate
                </span>
              )}
            </>
          ),
        },
        {
          key: 'burn',
          label: 'Burn',
          end: true,
          wide: true,
          sort: ({ account }) => account.burn?.microPerHour ?? null,
          renderCell: ({ account: { burn } }) =>
            burn === null ? (
              <span className="la-none" title="Nothing was spent lately">
                –
              </span>
            ) : (
              <EntriesFigure
                source={source}
                query={burn.query}
                label="Show the settlements it is estimated from"
              >
                ≈ {roughMoney(burn.microPerHour)} an hour
                <span className="la-sub">
                  <Badge>estimate</Badge>{' '}
                  {burn.exhaustedAtMicros === null
                    ? 'lasts'
                    : `ends ≈ ${formatDateTime(burn.exhaustedAtMicros, zone).replace(/:\d\d$/, '')}`}
                </span>
              </EntriesFigure>
            ),
        },
      ]}
    />
  );
}

type BudgetProps = {
  readonly source: string;
  readonly account: AccountDetail['account'];
  readonly query: string;
  readonly findings: ReadonlyMap<LedgerFindingKind, LedgerFinding> | undefined;
};

/** Spent (solid) and reserved (hatched) of the budget as a bar, and the figures. */
function Budget({ source, account, query, findings }: BudgetProps) {
  const { budgetMicro, spentMicro, reservedMicro, replayed } = account;
  const share = (micro: number) => `${Math.max(0, Math.min(100, (micro / Math.max(1, budgetMicro)) * 100))}%`;
  const used = budgetMicro > 0 && spentMicro + reservedMicro >= budgetMicro;
  const differs = replayed !== null && replayed.spentMicro !== spentMicro;
  return (
    <div className="la-budget">
      <span className="la-budget-figures">
        <EntriesFigure source={source} query={query} label="Show what was spent">
          {formatMoney(spentMicro)}
        </EntriesFigure>
        <span className="la-sub-inline"> of {formatMoney(budgetMicro)}</span>
        {used && <Badge tone="warn">used up</Badge>}
      </span>
      <span className="la-bar" aria-hidden>
        <span
          className={spentMicro > budgetMicro ? 'la-bar-over' : used ? 'la-bar-used' : ''}
          style={{ width: share(spentMicro) }}
        />
        <span className="la-bar-held" style={{ width: share(reservedMicro) }} />
      </span>
      <Differs source={source} finding={findings?.get('budget-differs')} />
      <Differs source={source} finding={findings?.get('spent-differs')} />
      {differs && !findings?.has('spent-differs') && (
        <span className="la-sub">{formatMoney(replayed.spentMicro)} by its entries as they stand</span>
      )}
    </div>
  );
}
