/* oxlint-disable jsx-a11y/no-noninteractive-tabindex -- what scrolls takes the keys */
import { Users } from 'lucide-react';
import type { LedgerAccounts } from '../../../contract/ledger-accounts.ts';
import { api } from '../../app/engine.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { Button } from '../../ui/button/Button.tsx';
import { EmptyState } from '../../ui/empty/EmptyState.tsx';
import { FailureState } from '../../ui/empty/FailureState.tsx';
import { formatCount, formatDate, formatMoney, shortHash } from '../../ui/format.ts';
import { SkeletonRows } from '../../ui/skeleton/Skeleton.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import { AgentsTable } from './AgentsTable.tsx';
import { EntriesFigure } from './EntriesFigure.tsx';
import { ModelsTable, RatesTable, ToolsTable } from './Tables.tsx';
import { SortTable } from './SortTable.tsx';
import { DENIAL_KINDS, NO_POLICY_ENTRY, NO_RATE_ENTRY } from './words.ts';
import { useAccountFindings } from './use-account-findings.ts';
import './accounts.css';

/** Budgets, models, days, refusals, rates, tools and policies of a ledger; every figure opens its entries. */
export function AccountsView({ source }: { readonly source: string }) {
  const { value, error, again } = useAnswer(source, 'accounts', () => api.ledger.accounts({ source }));
  if (value !== null) return <Loaded source={source} value={value} stale={error?.message ?? null} />;
  if (error === null) return <SkeletonRows rows={14} label="Reading the accounts" />;
  return (
    <FailureState
      error={error}
      actions={
        <Button size="small" onClick={again}>
          Read again
        </Button>
      }
    />
  );
}

/** From a million dollars on, amounts need more room. */
const RICH_MICRO = 1e12;

type LoadedProps = { readonly source: string; readonly value: LedgerAccounts; readonly stale: string | null };

function Loaded({ source, value, stale }: LoadedProps) {
  const { accounts, models, days, denials, tools, policies, config } = value;
  const findings = useAccountFindings(source);
  if (accounts.length === 0 && models.length === 0) {
    return (
      <EmptyState icon={Users} title="No agents yet">
        <p>Agents appear here when “aex agent create” made the first one.</p>
      </EmptyState>
    );
  }
  const rated = accounts.filter(({ rate }) => rate !== null);
  return (
    <section
      className="la"
      aria-label="Accounts"
      data-rich={accounts.some(({ account }) => account.budgetMicro >= RICH_MICRO) || undefined}
      tabIndex={0}
      data-key-default=""
      data-key-scope="ledger-accounts"
    >
      {stale !== null && <p className="la-bad la-note">{stale} What stands here is from before.</p>}
      <Part title="Agents" count={accounts.length}>
        <AgentsTable source={source} rows={accounts} findings={findings} />
      </Part>
      <Part title="Models" count={models.length} note={configWords(config)}>
        <ModelsTable source={source} rows={models} />
      </Part>
      <div className="la-pair">
        <Part title="Days" count={days.length} note="UTC">
          <SortTable
            label="Days"
            rows={days}
            keyOf={({ key }) => key}
            first={{ key: 'day', down: true }}
            none="Nothing was spent yet."
            columns={[
              { key: 'day', label: 'Day', sort: ({ key }) => key, renderCell: ({ key }) => dayWords(key) },
              {
                key: 'settlements',
                label: 'Settled',
                end: true,
                sort: ({ settlements }) => settlements,
                renderCell: ({ settlements }) => formatCount(settlements),
              },
              {
                key: 'spent',
                label: 'Spent',
                end: true,
                sort: ({ spentMicro }) => spentMicro,
                renderCell: ({ key, query, spentMicro }) => (
                  <EntriesFigure source={source} query={query} label={`Show the entries of ${key}`}>
                    {formatMoney(spentMicro)}
                  </EntriesFigure>
                ),
              },
            ]}
          />
        </Part>
        <Part title="Refused and given back" count={denials.length}>
          <SortTable
            label="Refused and given back"
            rows={denials}
            keyOf={({ kind, reason }) => `${kind} ${reason}`}
            first={{ key: 'count', down: true }}
            none="Nothing was refused."
            columns={[
              {
                key: 'reason',
                label: 'What was said',
                sort: ({ reason }) => reason,
                renderCell: ({ reason, query }) => (
                  <span className="la-reason">
                    {visibleText(reason).slice(0, 300)}
                    {query === null && <span className="la-sub">no entry has it, only the older stream</span>}
                  </span>
                ),
              },
              {
                key: 'kind',
                label: 'Kind',
                sort: ({ kind }) => kind,
                renderCell: ({ kind }) => DENIAL_KINDS[kind],
              },
              {
                key: 'count',
                label: 'Times',
                end: true,
                sort: ({ count }) => count,
                renderCell: ({ count, query }) => (
                  <EntriesFigure source={source} query={query} label="Show the entries" none={NO_RATE_ENTRY}>
                    {formatCount(count)}
                  </EntriesFigure>
                ),
              },
            ]}
          />
        </Part>
      </div>
      {rated.length > 0 && (
        <Part title="Rate windows" count={rated.length} note="one minute from the first request">
          <RatesTable source={source} rows={rated} findings={findings} />
        </Part>
      )}
      {tools.length > 0 && (
        <Part title="Tools" count={tools.length}>
          <ToolsTable source={source} rows={tools} />
        </Part>
      )}
      {policies.length > 0 && (
        <Part title="Policies" count={policies.length}>
          <SortTable
            label="Policies"
            rows={policies}
            keyOf={({ policyHash }) => policyHash ?? 'none'}
            first={{ key: 'executions', down: true }}
            none=""
            columns={[
              {
                key: 'hash',
                label: 'Decision',
                renderCell: ({ policyHash, text }) => (
                  <span>
                    {visibleText(text)}{' '}
                    {policyHash !== null && (
                      <span className="hash la-hash" title={policyHash}>
                        {visibleText(shortHash(policyHash))}
                      </span>
                    )}
                  </span>
                ),
              },
              {
                key: 'executions',
                label: 'Executions',
                end: true,
                sort: ({ executions }) => executions,
                renderCell: ({ executions, query }) => (
                  <EntriesFigure
                    source={source}
                    query={query}
                    label="Show the entries of these executions"
                    none={NO_POLICY_ENTRY}
                  >
                    {formatCount(executions)}
                  </EntriesFigure>
                ),
              },
            ]}
          />
        </Part>
      )}
    </section>
  );
}

/** A UTC day as days are shown everywhere. */
const dayWords = (day: string): string => {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? day : formatDate(at * 1000, 'utc');
};

function configWords(config: LedgerAccounts['config']): string {
  if (config === null) return 'no models.yaml beside the database: prices are unknown';
  const { path, problem, defaultModel } = config;
  if (problem !== null) return `${visibleText(path)} can’t be read: ${visibleText(problem)}`;
  return `prices from ${visibleText(path)}${defaultModel === null ? '' : `, default ${visibleText(defaultModel)}`}`;
}

type PartProps = {
  readonly title: string;
  readonly count: number;
  readonly note?: string;
  readonly children: React.ReactNode;
};

function Part({ title, count, note, children }: PartProps) {
  const id = `la-${title.toLowerCase().replaceAll(' ', '-')}`;
  return (
    <section className="la-part" aria-labelledby={id}>
      <header>
        <h3 id={id}>{title}</h3>
        <span className="la-count">{formatCount(count)}</span>
        {note !== undefined && <span className="la-part-note">{note}</span>}
      </header>
      {children}
    </section>
  );
}
