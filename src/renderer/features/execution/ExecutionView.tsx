import type { ExecutionDetail } from '../../../contract/ledger-detail.ts';
import type { LedgerFinding } from '../../../contract/ledger-report.ts';
import { api } from '../../app/engine.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { setLook } from '../../state/ledgers.ts';
import { ledgerTerm } from '../../../core/aex/query/query.ts';
import { useSettings } from '../../state/settings.ts';
import { openLedger } from '../../state/tabs.ts';
import { Badge, type Tone } from '../../ui/badge/Badge.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { CopyButton } from '../../ui/copy/CopyButton.tsx';
import { FailureState } from '../../ui/empty/FailureState.tsx';
import { formatMoney, shortHash } from '../../ui/format.ts';
import { useShortcuts } from '../../ui/keyboard.ts';
import { SkeletonRows } from '../../ui/skeleton/Skeleton.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import { Told } from '../ledger/Told.tsx';
import { MARK_WORDS, OUTCOME_WORDS } from '../ledger/words.ts';
import { splitFindings } from '../ledger/findings/pick.ts';
import { FindingValues } from '../ledger/findings/FindingValues.tsx';
import { findingEvidence, findingTitle, SURE_WORDS } from '../ledger/findings/words.ts';
import { RecordLinks } from '../runs/record/RecordLinks.tsx';
import '../runs/record/record.css';
import { BodyText } from './BodyText.tsx';
import { Entries } from './Entries.tsx';
import { Facts } from './Facts.tsx';
import { Money } from './Money.tsx';
import { Part } from './Part.tsx';
import { StateLine } from './StateLine.tsx';
import './execution.css';

/** One execution from admission to settlement. */
export function ExecutionView({ source, id }: { readonly source: string; readonly id: string }) {
  const { value, error, again } = useAnswer(
    source,
    `execution ${id}`,
    () => api.ledger.execution({ source, id }),
    {
      keep: false,
    },
  );
  if (value !== null) return <Loaded source={source} detail={value} />;
  if (error === null) return <SkeletonRows rows={12} label="Reading the execution" />;
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

const TONES: Readonly<Record<ExecutionDetail['outcome'], Tone>> = {
  spent: 'ok',
  released: 'neutral',
  denied: 'warn',
  failed: 'bad',
  open: 'warn',
  unknown: 'neutral',
};

function Loaded({ source, detail }: { readonly source: string; readonly detail: ExecutionDetail }) {
  const zone = useSettings((state) => state.time);
  const { executionId, row, entries, outcome, marks } = detail;
  const { problems, notices } = splitFindings(detail.findings);
  const settled = entries.findLast(({ kind }) => kind === 'commit');
  const toStatement = () => {
    setLook(source, {
      query: ledgerTerm('execution', executionId),
      agent: null,
      range: null,
      group: 'entries',
      selected: { kind: 'execution', id: executionId },
    });
    openLedger(source);
  };
  useShortcuts({ name: 'execution', label: 'Execution' }, [
    { keys: 's', label: 'Show its entries in the statement', run: toStatement },
  ]);
  return (
    <section
      className="ex"
      aria-label="Execution"
      data-key-scope="execution"
      data-key-default=""
      tabIndex={-1}
    >
      <header className="ex-head">
        <div className="ex-head-words">
          <h2>
            Execution{' '}
            <span className="ex-id" title={visibleText(executionId).slice(0, 600)}>
              {visibleText(/^[0-9a-f]{32,}$/.test(executionId) ? shortHash(executionId) : executionId).slice(
                0,
                80,
              )}
            </span>
            <CopyButton text={() => executionId} label="Copy the id" />
          </h2>
          <p>
            <Badge tone={TONES[outcome]}>{OUTCOME_WORDS[outcome]}</Badge>
            {marks.map((mark) => (
              <Badge key={mark} tone={MARK_WORDS[mark].tone} title={MARK_WORDS[mark].means}>
                {MARK_WORDS[mark].word}
              </Badge>
            ))}
            {row === null && <Badge tone="warn">its row is gone</Badge>}
          </p>
        </div>
        <dl className="ex-figures">
          <Figure
            name="Cost"
            value={settled?.costMicro ?? null}
            none={outcome === 'spent' ? 'missing' : 'none'}
          />
          <Figure name="Reserved" value={detail.reservation?.estimatedMicro ?? null} none="none" />
        </dl>
        <Button onClick={toStatement}>Show in statement</Button>
      </header>
      {detail.steps.length > 0 && (
        <div className="ex-part ex-line-box">
          <StateLine source={source} steps={detail.steps} outcome={outcome} zone={zone} />
        </div>
      )}
      {problems.length > 0 && (
        <Part title="What does not add up" tone={problems[0]?.severity === 'error' ? 'bad' : 'warn'}>
          <FindingTexts findings={problems} />
        </Part>
      )}
      {notices.length > 0 && (
        <Part title={notices.length === 1 ? 'Notice' : 'Notices'}>
          <FindingTexts findings={notices} />
        </Part>
      )}
      <div className="ex-columns">
        <div>
          <Money lines={detail.arithmetic} />
          <Entries source={source} detail={detail} />
          {detail.response !== null && (
            <BodyText title="Response" id={`${executionId}-response`} body={detail.response} />
          )}
          {detail.error !== null && (
            <BodyText title="Error" id={`${executionId}-error`} body={detail.error} />
          )}
          <Part title="Request">
            <p>
              <Told text={detail.requestNote} />
            </p>
          </Part>
        </div>
        <div className="ex-side">
          <Facts detail={detail} />
          <Part title="A repeat of the same id">
            <p>
              <Told text={detail.repeats} />
            </p>
          </Part>
          <Part title="Identity">
            <p>
              <Told text={detail.identity} />
            </p>
          </Part>
          <Part title="Policy">
            <p>
              <Told text={detail.policy} />
            </p>
          </Part>
          <Part title="Recorded elsewhere">
            {detail.links.length > 0 ? (
              <RecordLinks links={detail.links} />
            ) : (
              <p>No run or agent of this workspace recorded the same call, as far as hashes and ids tell.</p>
            )}
            {detail.linkNotes.map((note) => (
              <p key={note}>
                <Told text={note} />
              </p>
            ))}
          </Part>
        </div>
      </div>
    </section>
  );
}

type FigureProps = { readonly name: string; readonly value: number | null; readonly none: string };

function Figure({ name, value, none }: FigureProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value === null ? <span className="ex-none">{none}</span> : formatMoney(value)}</dd>
    </div>
  );
}

function FindingTexts({ findings }: { readonly findings: readonly LedgerFinding[] }) {
  return findings.map((finding) => (
    <p key={`${finding.kind} ${finding.seq}`} className="ex-finding">
      <strong>{findingTitle(finding)}.</strong>{' '}
      {finding.severity !== 'notice' && <Badge title={SURE_WORDS[finding.sure]}>{finding.sure}</Badge>}
      <FindingValues finding={finding} />
      <Told text={findingEvidence(finding)} />
    </p>
  ));
}
