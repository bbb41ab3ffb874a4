import {
  ArrowDownWideNarrow,
  Download,
  FileDiff,
  Layers,
  ListFilter,
  ReceiptText,
  ScrollText,
  ShieldCheck,
  TriangleAlert,
  UserRound,
  WalletCards,
} from 'lucide-react';
import type { Command } from '../../app/commands.ts';
import { verifyLedger } from '../../app/ledger-check.ts';
import { lookOf, setLook, showEntries, useLedgersStore } from '../../state/ledgers.ts';
import { openAccounts, openLedger, openProof } from '../../state/tabs.ts';
import { nearestLedger } from '../../state/workspace.ts';
import { formatCounted, formatMoney } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { exportEntries } from '../ledger/export.ts';
import { viewOf } from '../ledger/query/view.ts';
import { exportProof } from '../proof/export.ts';

const group = 'Actions';

/** What can be done with the ledger in front, else with the first one; nothing where the folder has none. */
export function ledgerCommands(): readonly Command[] {
  const source = nearestLedger();
  if (source === null) return [];
  const overview = useLedgersStore.getState().ledgers[source]?.value ?? null;
  return [
    {
      id: 'ledger',
      group,
      label: 'Show the ledger',
      icon: ScrollText,
      ...(overview === null ? {} : { detail: formatCounted(overview.counts.events, 'entry', 'entries') }),
      run: () => openLedger(source),
    },
    {
      id: 'accounts',
      group,
      label: 'Show accounts, models, rates and tools',
      icon: WalletCards,
      run: () => openAccounts(source),
    },
    {
      id: 'proof',
      group,
      label: 'Show the proof of the ledger',
      icon: ReceiptText,
      run: () => openProof(source),
    },
    {
      id: 'ledger-export-proof',
      group,
      label: 'Export the proof of the ledger',
      detail: 'its entries with their hashes, as JSON',
      icon: Download,
      run: () => void exportProof(source, overview?.path ?? ''),
    },
    {
      id: 'ledger-compare',
      group,
      label: 'Compare the ledger with another copy',
      icon: FileDiff,
      run: () => {
        openProof(source);
        focusWhenThere('.pf-compare :is(select, input)');
      },
    },
    {
      id: 'ledger-filter',
      group,
      label: 'Filter the entries of the ledger',
      icon: ListFilter,
      run: () => {
        openLedger(source);
        focusWhenThere('.lb-bar input');
      },
    },
    {
      id: 'verify-ledger',
      group,
      label: 'Verify the ledger',
      detail: 'recomputes every hash and balance',
      icon: ShieldCheck,
      run: () => {
        openLedger(source);
        void verifyLedger(source);
      },
    },
    ...statementCommands(source),
    ...(overview?.accounts ?? []).map(({ name, budgetMicro, spentMicro }): Command => ({
      id: `account-${name}`,
      group: 'Agents',
      label: `Account of ${visibleText(name)}`,
      detail: `${formatMoney(spentMicro)} of ${formatMoney(budgetMicro)}`,
      icon: UserRound,
      run: () => {
        setLook(source, { agent: name });
        openLedger(source);
      },
    })),
  ];
}

/** For so many frames a view may take to be drawn. */
const FRAMES = 120;

/** Moves the focus to a field of a view that is only being opened. */
function focusWhenThere(selector: string, frames = FRAMES): void {
  const field = document.querySelector<HTMLElement>(selector);
  if (field !== null) field.focus();
  else if (frames > 0) requestAnimationFrame(() => focusWhenThere(selector, frames - 1));
}

function statementCommands(source: string): readonly Command[] {
  return [
    {
      id: 'ledger-anomalies',
      group,
      label: 'Show what is unusual in the ledger first',
      icon: ArrowDownWideNarrow,
      run: () => {
        setLook(source, { sort: 'odd', query: '', range: null });
        openLedger(source);
      },
    },
    {
      id: 'ledger-findings',
      group,
      label: 'Show entries with a finding',
      icon: TriangleAlert,
      run: () => showEntries(source, 'is:finding'),
    },
    {
      id: 'ledger-group',
      group,
      label: lookOf(source).group === 'entries' ? 'Group entries by execution' : 'Show entries one by one',
      icon: Layers,
      run: () => {
        setLook(source, { group: lookOf(source).group === 'entries' ? 'executions' : 'entries' });
        openLedger(source);
      },
    },
    {
      id: 'ledger-csv',
      group,
      label: 'Export the entries shown as CSV',
      icon: Download,
      run: () => void exportEntries(source, viewOf(lookOf(source)), 'csv'),
    },
  ];
}
