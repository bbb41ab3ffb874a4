import { Copy, Link2, MousePointerClick } from 'lucide-react';
import { useLedgerReport } from '../../../app/ledger-report.ts';
import { useLedgerOverview } from '../../../app/ledgers.ts';
import { findingKey, useLook } from '../../../state/ledgers.ts';
import { openProof } from '../../../state/tabs.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { EmptyState } from '../../../ui/empty/EmptyState.tsx';
import { copyFinding } from '../export.ts';
import { EntryInspector } from './EntryInspector.tsx';
import { ExecutionInspector } from './ExecutionInspector.tsx';
import { FindingPart } from './FindingPart.tsx';
import { Part } from './parts.tsx';
import { LastCheck } from './LastCheck.tsx';
import './inspector.css';

/** Beside the views of a ledger: the selected entry, execution or finding. */
export function LedgerInspector({ source }: { readonly source: string }) {
  const { selected } = useLook(source);
  const checkedAt = useLedgerOverview(source).value?.report?.atMicros ?? null;
  switch (selected?.kind) {
    case 'entry':
      return <EntryInspector source={source} seq={selected.seq} checkedAt={checkedAt} />;
    case 'execution':
      return <ExecutionInspector source={source} id={selected.id} checkedAt={checkedAt} />;
    case 'finding':
      return <OneFinding source={source} wanted={selected.key} />;
    default:
      return <LastCheck source={source} />;
  }
}

function OneFinding({ source, wanted }: { readonly source: string; readonly wanted: string }) {
  const { value } = useLedgerReport(source);
  const finding = value?.findings.find((one) => findingKey(one) === wanted) ?? null;
  if (finding === null) {
    return (
      <EmptyState icon={MousePointerClick} title="This finding is no longer there">
        <p>The last check did not find it again.</p>
      </EmptyState>
    );
  }
  return (
    <div className="li-panel">
      <header className="li-head">
        <div className="li-title">
          <h2>Finding</h2>
        </div>
      </header>
      <div className="li-scroll">
        <Part title={finding.severity === 'notice' ? 'Notice' : 'What does not add up'}>
          <FindingPart source={source} finding={finding} />
        </Part>
      </div>
      <footer className="li-actions">
        <Button icon={Copy} onClick={() => void copyFinding(finding)}>
          Copy finding
        </Button>
        <Button icon={Link2} onClick={() => openProof(source)}>
          Show in chain
        </Button>
      </footer>
    </div>
  );
}
