import type { GoalsPart, SubGoal } from '../../../../../contract/agent-parts.ts';
import { Badge, type Tone } from '../../../../ui/badge/Badge.tsx';
import { visibleText } from '../../../../ui/visible-text.ts';
import { capMoney } from '../../parts/cap-money.ts';
import { loggedTime } from '../../../runs/days.ts';
import { EditButton } from '../../parts/EditButton.tsx';
import { Fact, Facts } from '../../parts/Facts.tsx';
import { FileLink } from '../../parts/FileLink.tsx';
import { Findings } from '../../parts/Findings.tsx';
import { StageStrip } from '../../parts/StageStrip.tsx';

type Goal = GoalsPart['goals'][number];

const TONES: Record<string, Tone> = {
  complete: 'ok',
  in_progress: 'accent',
  awaiting_decision: 'warn',
  blocked: 'warn',
};

const words = (status: string): string => visibleText(status.replaceAll('_', ' '));

/** A goal: what it is for, its parts with what blocks them, and what happened. */
export function GoalView({ goal }: { readonly goal: Goal }) {
  const { conductor } = goal;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
    <section className="ag-scroll" tabIndex={0} aria-label="Goal">
      <div className="ag-part">
        <div className="ag-head-line">
          <h3 className="go-intent">{visibleText(goal.intent)}</h3>
          <Badge tone={TONES[goal.status] ?? 'neutral'}>{words(goal.status)}</Badge>
          {!goal.active && <Badge>not active</Badge>}
          {!goal.loaded && <Badge tone="bad">not loaded</Badge>}
          <span className="go-edit">
            <EditButton path={goal.path} />
          </span>
        </div>
        {goal.why !== null && !goal.loaded && <p className="ag-bad">{visibleText(goal.why)}</p>}
        <Findings findings={goal.findings} />
        <Facts wide>
          <Fact label="Priority">{visibleText(goal.priority ?? '')}</Fact>
          <Fact label="Created">{visibleText(goal.created ?? '')}</Fact>
          <Fact label="Looked at">{visibleText(goal.lastCheck ?? '')}</Fact>
          <Fact label="Deadline">{visibleText(goal.deadline ?? '')}</Fact>
          {conductor !== null && (
            <>
              <Fact label="Playbook">{visibleText(conductor.playbook ?? '')}</Fact>
              <Fact label="Run">{words(conductor.state)}</Fact>
              <Fact label="Cap">{conductor.capMicros !== null && capMoney(conductor.capMicros)}</Fact>
              <Fact label="Holds">{conductor.conflictKeys.map(visibleText).join(', ')}</Fact>
            </>
          )}
          <Fact label="File">
            <FileLink path={goal.path} />
          </Fact>
        </Facts>
      </div>
      {conductor !== null && goal.subGoals.length > 0 && (
        <div className="ag-part">
          <h3>Stages</h3>
          <StageStrip
            label="Stages of the run"
            stages={goal.subGoals.map((part) => ({
              id: part.id,
              label: part.label,
              gate: part.gate !== null,
              status: part.status,
              note: part.gate?.answer ?? null,
            }))}
          />
        </div>
      )}
      {goal.criteria.length > 0 && (
        <div className="ag-part">
          <h3>Done when</h3>
          <ul className="go-criteria">
            {goal.criteria.map((criterion) => (
              <li key={criterion}>{visibleText(criterion)}</li>
            ))}
          </ul>
        </div>
      )}
      {goal.subGoals.length > 0 && (
        <div className="ag-part">
          <h3>{conductor === null ? 'Sub-goals' : 'Stages in full'}</h3>
          <ol className="go-parts">
            {goal.subGoals.map((part) => (
              <Part key={part.id} part={part} all={goal.subGoals} />
            ))}
          </ol>
        </div>
      )}
      <History goal={goal} />
    </section>
  );
}

function Part({ part, all }: { readonly part: SubGoal; readonly all: readonly SubGoal[] }) {
  const { gate } = part;
  return (
    <li>
      <div className="go-part-line">
        <Badge tone={TONES[part.status] ?? 'neutral'}>{words(part.status)}</Badge>
        <span className="go-part-label">{visibleText(part.label)}</span>
        <span className="ag-muted go-part-end">
          {[
            part.assigned,
            part.deadline === null ? null : `by ${part.deadline}`,
            part.completed === null ? null : `done ${part.completed}`,
          ]
            .filter((word) => word !== null && word !== '')
            .map((word) => visibleText(word ?? ''))
            .join(' · ')}
        </span>
      </div>
      {part.blockedBy.length > 0 && (
        <p className="go-note ag-muted">
          Blocked by{' '}
          {part.blockedBy
            .map((id) =>
              visibleText(all.find((other) => other.id === id)?.label ?? `${id}, which is not there`),
            )
            .join(', ')}
        </p>
      )}
      {gate !== null && (
        <div className="go-gate">
          <p>{visibleText(gate.prompt)}</p>
          <p className="ag-muted">
            {gate.answer === null
              ? `Waits for a person: ${gate.options.map(visibleText).join(' / ')}`
              : `${visibleText(gate.answer)}${gate.answeredBy === null ? '' : `, answered by ${visibleText(gate.answeredBy)}`}${
                  gate.disposition === null ? '' : `, ${visibleText(gate.disposition)}`
                }`}
          </p>
          {gate.answer === null && (
            <p className="ag-muted">
              Gates are answered with the command of the Python package; Vekscope shows them.
            </p>
          )}
        </div>
      )}
      <Findings findings={part.findings} />
    </li>
  );
}

function History({ goal }: { readonly goal: Goal }) {
  if (goal.history.length === 0 && goal.badHistoryLines === 0) return null;
  return (
    <div className="ag-part">
      <h3>
        History {goal.historyPath !== null && <FileLink path={goal.historyPath}>goal_history.jsonl</FileLink>}
      </h3>
      {goal.badHistoryLines > 0 && (
        <p className="ag-warn">{goal.badHistoryLines} lines of the history can’t be read.</p>
      )}
      <ol className="go-history">
        {goal.history.map(({ ts, event, text, line }) => (
          <li key={line}>
            <span className="ag-muted" title={ts ?? ''}>
              {ts === null ? 'no time' : loggedTime(ts)}
            </span>
            <span className="go-event">{words(event)}</span>
            <span className="ag-muted go-text">{visibleText(text)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
