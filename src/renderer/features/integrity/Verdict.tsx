import {
  ChevronDown,
  Download,
  ShieldAlert,
  ShieldCheck,
  ShieldQuestion,
  type LucideIcon,
} from 'lucide-react';
import type { Integrity } from '../../../contract/integrity.ts';
import { checkEverything } from '../../app/check.ts';
import { useNow } from '../../app/hooks.ts';
import type { CheckState, RunningCheck } from '../../state/check.ts';
import { useSettings } from '../../state/settings.ts';
import { Button } from '../../ui/button/Button.tsx';
import {
  formatClock,
  formatCount,
  formatCounted,
  formatDate,
  formatSpan,
  type Zone,
} from '../../ui/format.ts';
import { Menu } from '../../ui/menu/Menu.tsx';
import { exportEvidence, useExporting } from './export.ts';
import { progressWords } from './progress.ts';

export type VerdictProps = {
  readonly source: string;
  readonly value: Integrity;
  readonly check: CheckState;
};

/** What is so of the repository in one line, with its figures, and the ways to check and to show it to others. */
export function Verdict({ source, value, check }: VerdictProps) {
  const zone = useSettings((state) => state.time);
  const { icon: Icon, tone, title } = verdictOf(value, check);
  const fresh = value.check !== null && !value.check.stale;
  return (
    <header className="in-head">
      <div className="in-verdict">
        <Icon className={`icon in-${tone}`} size={20} aria-hidden />
        <div className="in-verdict-words">
          <h2>{title}</h2>
          {check.running === null ? (
            <p>{subtitle(value, check, zone)}</p>
          ) : (
            <RunningWords running={check.running} />
          )}
        </div>
      </div>
      <Figures value={value} />
      <div className="in-head-actions">
        {value.check !== null && <ExportMenu source={source} />}
        {check.running === null ? (
          <Button look={fresh ? 'secondary' : 'primary'} onClick={() => void checkEverything(source)}>
            {value.check === null ? 'Check everything' : 'Check again'}
          </Button>
        ) : (
          <Button onClick={check.running.stop}>Cancel</Button>
        )}
      </div>
      {check.running !== null && <Bar running={check.running} />}
    </header>
  );
}

type Shown = {
  readonly icon: LucideIcon;
  readonly tone: 'ok' | 'warn' | 'bad' | 'note';
  readonly title: string;
};

function verdictOf({ check, kinds }: Integrity, { running, cancelled }: CheckState): Shown {
  const errors = kinds.filter((kind) => kind.severity === 'error').reduce((sum, kind) => sum + kind.count, 0);
  const warnings = kinds.some((kind) => kind.severity === 'warning');
  if (running !== null) return { icon: ShieldQuestion, tone: 'note', title: 'Checking every hash and link' };
  if (errors > 0) {
    const lost = kinds.some((kind) => kind.kind === 'empty-file');
    return {
      icon: ShieldAlert,
      tone: 'bad',
      title: lost ? 'Nothing is left to read' : 'Damaged, readable in part',
    };
  }
  if (check === null) {
    return {
      icon: ShieldQuestion,
      tone: 'note',
      title: cancelled === null ? 'Not checked yet' : 'Check cancelled',
    };
  }
  if (check.stale) return { icon: ShieldQuestion, tone: 'note', title: 'Sound when it was checked' };
  if (warnings) return { icon: ShieldCheck, tone: 'warn', title: 'Sound, with a warning' };
  return { icon: ShieldCheck, tone: 'ok', title: 'Sound: every hash and link holds' };
}

function subtitle({ check, kinds }: Integrity, { cancelled }: CheckState, zone: Zone): string {
  const stopped = cancelled === null ? '' : `${stoppedWords(cancelled)} `;
  if (check === null) {
    const seen =
      kinds.length > 0
        ? 'Opening saw what is listed; only a check can tell the rest.'
        : 'Opening reads only what it shows.';
    return `${stopped}${seen} A check recomputes every hash.`;
  }
  const { startedMicros, endedMicros, stale, newCalls } = check;
  const clock = formatClock(endedMicros, zone);
  const today = formatDate(endedMicros, zone) === formatDate(Date.now() * 1000, zone);
  const when = today ? clock : `${formatDate(endedMicros, zone)}, ${clock}`;
  const at = `${stopped}Checked ${when} in ${formatSpan(endedMicros - startedMicros)}`;
  if (!stale) return at;
  return newCalls === null
    ? `${at}; the repository changed since`
    : `${at}; ${formatCounted(newCalls, 'call')} since this check`;
}

function stoppedWords({ done, total }: NonNullable<CheckState['cancelled']>): string {
  if (total === 0) return 'Cancelled before anything was read.';
  return `Cancelled after ${formatCount(done)} of ${formatCount(total)} records; nothing is known from that.`;
}

function RunningWords({ running }: { readonly running: RunningCheck }) {
  return <p>{progressWords(running, useNow(250))}</p>;
}

function Bar({ running: { done, total } }: { readonly running: RunningCheck }) {
  return (
    <progress
      className="in-bar"
      aria-label="Checking every hash and link"
      {...(total === 0 ? {} : { max: total, value: done })}
    />
  );
}

function Figures({ value: { check, kinds, cutOff } }: { readonly value: Integrity }) {
  const findings = kinds.reduce((sum, kind) => sum + (kind.severity === 'notice' ? 0 : kind.count), 0);
  const remarks = kinds.reduce((sum, kind) => sum + (kind.severity === 'notice' ? kind.count : 0), 0);
  const whole = check !== null && !check.stale;
  return (
    <dl className="in-figures">
      {check !== null && (
        <>
          <Figure name="Calls verified" value={check.verified.calls} tone={whole ? 'ok' : 'note'} />
          <Figure name="Objects verified" value={check.verified.objects} tone="plain" extra />
        </>
      )}
      {(check !== null || findings > 0) && (
        <Figure name="Findings" value={findings} tone={findings > 0 ? 'bad' : 'plain'} />
      )}
      {remarks > 0 && <Figure name="Remarks" value={remarks} tone="plain" extra />}
      {cutOff !== null && <Figure name="At risk" value={cutOff.calls} tone="warn" />}
    </dl>
  );
}

type FigureProps = {
  readonly name: string;
  readonly value: number;
  readonly tone: 'ok' | 'warn' | 'bad' | 'note' | 'plain';
  /** left out where there is little room; the list below says it too */
  readonly extra?: boolean;
};

function Figure({ name, value, tone, extra = false }: FigureProps) {
  return (
    <div className={extra ? 'in-figure-extra' : ''}>
      <dt>{name}</dt>
      <dd className={`in-${tone}`}>{formatCount(value)}</dd>
    </div>
  );
}

function ExportMenu({ source }: { readonly source: string }) {
  const exporting = useExporting(source);
  return (
    <Menu
      align="end"
      entries={() => [
        { label: 'Evidence as JSON, for programs', run: () => void exportEvidence(source, 'json') },
        { label: 'Evidence as text, for people', run: () => void exportEvidence(source, 'text') },
      ]}
      trigger={
        <Button
          icon={Download}
          end={<ChevronDown className="icon" size={14} aria-hidden />}
          disabled={exporting}
        >
          {exporting ? 'Exporting' : 'Export'}
        </Button>
      }
    />
  );
}
