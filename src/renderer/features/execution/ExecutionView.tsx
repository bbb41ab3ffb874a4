import type { ReactNode } from 'react';
import type { Arithmetic, ExecutionDetail } from '../../../contract/ledger-detail.ts';
import type { LedgerFinding } from '../../../contract/ledger-report.ts';
import { api } from '../../app/engine.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { setLook, showEntry } from '../../state/ledgers.ts';
import { ledgerTerm } from '../../../core/aex/query/query.ts';
import { useSettings } from '../../state/settings.ts';
import { openLedger } from '../../state/tabs.ts';
import { Badge, type Tone } from '../../ui/badge/Badge.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { CopyButton } from '../../ui/copy/CopyButton.tsx';
import { FailureState } from '../../ui/empty/FailureState.tsx';
import { formatCount, formatDateTime, formatMoney, shortHash } from '../../ui/format.ts';
import { HashText } from '../../ui/hash/HashText.tsx';
import { useShortcuts } from '../../ui/keyboard.ts';
import { SkeletonRows } from '../../ui/skeleton/Skeleton.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import {
  CHAIN_WORDS,
  entryDetail,
  entryWord,
  MARK_WORDS,
  OUTCOME_WORDS,
  signedMoney,
} from '../ledger/words.ts';
import { splitFindings } from '../ledger/findings/pick.ts';
import { findingEvidence, findingTitle } from '../ledger/findings/words.ts';
import { RecordLinks } from '../runs/record/RecordLinks.tsx';
import '../runs/record/record.css';
import { BodyText } from './BodyText.tsx';
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
          <ArithmeticPart lines={detail.arithmetic} />
          <Entries source={source} detail={detail} />
          {detail.response !== null && (
            <BodyText title="Response" id={`${executionId}-response`} body={detail.response} />
          )}
          {detail.error !== null && (
            <BodyText title="Error" id={`${executionId}-error`} body={detail.error} />
          )}
          <Part title="Request">
            <p>{visibleText(detail.requestNote)}</p>
          </Part>
        </div>
        <div className="ex-side">
          <Facts detail={detail} zone={zone} />
          <Part title="A repeat of the same id">
            <p>{visibleText(detail.repeats)}</p>
          </Part>
          <Part title="Identity">
            <p>
              <HashText text={visibleText(detail.identity)} />
            </p>
          </Part>
          <Part title="Policy">
            <p>
              <HashText text={visibleText(detail.policy)} />
            </p>
          </Part>
          <Part title="Recorded elsewhere">
            {detail.links.length > 0 ? (
              <RecordLinks links={detail.links} />
            ) : (
              <p>No run or agent of this workspace recorded the same call, as far as hashes and ids tell.</p>
            )}
            {detail.linkNotes.map((note) => (
              <p key={note}>{visibleText(note)}</p>
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
      <strong>{findingTitle(finding)}.</strong> <HashText text={visibleText(findingEvidence(finding))} />
    </p>
  ));
}

type PartProps = { readonly title: string; readonly tone?: 'bad' | 'warn'; readonly children: ReactNode };

function Part({ title, tone, children }: PartProps) {
  return (
    <section className={`ex-part ${tone === undefined ? '' : `ex-part-${tone}`}`} aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

const SOURCES: Readonly<Record<Arithmetic['source'], string>> = {
  stored: 'as stored',
  computed: 'computed',
  config: 'by models.yaml',
};

function ArithmeticPart({ lines }: { readonly lines: readonly Arithmetic[] }) {
  if (lines.length === 0) return null;
  return (
    <Part title="Money">
      <table className="ex-money">
        <tbody>
          {lines.map(({ label, micro, text, source }, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- lines of one sum, replaced as a whole
            <tr key={index}>
              <th scope="row">{visibleText(label)}</th>
              <td className="ex-words">{visibleText(text)}</td>
              <td className="ex-source">{SOURCES[source]}</td>
              <td className="ex-amount">{micro === null ? '' : formatMoney(micro)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}

function Entries({ source, detail }: { readonly source: string; readonly detail: ExecutionDetail }) {
  const zone = useSettings((state) => state.time);
  if (detail.entries.length === 0) {
    return (
      <Part title="Entries">
        <p>The event log has no entry of this execution.</p>
      </Part>
    );
  }
  return (
    <Part title="Entries">
      <table className="ex-entries">
        <thead>
          <tr>
            <th scope="col">Entry</th>
            <th scope="col">Time</th>
            <th scope="col">What</th>
            <th scope="col">Chain</th>
            <th scope="col" className="ex-amount">
              Reserved
            </th>
            <th scope="col" className="ex-amount">
              Spent
            </th>
          </tr>
        </thead>
        <tbody>
          {detail.entries.map((entry) => (
            <tr key={entry.seq}>
              <td>
                <button type="button" className="figure" onClick={() => showEntry(source, entry.seq)}>
                  {formatCount(entry.seq)}
                  <span className="visually-hidden"> show the entry</span>
                </button>
              </td>
              <td title={visibleText(entry.ts)}>
                {entry.atMicros === null
                  ? visibleText(entry.ts).slice(0, 40)
                  : formatDateTime(entry.atMicros, zone)}
              </td>
              <td>
                {entryWord(entry)} <span className="ex-muted">{entryDetail(entry)}</span>
              </td>
              <td>
                <span
                  title={CHAIN_WORDS[entry.chain].means}
                  className={entry.chain === 'broken' ? 'ex-bad' : 'ex-muted'}
                >
                  {CHAIN_WORDS[entry.chain].badge}
                </span>
              </td>
              <td className="ex-amount">{signedMoney(entry.reservedDeltaMicro)}</td>
              <td className="ex-amount">{signedMoney(-entry.spentDeltaMicro)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}

function Facts({ detail, zone }: { readonly detail: ExecutionDetail; readonly zone: string }) {
  const { row, route, reservation, agent, tool } = detail;
  const time = (text: string | null) => (text === null ? null : <Stored text={text} zone={zone} />);
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['Agent', agent === null ? null : visibleText(agent).slice(0, 120)],
    ['Tool', tool === null ? null : visibleText(tool).slice(0, 120)],
    ['Model', route === null ? null : visibleText(route.model)],
    [
      'Provider',
      route === null ? null : `${visibleText(route.provider)}, ${visibleText(route.providerModel)}`,
    ],
    ['Base URL', route === null ? null : visibleText(route.baseUrl)],
    ['Endpoint', row === null ? null : visibleText(row.endpoint).slice(0, 200)],
    ['Status', row?.statusCode === null || row === null ? null : String(row.statusCode)],
    ['Request hash', hash(row?.requestHash ?? null)],
    [
      'Route hash',
      route === null && row !== null ? (
        <>{hash(row.routeHash)} not in the price list</>
      ) : (
        hash(row?.routeHash ?? null)
      ),
    ],
    ['Created', time(row?.createdAt ?? null)],
    ['Ended', time(row?.terminalAt ?? null)],
    ['Reservation', reservation === null ? null : visibleText(reservation.state).toLowerCase()],
    ['Expires', time(reservation?.expiryAt ?? null)],
  ];
  return (
    <section className="ex-part" aria-label="Facts">
      <dl className="ex-facts">
        {facts
          .filter(([, value]) => value !== null)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

const hash = (text: string | null): ReactNode =>
  text === null || text === '' ? null : (
    <span className="hash" title={visibleText(text).slice(0, 200)}>
      {visibleText(shortHash(text))}
    </span>
  );

/** A stored time as it is shown everywhere, its own text on hover. */
function Stored({ text, zone }: { readonly text: string; readonly zone: string }) {
  const shown = /[Z+]|-\d\d:\d\d$/.test(text) ? text : `${text.replace(' ', 'T')}Z`;
  const at = Date.parse(shown);
  return (
    <span title={visibleText(text)}>
      {Number.isNaN(at) ? visibleText(text).slice(0, 40) : formatDateTime(at * 1000, zone)}
    </span>
  );
}
