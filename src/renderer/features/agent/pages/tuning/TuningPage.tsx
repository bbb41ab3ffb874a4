import { useState } from 'react';
import type { TuningPart } from '../../../../../contract/agent-parts.ts';
import { Badge, type Tone } from '../../../../ui/badge/Badge.tsx';
import { formatCount, formatCounted } from '../../../../ui/format.ts';
import { visibleText } from '../../../../ui/visible-text.ts';
import { FileLink } from '../../parts/FileLink.tsx';
import { LineWord } from '../../parts/Findings.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { PartGate } from '../../parts/PartGate.tsx';
import { RowList } from '../../parts/RowList.tsx';
import { Split } from '../../parts/Split.tsx';
import { useScene } from '../../scene.ts';
import { FileText, type TextForm } from '../../text/FileText.tsx';
import type { ToLine } from '../../text/TextPane.tsx';
import { Command } from '../dreams/Command.tsx';
import { Decide } from './Decide.tsx';
import './tuning.css';

type Report = TuningPart['reports'][number];

const TONES: Record<string, Tone> = { pending: 'warn', accepted: 'ok', rejected: 'bad' };

/** What evals led to: edits that were proposed, and what a person decided about each (§2.16). */
export function TuningPage({ item }: { readonly item: string | null }) {
  return <PartGate part="tuning">{(part) => <Tuning part={part} item={item} />}</PartGate>;
}

function Tuning({ part, item }: { readonly part: TuningPart; readonly item: string | null }) {
  const { go } = useScene();
  const chosen = part.reports.find(({ path }) => path === item) ?? part.reports[0] ?? null;
  return (
    <>
      <PageHead title="Tuning" note={formatCounted(part.reports.length, 'report')} />
      <Split
        id="tuning"
        list={
          <RowList
            label="Tuning reports"
            items={part.reports}
            keyOf={({ path }) => path}
            selected={chosen?.path ?? null}
            onSelect={(path) => go('tuning', path)}
            tall
            none="There is no report."
          >
            {({ title, path, proposals }) => (
              <>
                <span className="ag-row-title">
                  <bdi className="truncate">{visibleText(title)}</bdi>
                </span>
                <span className="ag-row-note truncate">
                  {path.split('/').at(-1)} · {formatCounted(proposals.length, 'proposal')}
                  {pending(proposals) > 0 && `, ${formatCount(pending(proposals))} pending`}
                </span>
              </>
            )}
          </RowList>
        }
      >
        {chosen !== null && <Shown key={chosen.path} report={chosen} />}
      </Split>
    </>
  );
}

const pending = (proposals: Report['proposals']): number =>
  proposals.filter(({ decision }) => decision === 'pending').length;

function Shown({ report }: { readonly report: Report }) {
  const [form, setForm] = useState<TextForm>('read');
  const [to, setTo] = useState<ToLine | null>(null);
  return (
    <div className="ag-detail">
      <div className="ag-detail-head">
        <h3>
          <bdi>{visibleText(report.title)}</bdi> <FileLink path={report.path} />
        </h3>
        <ul className="tu-list" aria-label="Proposals">
          {report.proposals.map((proposal) => (
            <li key={`${proposal.line} ${proposal.id}`}>
              <Badge tone={TONES[proposal.decision] ?? 'neutral'}>{visibleText(proposal.decision)}</Badge>
              <div className="tu-words">
                <p>
                  <bdi className="mono">{visibleText(proposal.targetFile ?? 'no file named')}</bdi>
                  {proposal.targetSection !== null && ` · ${visibleText(proposal.targetSection)}`}
                </p>
                <p className="ag-muted">
                  {[
                    proposal.editType,
                    proposal.confidence === null ? null : `confidence ${proposal.confidence}`,
                    proposal.reversibility,
                    proposal.id,
                  ]
                    .filter((word) => word !== null)
                    .map((word) => visibleText(word ?? ''))
                    .join(' · ')}{' '}
                  <LineWord
                    line={proposal.line}
                    onLine={(line) => {
                      setForm('raw');
                      setTo({ line });
                    }}
                  />
                </p>
                {proposal.notes !== '' && <p>{visibleText(proposal.notes)}</p>}
                <Decide key={proposal.decision} report={report} proposal={proposal} />
              </div>
            </li>
          ))}
        </ul>
        {report.proposals.some(({ decision }) => decision === 'accepted') && (
          <>
            <p className="ag-muted tu-next">What is accepted is applied by the agent’s own command:</p>
            <Command
              label="Apply"
              module="tuning"
              path={report.path}
              args={['--apply', report.path.slice(report.path.lastIndexOf('/') + 1)]}
            />
          </>
        )}
      </div>
      <FileText path={report.path} form={form} to={to} />
    </div>
  );
}
