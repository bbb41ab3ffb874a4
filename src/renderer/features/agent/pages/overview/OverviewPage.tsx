import { Button } from '../../../../ui/button/Button.tsx';
import { FailureState } from '../../../../ui/empty/FailureState.tsx';
import { SkeletonRows } from '../../../../ui/skeleton/Skeleton.tsx';
import { useScene } from '../../scene.ts';
import { Activity } from './Activity.tsx';
import { AttentionList } from './AttentionList.tsx';
import { GoalsBrief, ToAnswer } from './Briefs.tsx';
import { FiredDays } from './FiredDays.tsx';
import { Gauge } from './Gauge.tsx';
import { HealthParts } from './HealthParts.tsx';
import { RecentRuns } from './RecentRuns.tsx';
import { StateHead } from './StateHead.tsx';
import './overview.css';

/** The first page about an agent: how it is, what it spent, what needs a person. */
export function OverviewPage() {
  const { report } = useScene();
  const { value, error, again } = report;
  if (value === null) {
    if (error === null) return <SkeletonRows rows={12} label="Reading the agent" />;
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
  const { brief } = value;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
    <section className="ag-scroll ov" tabIndex={0} aria-label="Overview">
      <StateHead report={value} />
      <div className="ov-columns">
        <div className="ov-column">
          <ToAnswer report={value} />
          <AttentionList report={value} />
          <GoalsBrief report={value} />
          <RecentRuns report={value} />
        </div>
        <div className="ov-column">
          <section className="ag-part">
            <h3>Spent against caps</h3>
            <Gauge gauge={brief.today} />
            <Gauge gauge={brief.month} />
          </section>
          <FiredDays report={value} />
          <HealthParts report={value} />
          <Activity report={value} />
        </div>
      </div>
      {value.elsewhere.length > 0 && (
        <section className="ag-part ov-elsewhere">
          <h3>Not in these files</h3>
          <ul className="ag-plain-list">
            {value.elsewhere.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </section>
      )}
    </section>
  );
}
