import { ShieldQuestion } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { Finding, Integrity } from '../../../contract/integrity.ts';
import { refreshIntegrity, useIntegrity } from '../../app/integrity.ts';
import { SourceGate } from '../../app/shell/SourceGate.tsx';
import { useCheck } from '../../state/check.ts';
import { selectFinding, useSelectedFinding } from '../../state/integrity.ts';
import { useOverview, useSource } from '../../state/workspace.ts';
import { Button } from '../../ui/button/Button.tsx';
import { EmptyState } from '../../ui/empty/EmptyState.tsx';
import { FailureState } from '../../ui/empty/FailureState.tsx';
import { SkeletonRows } from '../../ui/skeleton/Skeleton.tsx';
import { findingActions } from './actions.ts';
import { Beware } from './Beware.tsx';
import { FindingTable } from './FindingTable.tsx';
import { findingRows, keyed, partOf } from './rows.ts';
import { SoundList } from './SoundList.tsx';
import { Verdict } from './Verdict.tsx';
import './integrity.css';

/** Whether the record of a repository can be trusted: what is broken, what that means, what can be done. */
export function IntegrityView({ source }: { readonly source: string }) {
  return (
    <SourceGate source={source} needs="store">
      <Known source={source} />
    </SourceGate>
  );
}

function Known({ source }: { readonly source: string }) {
  const { value, error } = useIntegrity(source);
  if (value !== null && error === null) return <Loaded source={source} value={value} />;
  if (error === null) return <SkeletonRows rows={8} label="Reading what is known" />;
  return (
    <FailureState
      error={error}
      actions={
        <Button size="small" onClick={() => void refreshIntegrity(source)}>
          Read again
        </Button>
      }
    />
  );
}

type LoadedProps = { readonly source: string; readonly value: Integrity };

function Loaded({ source, value }: LoadedProps) {
  const check = useCheck(source);
  const path = useSource(source)?.path ?? '';
  const overview = useOverview(source).value;
  const selected = useSelectedFinding(source);
  const [open, setOpen] = useState<string | null>(null);
  const scroll = useRef<HTMLDivElement>(null);
  const findings = useMemo(() => keyed(value.findings), [value]);
  const rows = useMemo(() => findingRows(value, findings, open), [value, findings, open]);
  const scene = useCallback((finding: Finding) => ({ part: partOf(finding, value) }), [value]);
  const actions = (finding: Finding) =>
    findingActions(finding, { source, path, overview, part: partOf(finding, value) });
  const toggle = (kind: string) => {
    setOpen((now) => (now === kind ? null : kind));
    selectFinding(source, `group ${kind}`);
  };
  return (
    <section className="integrity" aria-label="Integrity">
      <Verdict source={source} value={value} check={check} />
      {check.error !== null && <p className="in-failed">{`${check.error.message} ${check.error.hint}`}</p>}
      <Beware source={source} value={value} />
      <div ref={scroll} className="in-scroll" tabIndex={-1}>
        {rows.length > 0 && (
          <FindingTable
            source={source}
            rows={rows}
            selected={selected}
            scroll={scroll}
            scene={scene}
            actions={actions}
            onToggle={toggle}
          />
        )}
        {value.check !== null && <SoundList check={value.check} />}
        {value.check === null && rows.length === 0 && <NeverChecked source={source} />}
      </div>
    </section>
  );
}

function NeverChecked({ source }: { readonly source: string }) {
  const running = useCheck(source).running !== null;
  return (
    <EmptyState
      icon={ShieldQuestion}
      title={running ? 'The check is running' : 'Nothing broken was seen, and nothing was proved'}
    >
      <p>
        Opening follows the links and reads only what it shows. A check reads the whole store and recomputes
        each hash; a million calls take some seconds. It changes nothing and can be cancelled.
      </p>
    </EmptyState>
  );
}
