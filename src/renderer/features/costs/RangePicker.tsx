import { Download } from 'lucide-react';
import { useId, useState } from 'react';
import type { DayRange } from '../../../contract/records.ts';
import { setAsOf, useAsOf } from '../../state/agents.ts';
import { Button } from '../../ui/button/Button.tsx';
import { Menu } from '../../ui/menu/Menu.tsx';
import { Segmented } from '../../ui/segmented/Segmented.tsx';
import { exportCosts, useExporting, type CostsQuestion } from './export.ts';
import { rangeProblem, type Picked, type Preset } from './ranges.ts';
import { setBrush, setCostSettings } from './state.ts';

const OPTIONS: readonly { readonly value: Preset | 'dates'; readonly label: string }[] = [
  { value: '7d', label: '7 days' },
  { value: '30d', label: '30 days' },
  { value: '12m', label: '12 months' },
  { value: 'dates', label: 'Dates' },
];

type Props = {
  readonly source: string;
  readonly view: string;
  readonly picked: Picked;
  readonly range: DayRange;
  /** the day that figures are made for */
  readonly today: string;
  readonly question: CostsQuestion;
};

/** Which days the figures are of, and which day counts as today. */
export function RangePicker({ source, view, picked, range, today, question }: Props) {
  const exporting = useExporting(question);
  const pick = (next: Picked) => {
    setBrush(view, null);
    setCostSettings(source, { picked: next });
  };
  return (
    <div className="cx-range">
      <Segmented
        label="Days"
        value={picked.kind}
        onChange={(kind) => pick(kind === 'dates' ? { kind, ...range } : { kind })}
        options={OPTIONS}
      />
      <div className="cx-dates">
        <Dates range={range} onChange={(next) => pick({ kind: 'dates', ...next })} />
        <AsOfField source={source} today={today} />
      </div>
      <Menu
        align="end"
        trigger={
          <Button size="small" icon={Download} disabled={exporting}>
            Export
          </Button>
        }
        entries={() => [
          { label: 'Figures as CSV', run: () => void exportCosts(question, 'csv') },
          { label: 'Figures as JSON', run: () => void exportCosts(question, 'json') },
        ]}
      />
    </div>
  );
}

type DatesProps = { readonly range: DayRange; readonly onChange: (range: DayRange) => void };

/** Both ends of the range. What can not be is said and changes nothing. */
function Dates({ range, onChange }: DatesProps) {
  const base = `${range.from} ${range.to}`;
  const [draft, setDraft] = useState({ base, value: range });
  const typed = draft.base === base ? draft.value : range;
  const id = useId();
  const problem = rangeProblem(typed.from, typed.to);
  const change = (next: DayRange) => {
    setDraft({ base, value: next });
    if (rangeProblem(next.from, next.to) === null) onChange(next);
  };
  return (
    <>
      <DayField label="From" value={typed.from} onChange={(from) => change({ ...typed, from })} />
      <DayField label="To" value={typed.to} onChange={(to) => change({ ...typed, to })} describedBy={id} />
      {problem !== null && (
        <p id={id} className="cx-range-problem" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}

/** The day that counts as today. A year that is still being typed changes nothing; the day that is, is no day of its own. */
function AsOfField({ source, today }: { readonly source: string; readonly today: string }) {
  const shown = useAsOf(source) ?? today;
  const [draft, setDraft] = useState({ base: shown, value: shown });
  const change = (day: string) => {
    setDraft({ base: shown, value: day });
    if (rangeProblem(day, day) !== null || day < FIRST_DAY) return;
    setAsOf(source, day === dayOf(new Date()) ? null : day);
  };
  return <DayField label="As of" value={draft.base === shown ? draft.value : shown} onChange={change} />;
}

/** The earliest day to choose; what is earlier is a year that is half typed. */
const FIRST_DAY = '2000-01-01';

/** The day of a moment here. */
const dayOf = (at: Date): string =>
  [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0')).join('-');

type DayFieldProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (day: string) => void;
  readonly describedBy?: string;
};

function DayField({ label, value, onChange, describedBy }: DayFieldProps) {
  return (
    <label className="cx-day">
      <span>{label}</span>
      <input
        type="date"
        value={value}
        min={FIRST_DAY}
        max="2999-12-31"
        aria-describedby={describedBy}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}
