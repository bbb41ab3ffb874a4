import { ArrowDownWideNarrow, CalendarDays, ChartSpline, Clock, Download, Layers } from 'lucide-react';
import { useMemo, useState, type RefObject } from 'react';
import { LEDGER_SORTS, type LedgerSort, type LedgerSums } from '../../../../contract/ledger.ts';
import { isByTime } from '../../../../core/aex/views/by-time.ts';
import { setLook, type LedgerLook } from '../../../state/ledgers.ts';
import { useSettings } from '../../../state/settings.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { formatClock, formatCount, formatCounted, formatDate, formatMoney } from '../../../ui/format.ts';
import { Menu } from '../../../ui/menu/Menu.tsx';
import { FilterField } from '../../graph/filter/FilterField.tsx';
import { exportEntries } from '../export.ts';
import { ledgerLanguage } from '../query/language.ts';
import { useValues } from '../query/use-values.ts';
import { viewOf } from '../query/view.ts';
import { Facets } from './Facets.tsx';
import './bar.css';

type Props = {
  readonly source: string;
  readonly look: LedgerLook;
  readonly sums: LedgerSums | null;
  /** entries of the ledger, or of the account where one is chosen and nothing filters */
  readonly all: number;
  /** a check counts, so findings are known */
  readonly checked: boolean;
  readonly fieldRef: RefObject<HTMLInputElement | null>;
  readonly onLeave: () => void;
};

const SORT_WORDS: Readonly<Record<LedgerSort, string>> = {
  newest: 'Newest first',
  oldest: 'Oldest first',
  odd: 'Anomalies first',
  dearest: 'Dearest first',
};

/** Filter, facets, grouping, days and order of the statement, how much of the ledger it shows, and the way out of it. */
export function StatementBar({ source, look, sums, all, checked, fieldRef, onLeave }: Props) {
  const { query, sort, group, days, range, agent, timeline } = look;
  const [used, setUsed] = useState(false);
  const values = useValues(source, agent, used);
  const language = useMemo(() => ledgerLanguage(values), [values]);
  return (
    <div className="lb-bar" onFocus={() => setUsed(true)}>
      <FilterField
        filter={query}
        onFilter={(next) => setLook(source, { query: next })}
        language={language}
        error={null}
        lead={range === null ? null : <RangeChip source={source} range={range} />}
        onLeadRemoved={() => setLook(source, { range: null })}
        onLeave={onLeave}
        fieldRef={fieldRef}
      />
      <Facets source={source} look={look} checked={checked} />
      <Button
        look="quiet"
        icon={Layers}
        className="lb-button"
        pressed={group === 'executions'}
        title="One line for each execution (G)"
        onClick={() => setLook(source, { group: group === 'executions' ? 'entries' : 'executions' })}
      >
        Group
      </Button>
      <Button
        look="quiet"
        icon={CalendarDays}
        className="lb-button lb-second"
        pressed={days && isByTime(sort)}
        disabled={!isByTime(sort)}
        title={isByTime(sort) ? 'A line with the sums of each day' : 'Only in the order of time'}
        onClick={() => setLook(source, { days: !days })}
      >
        Days
      </Button>
      <Menu
        align="end"
        entries={() =>
          LEDGER_SORTS.map((order) => ({
            label: SORT_WORDS[order],
            checked: order === sort,
            run: () => setLook(source, { sort: order }),
          }))
        }
        trigger={
          <Button
            look="quiet"
            icon={ArrowDownWideNarrow}
            className="lb-button lb-second"
            title="Order of the entries"
          >
            {SORT_WORDS[sort]}
          </Button>
        }
      />
      <span className="lb-end">
        <Count sums={sums} all={all} />
        <Button
          look="quiet"
          icon={ChartSpline}
          className="lb-button lb-icon"
          pressed={timeline}
          title="Show or hide the timeline (T)"
          onClick={() => setLook(source, { timeline: !timeline })}
        >
          Timeline
        </Button>
        <Menu
          align="end"
          entries={() =>
            (['csv', 'json', 'jsonl'] as const).map((form) => ({
              label: `Save as ${form.toUpperCase()}…`,
              icon: Download,
              run: () => void exportEntries(source, viewOf(look), form),
            }))
          }
          trigger={
            <Button
              look="quiet"
              icon={Download}
              className="lb-button lb-icon"
              title="Save the entries of this view"
              disabled={sums?.entries === 0}
            >
              Export
            </Button>
          }
        />
      </span>
    </div>
  );
}

function Count({ sums, all }: { readonly sums: LedgerSums | null; readonly all: number }) {
  if (sums === null) return <output className="lb-count">{formatCounted(all, 'entry', 'entries')}</output>;
  const { entries, spentMicro, executions, promptTokens, completionTokens } = sums;
  const title = [
    formatCounted(executions, 'execution'),
    `${formatCount(promptTokens)} tokens in, ${formatCount(completionTokens)} out`,
    `${formatMoney(spentMicro)} spent`,
  ].join('\n');
  return (
    <output className="lb-count" title={title}>
      {entries === all
        ? formatCounted(entries, 'entry', 'entries')
        : `${formatCount(entries)} of ${formatCounted(all, 'entry', 'entries')}`}
      <span className="lb-sum">, {formatMoney(spentMicro)} spent</span>
    </output>
  );
}

/** From ten minutes on the seconds of a stretch say nothing. */
const LONG = 600e6;

type RangeProps = { readonly source: string; readonly range: { readonly from: number; readonly to: number } };

/** The stretch of time that the chart shows, before the terms of the query. */
function RangeChip({ source, range: { from, to } }: RangeProps) {
  const zone = useSettings((state) => state.time);
  const sameDay = formatDate(from, zone) === formatDate(to, zone);
  const at = (micros: number) =>
    sameDay
      ? formatClock(micros, zone).replace(to - from >= LONG ? /:\d\d$/ : /$/, '')
      : formatDate(micros, zone).replace(/ \d{4}$/, '');
  return (
    <span className="lb-range">
      <Clock className="icon" size={12} aria-hidden />
      {at(from)} to {at(to)}
      <button
        type="button"
        className="lb-range-off"
        aria-label="Show all of the time"
        onClick={() => setLook(source, { range: null })}
      >
        ×
      </button>
    </span>
  );
}
