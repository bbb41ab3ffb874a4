import { ShieldQuestion } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ChainStretch } from '../../../contract/ledger-chain.ts';
import type { LedgerOverview } from '../../../contract/ledger.ts';
import type { LedgerReport } from '../../../contract/ledger-report.ts';
import { gapsOf } from '../../../core/aex/views/gaps.ts';
import { verifyLedger } from '../../app/ledger-check.ts';
import { useLedgerReport } from '../../app/ledger-report.ts';
import { useLedgerOverview } from '../../app/ledgers.ts';
import { useCheck } from '../../state/check.ts';
import { EmptyState } from '../../ui/empty/EmptyState.tsx';
import { useShortcuts } from '../../ui/keyboard.ts';
import { SkeletonRows } from '../../ui/skeleton/Skeleton.tsx';
import '../integrity/integrity.css';
import { ChainWalk } from './ChainWalk.tsx';
import { CompareCopies } from './CompareCopies.tsx';
import { ExportProof } from './ExportProof.tsx';
import { Findings } from './Findings.tsx';
import { Originals, SoundList, UnknownList } from './Lists.tsx';
import { firstPlace } from './link-state.ts';
import { chainStart } from './verdict.ts';
import { Verdict } from './Verdict.tsx';
import { Witness } from './Witness.tsx';
import './proof.css';

/** Whether a ledger adds up, how that is known, and what a stranger can check. */
export function ProofView({ source }: { readonly source: string }) {
  const overview = useLedgerOverview(source).value;
  const report = useLedgerReport(source);
  const check = useCheck(source);
  useShortcuts({ name: 'proof', label: 'Proof' }, [
    { keys: 'v', label: 'Verify', when: () => check.running === null, run: () => void verifyLedger(source) },
    {
      keys: 'Escape',
      label: 'Stop the check',
      when: () => check.running !== null,
      run: () => check.running?.stop(),
    },
  ]);
  if (overview === null) return null;
  const failed = check.error ?? report.error;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls takes the keys
    <section
      className="integrity pf"
      aria-label="Proof"
      data-key-scope="proof"
      data-key-default=""
      tabIndex={-1}
    >
      <Verdict source={source} overview={overview} report={report.value} />
      {failed !== null && <p className="in-failed">{`${failed.message} ${failed.hint}`}</p>}
      <div className="pf-scroll">
        <Body
          source={source}
          overview={overview}
          report={report.value}
          waiting={report.stale && report.value === null}
        />
      </div>
    </section>
  );
}

type BodyProps = {
  readonly source: string;
  readonly overview: LedgerOverview;
  readonly report: LedgerReport | null;
  readonly waiting: boolean;
};

const NONE: readonly ChainStretch[] = [];

function Body({ source, overview, report, waiting }: BodyProps) {
  const [wanted, setWanted] = useState<number | null>(null);
  const running = useCheck(source).running !== null;
  const counts = overview.report !== null && !overview.report.stale;
  const stretches = counts ? (report?.stretches ?? NONE) : NONE;
  const gaps = useMemo(() => (counts && report !== null ? gapsOf(report.findings) : []), [counts, report]);
  const broken = firstPlace(stretches);
  const seq = wanted ?? chainStart(broken, report?.findings ?? [], overview.last?.seq ?? null);
  return (
    <div className="pf-columns">
      <div className="pf-main">
        {waiting ? (
          <SkeletonRows rows={8} label="Reading the last check" />
        ) : report === null ? (
          <NeverChecked running={running} />
        ) : (
          <>
            <Findings
              key={report.endedMicros}
              source={source}
              findings={report.findings}
              onChain={setWanted}
            />
            <UnknownList unknown={report.unknown} />
            <SoundList sound={report.sound} ok={report.ok} />
            <Originals report={report} />
          </>
        )}
      </div>
      <div className="pf-side">
        {seq !== null && (
          <ChainWalk
            source={source}
            seq={seq}
            broken={broken}
            stretches={stretches}
            gaps={gaps}
            last={overview.last?.seq ?? seq}
            onSeq={setWanted}
          />
        )}
        {report !== null && <Witness report={report} />}
        <ExportProof source={source} path={overview.path} errors={overview.report?.errors ?? 0} />
        <CompareCopies source={source} />
      </div>
    </div>
  );
}

function NeverChecked({ running }: { readonly running: boolean }) {
  return (
    <EmptyState
      icon={ShieldQuestion}
      title={running ? 'The check is running' : 'Nothing was recomputed, and nothing is proved'}
    >
      <p>
        A check recomputes every hash and every balance, and compares the chain with all other records of the
        file. It changes nothing and can be stopped.
      </p>
    </EmptyState>
  );
}
