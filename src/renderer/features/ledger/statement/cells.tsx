/* oxlint-disable jsx-a11y/prefer-tag-over-role -- cells of a grid whose rows are not all drawn */
import { ChevronDown, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DayRow, EntryRow, GroupRow, LedgerMark } from '../../../../contract/ledger.ts';
import { Badge } from '../../../ui/badge/Badge.tsx';
import { formatCount, formatCounted, formatMoney, formatSpan, type Zone } from '../../../ui/format.ts';
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx';
import { hintText, visibleText } from '../../../ui/visible-text.ts';
import { entryDetail, entryWord, groupDetail, MARK_WORDS, OUTCOME_WORDS, signedMoney } from '../words.ts';
import type { Wrong, WrongCell } from '../findings/wrong.ts';
import { ChainCell } from './ChainCell.tsx';
import { dayWords } from './day-words.ts';
import { dayText, timeText } from './times.ts';

/** Marks that stand in a line; the inspector has all. */
const MAX_MARKS = 2;

export type CellProps = {
  readonly zone: Zone;
  /** days stand in lines of their own, so that times need none */
  readonly days: boolean;
  readonly withAgent: boolean;
  readonly wrong: Wrong;
};

/** The cells of one entry. */
export function EntryCells({
  entry,
  inGroup,
  ...look
}: CellProps & { readonly entry: EntryRow; readonly inGroup: boolean }) {
  const moved = entry.reservedDeltaMicro !== 0 || entry.spentDeltaMicro !== 0;
  const wrong = wrongOf(look.wrong, entry);
  const tone = entry.finding === 'warning' && entry.chain !== 'broken' ? 'ls-warn' : 'ls-bad';
  const mark = (cell: WrongCell) => (wrong.has(cell) ? tone : '');
  const amount = wrong.has('amount') || (wrong.has('what') && entry.spentDeltaMicro !== 0) ? tone : '';
  return (
    <>
      <Cell id="chain">
        <ChainCell state={entry.chain} finding={entry.finding} />
      </Cell>
      <Cell id="entry">{formatCount(entry.seq)}</Cell>
      <TimeCell ts={entry.ts} micros={entry.atMicros} className={mark('time')} {...look} />
      <Cell id="what" className={mark('what')}>
        {inGroup && <span className="ls-indent" aria-hidden />}
        <bdi className="truncate">{entryWord(entry)}</bdi>
      </Cell>
      {look.withAgent && <AgentCell agent={entry.agent} className={mark('agent')} />}
      <DetailCell
        text={entryDetail(entry)}
        marks={entry.marks}
        agent={look.withAgent ? entry.agent : null}
        long={!moved}
        className={mark('detail') || (moved ? '' : amount)}
        beside={wrong.size === 0 && (entry.finding === 'error' || entry.finding === 'warning')}
      />
      <ExecutionCell id={entry.executionId} />
      <Cell id="reserved" className={entry.spentDeltaMicro === 0 ? amount : ''}>
        {signedMoney(entry.reservedDeltaMicro)}
      </Cell>
      <Cell id="spent" className={amount}>
        {signedMoney(-entry.spentDeltaMicro)}
      </Cell>
      <AvailableCell micro={entry.availableMicro} known={entry.spentMicro !== null} />
    </>
  );
}

const NOTHING_WRONG: ReadonlySet<WrongCell> = new Set();
const ALL_WRONG: ReadonlySet<WrongCell> = new Set(['what']);

/** What is wrong of an entry: by its findings, else as a whole where its hash does not fit. */
function wrongOf(wrong: Wrong, { seq, finding, chain }: EntryRow): ReadonlySet<WrongCell> {
  const cells = wrong.get(seq);
  const bad = chain === 'broken' || finding === 'error' || finding === 'warning';
  return bad ? (cells ?? ALL_WRONG) : NOTHING_WRONG;
}

/** The cells of one execution: what it came to, at its newest entry. */
export function GroupCells({ group, ...look }: CellProps & { readonly group: GroupRow }) {
  const Fold = group.isOpen ? ChevronDown : ChevronRight;
  const bad = group.finding === 'error' || group.chain === 'broken';
  return (
    <>
      <Cell id="chain">
        <ChainCell state={group.chain} finding={group.finding} />
      </Cell>
      <Cell id="entry" title={`Entries ${formatCount(group.firstSeq)} to ${formatCount(group.lastSeq)}`}>
        {formatCount(group.lastSeq)}
      </Cell>
      <TimeCell ts={group.ts} micros={group.atMicros} {...look} />
      <Cell id="what" className={bad ? 'ls-bad' : group.finding === 'warning' ? 'ls-warn' : ''}>
        <Fold className="icon ls-fold" size={14} aria-hidden />
        <span className="truncate">{OUTCOME_WORDS[group.outcome]}</span>
        <span className="ls-count" title={formatCounted(group.entries, 'entry', 'entries')}>
          {formatCount(group.entries)}
          <span className="visually-hidden"> {group.entries === 1 ? 'entry' : 'entries'}</span>
        </span>
      </Cell>
      {look.withAgent && <AgentCell agent={group.agent} />}
      <DetailCell
        text={groupDetail(group)}
        marks={group.marks}
        agent={look.withAgent ? group.agent : null}
        long={group.estimatedMicro === null && group.costMicro === null}
        end={
          group.tookMicros === null ? null : <span className="ls-took">{formatSpan(group.tookMicros)}</span>
        }
      />
      <ExecutionCell id={group.executionId} />
      <Cell id="reserved">{group.estimatedMicro === null ? '' : formatMoney(group.estimatedMicro)}</Cell>
      <Cell id="spent" className={bad && group.costMicro !== null ? 'ls-bad' : ''}>
        {group.costMicro === null ? '' : formatMoney(-group.costMicro)}
      </Cell>
      <AvailableCell micro={group.availableMicro} known={group.spentMicro !== null} />
    </>
  );
}

/** What a day came to, over all entries of the view; where that is a part of the day, of how much. */
export function DayCells({ day }: { readonly day: DayRow }) {
  const { entries, denials, spent } = dayWords(day);
  return (
    <span role="gridcell" className="ls-day">
      <b>{dayText(day.day)}</b>
      <span>{entries}</span>
      {denials !== null && <span>{denials}</span>}
      <span className="ls-day-sum">{spent}</span>
    </span>
  );
}

export function WaitingCells() {
  return (
    <span role="gridcell" className="ls-waiting">
      <span className="visually-hidden">not read yet</span>
      <Skeleton width="60%" />
    </span>
  );
}

type CellPropsOf = {
  readonly id: string;
  readonly className?: string;
  readonly title?: string;
  readonly children: ReactNode;
};

function Cell({ id, className = '', title, children }: CellPropsOf) {
  return (
    <span role="gridcell" className={`ls-${id} ${className}`} title={title}>
      {children}
    </span>
  );
}

type TimeProps = Pick<CellProps, 'zone' | 'days'> & {
  readonly ts: string;
  readonly micros: number | null;
  readonly className?: string;
};

function TimeCell({ ts, micros, zone, days, className = '' }: TimeProps) {
  return (
    <Cell id="time" className={className} title={`stored: ${hintText(ts)}`}>
      {micros === null ? visibleText(ts).slice(0, 40) : timeText(micros, zone, days)}
    </Cell>
  );
}

type DetailProps = {
  readonly text: string;
  readonly marks: readonly LedgerMark[];
  /** shown where its column has no room; null: all lines are of the same */
  readonly agent: string | null;
  /** no money moved, so that the text has the room of the amounts */
  readonly long: boolean;
  /** a finding is about another record of its call, not about the entry */
  readonly beside?: boolean;
  readonly className?: string;
  readonly end?: ReactNode;
};

function DetailCell({ text, marks, agent, long, beside = false, className = '', end = null }: DetailProps) {
  const more = marks.slice(MAX_MARKS);
  return (
    <span role="gridcell" className={`ls-detail ${long ? 'ls-long' : ''} ${className}`}>
      <span className="truncate" title={hintText(text)}>
        {agent !== null && (
          <span className="ls-who">
            <bdi>{visibleText(agent).slice(0, 80)}</bdi>
            {text === '' ? '' : ' · '}
          </span>
        )}
        <bdi>{text.slice(0, 400)}</bdi>
      </span>
      {beside && (
        <Badge title="A finding is about another record of this call; the entry itself is not doubted">
          see finding
        </Badge>
      )}
      {marks.slice(0, MAX_MARKS).map((mark) => (
        <Badge key={mark} tone={MARK_WORDS[mark].tone} title={MARK_WORDS[mark].means}>
          {MARK_WORDS[mark].word}
        </Badge>
      ))}
      {more.length > 0 && (
        <Badge title={more.map((mark) => MARK_WORDS[mark].word).join(', ')}>+{more.length}</Badge>
      )}
      {end}
    </span>
  );
}

function AgentCell({
  agent,
  className = '',
}: {
  readonly agent: string | null;
  readonly className?: string;
}) {
  return (
    <Cell id="agent" className={className} title={agent === null ? 'no agent' : hintText(agent)}>
      <bdi className="truncate">{agent === null ? '' : visibleText(agent).slice(0, 200)}</bdi>
    </Cell>
  );
}

/** Ids that are hashes lose their end, as everywhere; an id that a caller chose keeps what fits. */
function ExecutionCell({ id }: { readonly id: string | null }) {
  const short =
    id === null ? '' : /^[0-9a-f]{32,}$/.test(id) ? id.slice(0, 8) : visibleText(id.slice(0, 200));
  return (
    <Cell id="execution" {...(id === null ? {} : { title: hintText(id) })}>
      <bdi className="truncate">{short}</bdi>
    </Cell>
  );
}

function AvailableCell({ micro, known }: { readonly micro: number | null; readonly known: boolean }) {
  return (
    <Cell id="available" className={micro !== null && micro < 0 ? 'ls-bad' : ''}>
      {micro !== null ? (
        formatMoney(micro)
      ) : known ? (
        <span title="The agent is not in the table any more, so its budget is not known">unknown</span>
      ) : (
        <>
          <span className="visually-hidden">being read</span>
          <Skeleton width={72} />
        </>
      )}
    </Cell>
  );
}
