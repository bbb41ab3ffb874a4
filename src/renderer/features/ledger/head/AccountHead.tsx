import { Bot, ChevronDown, ReceiptText, WalletCards } from 'lucide-react';
import type { LedgerReport } from '../../../../contract/ledger-report.ts';
import type { LedgerOverview } from '../../../../contract/ledger.ts';
import { openAccounts, openProof } from '../../../state/tabs.ts';
import { Badge } from '../../../ui/badge/Badge.tsx';
import { Button } from '../../../ui/button/Button.tsx';
import { formatMoney } from '../../../ui/format.ts';
import { Menu } from '../../../ui/menu/Menu.tsx';
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx';
import { visibleText } from '../../../ui/visible-text.ts';
import { openFinding } from '../timeline/open.ts';
import { accountChoices } from './choices.ts';
import { besideFigure, blamesCounters, headFigures } from './figures.ts';
import './head.css';

type Props = {
  readonly source: string;
  readonly overview: LedgerOverview;
  readonly report: LedgerReport | null;
  readonly agent: string | null;
};

/** Whose account the statement shows, what it holds, what the replay makes of it where that differs (in bad colour unless it is the entries that are doubted), and what is proved. */
export function AccountHead({ source, overview, report, agent }: Props) {
  const { accounts, ready } = overview;
  const figures = headFigures(accounts, agent);
  const account = agent === null ? null : accounts.find(({ name }) => name === agent);
  const replayed = figures?.replayed ?? null;
  const proved = figures?.proved ?? null;
  const beside = (key: 'spentMicro' | 'reservedMicro' | 'availableMicro') =>
    besideFigure(figures?.[key] ?? 0, replayed?.[key] ?? null, proved?.[key] ?? null);
  const besides = {
    spentMicro: beside('spentMicro'),
    reservedMicro: beside('reservedMicro'),
    availableMicro: beside('availableMicro'),
  };
  const provedOf = (micro: number | null) => {
    const by = proved?.by[0];
    if (micro === null || proved === null || by === undefined) return null;
    const words = proved.whole ? 'as proved' : 'as far as proved';
    return { micro, words, onShow: () => openFinding(source, by) };
  };
  const counters = blamesCounters(report?.findings ?? [], agent);
  const budget =
    report?.findings.find(
      (finding) => finding.kind === 'budget-differs' && (agent === null || finding.agent === agent),
    ) ?? null;
  return (
    <header className="lg-head">
      <Menu
        entries={() => accountChoices(source, accounts, agent)}
        trigger={
          <Button
            icon={Bot}
            className="lg-agent"
            aria-label={`Account of ${agent === null ? 'all agents' : visibleText(agent)}`}
            end={<ChevronDown className="icon" size={14} aria-hidden />}
          >
            <bdi>{agent === null ? 'All agents' : visibleText(agent) || '(no name)'}</bdi>
          </Button>
        }
      />
      {figures === null ? (
        <p className="lg-gone">This agent is not in the table of agents any more. Its entries are below.</p>
      ) : (
        <dl className="lg-figures">
          <Figure
            name="Budget"
            micro={figures.budgetMicro}
            other={
              budget === null ||
              budget.expected === null ||
              budget.provedMicro !== undefined ||
              (agent === null && accounts.length > 1)
                ? null
                : `${visibleText(budget.expected).slice(0, 40)} by a denial`
            }
            bad={budget !== null}
            proved={provedOf(
              proved === null || proved.budgetMicro === figures.budgetMicro ? null : proved.budgetMicro,
            )}
          />
          <Figure
            name="Spent"
            micro={figures.spentMicro}
            other={byReplay(besides.spentMicro.replayed, counters)}
            calm={!counters}
            proved={provedOf(besides.spentMicro.proved)}
          />
          <Figure
            name="Reserved"
            micro={figures.reservedMicro}
            other={byReplay(besides.reservedMicro.replayed, counters)}
            calm={!counters}
            proved={provedOf(besides.reservedMicro.proved)}
          />
          <Figure
            name="Available"
            micro={figures.availableMicro}
            other={byReplay(besides.availableMicro.replayed, counters)}
            calm={!counters}
            proved={provedOf(besides.availableMicro.proved)}
          />
          {!ready && (
            <div className="lg-figure">
              <dt>By replay</dt>
              <dd>
                <span className="visually-hidden">being read</span>
                <Skeleton width={88} />
              </dd>
            </div>
          )}
        </dl>
      )}
      {account !== null && account !== undefined && account.lifecycle !== 'READY' && (
        <Badge tone="warn" title={account.lifecycleReason ?? 'Only an agent in READY may execute'}>
          {visibleText(account.lifecycle)}
        </Badge>
      )}
      <span className="lg-head-actions">
        <Button icon={WalletCards} className="lg-head-button" onClick={() => openAccounts(source)}>
          Accounts
        </Button>
        <Button icon={ReceiptText} className="lg-head-button" onClick={() => openProof(source)}>
          Proof
        </Button>
      </span>
    </header>
  );
}

/** What the replay makes of a figure, where that is another one. */
const byReplay = (replayed: number | null, counters: boolean): string | null =>
  replayed === null ? null : `${formatMoney(replayed)} ${counters ? 'by replay' : 'by its entries'}`;

type FigureProps = {
  readonly name: string;
  readonly micro: number;
  /** what other records make of it, in words; null: the same, or nothing is known */
  readonly other: string | null;
  readonly bad?: boolean;
  /** it is the entries that a finding doubts, not this figure */
  readonly calm?: boolean;
  /** what a check proves it to be; null: no otherwise */
  readonly proved: { readonly micro: number; readonly words: string; readonly onShow: () => void } | null;
};

function Figure({ name, micro, other, bad = false, calm = false, proved }: FigureProps) {
  return (
    <div className="lg-figure" data-bad={bad || undefined}>
      <dt>{name}</dt>
      <dd>{formatMoney(micro)}</dd>
      {other !== null && (
        <dd
          className="lg-other"
          data-calm={calm || undefined}
          {...(calm
            ? { title: 'As the entries stand; a finding says that one of them is not what was written' }
            : {})}
        >
          {other}
        </dd>
      )}
      {proved !== null && (
        <dd className="lg-proved">
          <button type="button" title="Show what proves it" onClick={proved.onShow}>
            {formatMoney(proved.micro)} {proved.words}
          </button>
        </dd>
      )}
    </div>
  );
}
