/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a table can not hold rows of which only some are drawn */
import { Copy, ListFilter, ReceiptText, ScrollText, ShieldCheck, ShieldQuestion } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { LedgerFinding } from '../../../contract/ledger-report.ts';
import { verifyLedger } from '../../app/ledger-check.ts';
import { useLedgerReport } from '../../app/ledger-report.ts';
import { useLedgerOverview } from '../../app/ledgers.ts';
import { useCheck } from '../../state/check.ts';
import { setLook, showEntry } from '../../state/ledgers.ts';
import { useSettings } from '../../state/settings.ts';
import { openLedger, openProof } from '../../state/tabs.ts';
import { Button } from '../../ui/button/Button.tsx';
import { EmptyState } from '../../ui/empty/EmptyState.tsx';
import { TextField } from '../../ui/field/TextField.tsx';
import { formatCount, formatCounted } from '../../ui/format.ts';
import { RowGrid, useRowGrid } from '../../ui/grid/RowGrid.tsx';
import { SkeletonRows } from '../../ui/skeleton/Skeleton.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import { FindingIcon } from '../ledger/findings/FindingsList.tsx';
import { selectionOf } from '../ledger/findings/pick.ts';
import { findingTitle } from '../ledger/findings/words.ts';
import { copyFinding } from '../ledger/export.ts';
import { toldText } from '../ledger/told.ts';
import '../ledger/findings/findings.css';
import './problems.css';

const SCOPE = { name: 'ledger-problems', label: 'Problems' };

/** What does not add up in a ledger, below the views: one line each, and the way to its entry. */
export function LedgerProblems({ source }: { readonly source: string }) {
  const summary = useLedgerOverview(source).value?.report ?? null;
  const { value } = useLedgerReport(source);
  if (summary === null || summary.stale) return <NotChecked source={source} stale={summary !== null} />;
  if (value === null) return <SkeletonRows rows={4} label="Reading problems" />;
  if (value.findings.length === 0) {
    return (
      <EmptyState
        icon={ShieldCheck}
        title="No problems: the chain holds and all records agree"
        actions={
          <Button size="small" onClick={() => openProof(source)}>
            Open Proof
          </Button>
        }
      >
        <p>Proof lists what was checked, and what nothing is known about.</p>
      </EmptyState>
    );
  }
  return <Findings source={source} findings={value.findings} />;
}

function NotChecked({ source, stale }: { readonly source: string; readonly stale: boolean }) {
  const running = useCheck(source).running !== null;
  return (
    <EmptyState
      icon={ShieldQuestion}
      title={stale ? 'The ledger changed since the last check' : 'Not checked yet'}
      actions={
        <Button size="small" disabled={running} onClick={() => void verifyLedger(source)}>
          {running ? 'Checking' : 'Verify'}
        </Button>
      }
    >
      <p>A check recomputes every hash and balance, and compares all records with each other.</p>
    </EmptyState>
  );
}

/** Goes to what a finding is about in the statement. */
function show(source: string, finding: LedgerFinding): void {
  const selected = selectionOf(finding);
  if (selected.kind === 'entry') showEntry(source, selected.seq);
  else {
    setLook(source, { selected });
    openLedger(source);
  }
}

function Findings({
  source,
  findings,
}: {
  readonly source: string;
  readonly findings: readonly LedgerFinding[];
}) {
  const [filter, setFilter] = useState('');
  const rows = useMemo(() => {
    const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
    return findings.filter((finding) => {
      const { message, kind, agent, executionId } = finding;
      const text = [findingTitle(finding), message, kind, agent, executionId].join('\n').toLowerCase();
      return words.every((word) => text.includes(word));
    });
  }, [findings, filter]);
  const open = (index: number) => {
    const finding = rows[index];
    if (finding !== undefined) show(source, finding);
  };
  const grid = useRowGrid({
    scope: SCOPE,
    count: rows.length,
    keyOf: (index) => index,
    keys: (index) => [{ keys: 'Enter', label: 'Go to the entry', run: () => open(index) }],
    menuLabel: 'What you can do about a problem',
  });
  return (
    <section className="pane" aria-label="Problems">
      <div className="pane-bar">
        <TextField
          label="Filter problems"
          hideLabel
          placeholder="Filter by words, agent or execution"
          icon={ListFilter}
          value={filter}
          onChange={setFilter}
          className="pane-filter"
        />
        <Button size="small" look="quiet" icon={ReceiptText} onClick={() => openProof(source)}>
          Open Proof
        </Button>
        <output className="pane-count">
          {rows.length === findings.length
            ? formatCounted(findings.length, 'finding')
            : `${formatCount(rows.length)} of ${formatCount(findings.length)}`}
        </output>
      </div>
      <RowGrid
        grid={grid}
        id="ledger-problem"
        label="Problems"
        className="problems-grid ledger-problems-grid"
        none="No finding holds these words."
        entries={() => {
          const finding = rows[grid.at];
          if (finding === undefined) return [];
          return [
            {
              label: 'Show it in the ledger',
              icon: ScrollText,
              keys: 'Enter',
              run: () => show(source, finding),
            },
            { label: 'Copy finding', icon: Copy, run: () => void copyFinding(finding) },
          ];
        }}
        onOpen={open}
        head={
          <>
            <span role="columnheader" className="pane-cell">
              Problem
            </span>
            <span role="columnheader" className="pane-cell">
              How it is known
            </span>
            <span role="columnheader" className="pane-cell">
              Agent
            </span>
          </>
        }
      >
        {(index) => {
          const finding = rows[index];
          return finding === undefined ? null : <Cells finding={finding} />;
        }}
      </RowGrid>
    </section>
  );
}

function Cells({ finding }: { readonly finding: LedgerFinding }) {
  const title = findingTitle(finding);
  const zone = useSettings((state) => state.time);
  return (
    <>
      <span role="gridcell" className="pane-cell pane-problem">
        <FindingIcon finding={finding} />
        <span className="truncate" title={title}>
          {title}
        </span>
      </span>
      <span role="gridcell" className="pane-cell truncate" title={toldText(finding.message, zone)}>
        {toldText(finding.message, zone)}
      </span>
      <span role="gridcell" className="pane-cell truncate">
        {finding.agent !== null && <bdi>{visibleText(finding.agent)}</bdi>}
      </span>
    </>
  );
}
