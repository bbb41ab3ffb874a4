import { CircleCheck, Copy, Download, Search, SearchX } from 'lucide-react';
import { useMemo } from 'react';
import type { DoctorCheck, DoctorReport } from '../../../contract/doctor.ts';
import { useAgentsOverview } from '../../app/agents.ts';
import { api } from '../../app/engine.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { useAsOf } from '../../state/agents.ts';
import { useSource } from '../../state/workspace.ts';
import { Button } from '../../ui/button/Button.tsx';
import { EmptyState } from '../../ui/empty/EmptyState.tsx';
import { AgainState, StaleNotice } from '../../ui/empty/AgainState.tsx';
import { TextField } from '../../ui/field/TextField.tsx';
import { Filters } from '../../ui/filters/Filters.tsx';
import { formatCount, formatCounted } from '../../ui/format.ts';
import { SkeletonRows } from '../../ui/skeleton/Skeleton.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import { Choice } from '../agent/parts/Choice.tsx';
import { RowList } from '../agent/parts/RowList.tsx';
import { Split } from '../agent/parts/Split.tsx';
import { AsOfNotice } from '../runs/AsOfNotice.tsx';
import { CheckDetail } from './CheckDetail.tsx';
import {
  byAgent,
  checkKey,
  DOCTOR_FILTERS,
  FILTER_LABELS,
  FIRST_FORM,
  FOLDER,
  groupOf,
  narrowed,
  passesFilter,
  reportText,
  type DoctorForm,
} from './checks.ts';
import { copyReport, saveReport } from './export.ts';
import { setDoctorForm, useDoctorForm } from './state.ts';
import { Status } from './Status.tsx';
import '../agent/agent.css';
import './doctor.css';

/** The checks that need nothing but the files, problems first (§12). They are made anew when files change. */
export function DoctorView({ source }: { readonly source: string }) {
  const asOf = useAsOf(source);
  const overview = useAgentsOverview(source).value;
  const folder = useSource(source)?.name ?? '';
  const { value, error, again } = useAnswer(
    source,
    `doctor ${asOf ?? ''}`,
    () => api.agents.doctor({ source, today: asOf, agent: null }),
    { keep: false },
  );
  if (value === null) {
    if (error === null) return <SkeletonRows rows={10} label="Checking the files" />;
    return <AgainState error={error} again={again} />;
  }
  return (
    <section className="doctor" aria-label="Doctor">
      <AsOfNotice source={source} />
      {error !== null && <StaleNotice what="These checks are" error={error} again={again} />}
      <Checks source={source} report={value} folder={folder} today={asOf ?? overview?.today ?? ''} />
    </section>
  );
}

type ChecksProps = {
  readonly source: string;
  readonly report: DoctorReport;
  readonly folder: string;
  readonly today: string;
};

function Checks({ source, report, folder, today }: ChecksProps) {
  const form = useDoctorForm(source);
  const checks = useMemo(() => byAgent(report.checks), [report]);
  const shown = useMemo(() => narrowed(checks, form), [checks, form]);
  const current = shown.find((check) => checkKey(check) === form.key) ?? shown[0] ?? null;
  return (
    <>
      <Toolbar
        source={source}
        report={report}
        form={form}
        shown={shown.length}
        text={() => reportText(report, folder, today)}
        save={() => saveReport(reportText(report, folder, today), folder, today)}
      />
      {current === null ? (
        <Nothing source={source} report={report} form={form} />
      ) : (
        <Split
          id="doctor"
          list={
            <RowList<DoctorCheck>
              label="Checks"
              items={shown}
              keyOf={checkKey}
              selected={checkKey(current)}
              onSelect={(key) => setDoctorForm(source, { key })}
              groupOf={(check) => visibleText(groupOf(check))}
              tall
              first
              none="No check fits."
            >
              {(check) => (
                <>
                  <span className="ag-row-title">
                    <span className="truncate dr-title">{visibleText(check.title)}</span>
                    <span className="ag-row-end">
                      <Status status={check.status} />
                    </span>
                  </span>
                  <span className="ag-row-note truncate">{visibleText(check.message)}</span>
                </>
              )}
            </RowList>
          }
        >
          <CheckDetail key={checkKey(current)} source={source} check={current} checks={checks} />
        </Split>
      )}
    </>
  );
}

type NothingProps = { readonly source: string; readonly report: DoctorReport; readonly form: DoctorForm };

/** No finding is good news; nothing that fits the filter is none. */
function Nothing({ source, report, form }: NothingProps) {
  const sound = report.fail + report.warn === 0 && form.filter === 'findings' && form.search === '';
  return (
    <EmptyState
      icon={sound ? CircleCheck : SearchX}
      title={sound ? 'The files hold no fault that was looked for' : 'No check fits'}
      actions={
        <Button size="small" onClick={() => setDoctorForm(source, { ...FIRST_FORM, filter: 'all' })}>
          Show all checks
        </Button>
      }
    >
      <p>
        {formatCounted(report.pass, 'check')} found nothing,{' '}
        {report.skip === 0 ? 'none was left out' : `${formatCount(report.skip)} could not be made from files`}
        .
      </p>
    </EmptyState>
  );
}

type ToolbarProps = {
  readonly source: string;
  readonly report: DoctorReport;
  readonly form: DoctorForm;
  readonly shown: number;
  readonly text: () => string;
  readonly save: () => void;
};

function Toolbar({ source, report, form, shown, text, save }: ToolbarProps) {
  const { checks } = report;
  const agents = [...new Set(checks.flatMap(({ agent }) => (agent === null ? [] : [agent])))].toSorted();
  const options = DOCTOR_FILTERS.map((value) => ({
    value,
    label: FILTER_LABELS[value],
    count: checks.filter((check) => passesFilter(check, value)).length,
  })).filter(({ value, count }) => count > 0 || value === 'findings' || value === form.filter);
  return (
    <div className="dr-toolbar">
      <TextField
        className="dr-search"
        label="Search checks"
        hideLabel
        icon={Search}
        placeholder="Search checks"
        value={form.search}
        onChange={(search) => setDoctorForm(source, { search })}
      />
      {agents.length > 1 && (
        <Choice
          label="Agent"
          value={form.agent}
          onChange={(agent) => setDoctorForm(source, { agent })}
          options={[
            { value: '', label: 'All agents' },
            { value: FOLDER, label: 'The folder' },
            ...agents.map((agent) => ({ value: agent, label: visibleText(agent) })),
          ]}
        />
      )}
      <Filters
        label="Outcome"
        value={form.filter}
        options={options}
        onChange={(filter) => setDoctorForm(source, { filter, mended: [] })}
      />
      <p className="dr-count">
        {shown === checks.length
          ? formatCounted(shown, 'check')
          : `${formatCount(shown)} of ${formatCounted(checks.length, 'check')}`}
      </p>
      <span className="dr-tools">
        <Button
          size="small"
          icon={Copy}
          title="Copy all checks as text"
          onClick={() => void copyReport(text())}
        >
          Copy
        </Button>
        <Button size="small" icon={Download} title="Save all checks as a text file" onClick={save}>
          Save
        </Button>
      </span>
    </div>
  );
}
