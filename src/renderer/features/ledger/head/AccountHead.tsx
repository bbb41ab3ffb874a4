import { Bot, ChevronDown, ReceiptText, WalletCards } from 'lucide-react';
import type { LedgerReport } from '../../../../contract/ledger-report.ts';
import type { LedgerOverview } from '../../../../contract/ledger.ts';
import { setLook } from '../../../state/ledgers.ts';
import { openAccounts, openProof } from '../../../state/tabs.ts';
import { Badge } from '../../../ui/badge/Badge.tsx';
import { Button } from '../../../ui/button/Button.tsx';
import { formatMoney } from '../../../ui/format.ts';
import { Menu, type MenuEntry } from '../../../ui/menu/Menu.tsx';
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx';
import { visibleText } from '../../../ui/visible-text.ts';
import { headFigures } from './figures.ts';
import './head.css';

type Props = {
  readonly source: string;
  readonly overview: LedgerOverview;
  readonly report: LedgerReport | null;
  readonly agent: string | null;
};

/** Whose account the statement shows, what it holds, and in bad colour what the replay makes of it where that differs. */
export function AccountHead({ source, overview, report, agent }: Props) {
  const { accounts, ready } = overview;
  const figures = headFigures(accounts, agent);
  const account = agent === null ? null : accounts.find(({ name }) => name === agent);
  const replayed = figures?.replayed ?? null;
  const budget =
    report?.findings.find(
      (finding) => finding.kind === 'budget-differs' && (agent === null || finding.agent === agent),
    ) ?? null;
  const differs =
    budget !== null ||
    (replayed !== null &&
      (replayed.spentMicro !== figures?.spentMicro || replayed.reservedMicro !== figures.reservedMicro));
  const choices = (): readonly MenuEntry[] => [
    { label: 'All agents', checked: agent === null, run: () => setLook(source, { agent: null }) },
    ...(accounts.length > 0 ? (['separator'] as const) : []),
    ...accounts.map(({ name }) => ({
      label: visibleText(name) || '(no name)',
      checked: name === agent,
      run: () => setLook(source, { agent: name }),
    })),
  ];
  return (
    <header className="lg-head" data-differs={differs || undefined}>
      <Menu
        entries={choices}
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
          <Figure name="Budget" micro={figures.budgetMicro} bad={budget !== null} />
          {budget !== null && budget.expected !== null && (agent !== null || accounts.length === 1) && (
            <Figure name="Budget by a denial" text={visibleText(budget.expected).slice(0, 40)} bad />
          )}
          <Figure name="Spent" micro={figures.spentMicro} />
          {replayed !== null && replayed.spentMicro !== figures.spentMicro && (
            <Figure name="Spent by replay" micro={replayed.spentMicro} bad />
          )}
          <Figure name="Reserved" micro={figures.reservedMicro} />
          {replayed !== null && replayed.reservedMicro !== figures.reservedMicro && (
            <Figure name="Reserved by replay" micro={replayed.reservedMicro} bad />
          )}
          <Figure name="Available" micro={figures.availableMicro} />
          {replayed !== null && replayed.availableMicro !== figures.availableMicro && (
            <Figure name="Available by replay" micro={replayed.availableMicro} bad />
          )}
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

type FigureProps = { readonly name: string; readonly bad?: boolean } & (
  | { readonly micro: number; readonly text?: undefined }
  | { readonly text: string; readonly micro?: undefined }
);

function Figure({ name, micro, text, bad = false }: FigureProps) {
  return (
    <div className="lg-figure" data-bad={bad || undefined}>
      <dt>{name}</dt>
      <dd>{micro === undefined ? text : formatMoney(micro)}</dd>
    </div>
  );
}
