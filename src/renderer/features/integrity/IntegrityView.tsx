import { ShieldAlert, ShieldCheck, ShieldQuestion } from 'lucide-react';
import type { CheckReport, Problem, VekOverview } from '../../../contract/vek.ts';
import { checkEverything } from '../../app/check.ts';
import { knownProblems } from '../../app/problem-count.ts';
import { useCheck, type CheckState } from '../../state/check.ts';
import { useSettings } from '../../state/settings.ts';
import { useOverview, useSource } from '../../state/workspace.ts';
import { Button } from '../../ui/button/Button.tsx';
import { FailureState } from '../../ui/empty/FailureState.tsx';
import { formatCount, formatCounted, formatDateTime } from '../../ui/format.ts';
import { ProblemList } from '../problems/ProblemList.tsx';
import '../problems/problems.css';

/** What is wrong with a repository, in words: what opening found, and what a full check found. */
export function IntegrityView({ source: id }: { readonly source: string }) {
  const source = useSource(id);
  const overview = useOverview(id);
  const check = useCheck(id);
  if (source === null) return null;
  const failure = check.error ?? (overview.value === null ? overview.error : null);
  const stale = overview.value?.lastCheck?.stale === true;
  const last = lastCheckOf(check, overview.value);
  const fromOpening = knownProblems(source, overview.value);
  const problems = check.report === null ? fromOpening : joined(check.report.problems, fromOpening);
  return (
    <div className="problems">
      <header className="problems-head">
        <Verdict check={last} stale={stale} known={problems.length} />
        {check.report !== null && <Checked report={check.report} />}
        {check.running === null ? (
          <Button
            look={check.report === null ? 'primary' : 'secondary'}
            onClick={() => void checkEverything(id)}
          >
            {check.report === null ? 'Check everything' : 'Check again'}
          </Button>
        ) : (
          <Button onClick={check.running.stop}>Stop</Button>
        )}
      </header>
      {check.running !== null && <Running done={check.running.done} total={check.running.total} />}
      {failure === null ? (
        <ProblemList
          source={id}
          problems={problems}
          empty={<NoProblems checked={last !== null} stale={stale} />}
        />
      ) : (
        <FailureState error={failure} />
      )}
    </div>
  );
}

type LastCheck = { readonly atMicros: number; readonly ok: boolean };

/** The newest check: one asked for in this window, or the engine's own of a small repository. */
function lastCheckOf(check: CheckState, overview: VekOverview | null): LastCheck | null {
  if (check.report !== null && check.atMicros !== null)
    return { atMicros: check.atMicros, ok: check.report.ok };
  return overview?.lastCheck ?? null;
}

type VerdictProps = {
  readonly check: LastCheck | null;
  readonly stale: boolean;
  readonly known: number;
};

function Verdict({ check, stale, known }: VerdictProps) {
  const zone = useSettings((state) => state.time);
  if (check === null) {
    return (
      <div className="verdict">
        <ShieldQuestion className="icon" size={20} aria-hidden />
        <div>
          <h2>{known === 0 ? 'Not checked yet' : `${formatCounted(known, 'problem')} seen at opening`}</h2>
          <p>Opening reads only what it shows. A check recomputes the hash of every call and object.</p>
        </div>
      </div>
    );
  }
  const at = formatDateTime(check.atMicros, zone);
  const sound = check.ok;
  const Icon = sound ? ShieldCheck : ShieldAlert;
  return (
    <div className="verdict">
      <Icon className={`icon ${sound ? (stale ? '' : 'verdict-ok') : 'verdict-bad'}`} size={20} aria-hidden />
      <div>
        <h2>
          {sound ? (stale ? 'Sound when it was checked' : 'Every hash and link holds') : 'Damage found'}
        </h2>
        <p>
          {stale ? `Checked ${at}; the repository has changed since.` : `Every hash was recomputed ${at}.`}
        </p>
      </div>
    </div>
  );
}

function Checked({ report }: { readonly report: CheckReport }) {
  const { nodes, objects, refs } = report.checked;
  return (
    <dl className="checked">
      <div>
        <dt>Calls</dt>
        <dd>{formatCount(nodes)}</dd>
      </div>
      <div>
        <dt>Objects</dt>
        <dd>{formatCount(objects)}</dd>
      </div>
      <div>
        <dt>Refs</dt>
        <dd>{formatCount(refs)}</dd>
      </div>
      <div>
        <dt>Problems</dt>
        <dd>{formatCount(report.problems.length)}</dd>
      </div>
    </dl>
  );
}

function Running({ done, total }: { readonly done: number; readonly total: number }) {
  return (
    <div className="check-running">
      <p>
        {total === 0
          ? 'Counting what is to be checked'
          : `Recomputing hashes, ${formatCount(done)} of ${formatCount(total)} done`}
      </p>
      <progress
        className="reading-bar"
        aria-label="Recomputing hashes"
        {...(total === 0 ? {} : { max: total, value: done })}
      />
    </div>
  );
}

function NoProblems({ checked, stale }: { readonly checked: boolean; readonly stale: boolean }) {
  if (!checked) return <>Opening found nothing broken. Only a full check can say more.</>;
  return stale ? <>The check found nothing.</> : <>Nothing is broken.</>;
}

const keyOf = (problem: Problem): string => `${problem.kind}\n${problem.hash}\n${problem.ref}`;

/** The report's problems, then those of the opening that it does not hold, such as an unreadable HEAD. */
function joined(report: readonly Problem[], opening: readonly Problem[]): readonly Problem[] {
  const known = new Set(report.map(keyOf));
  return [...report, ...opening.filter((problem) => !known.has(keyOf(problem)))];
}
