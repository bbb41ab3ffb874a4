import { ShieldCheck, Stethoscope } from 'lucide-react';
import { useAgentsOverview } from '../../app/agents.ts';
import { openBadLines } from '../../state/agents.ts';
import { openDoctor } from '../../state/tabs.ts';
import { useSource } from '../../state/workspace.ts';
import { Button } from '../../ui/button/Button.tsx';
import { EmptyState } from '../../ui/empty/EmptyState.tsx';
import { formatCounted } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import './problems.css';

/** What is wrong with a folder of agents as a whole. What is wrong with one agent is the doctor's to say. */
export function AgentProblems({ source }: { readonly source: string }) {
  const problems = useSource(source)?.problems ?? [];
  const { value } = useAgentsOverview(source);
  const bad = value?.badLines ?? 0;
  const actions = (
    <>
      <Button size="small" icon={Stethoscope} onClick={() => openDoctor(source)}>
        Open Doctor
      </Button>
      {bad > 0 && (
        <Button size="small" onClick={() => openBadLines(source)}>
          Show {formatCounted(bad, 'line')} that could not be read
        </Button>
      )}
    </>
  );
  if (problems.length === 0) {
    return (
      <EmptyState icon={ShieldCheck} title="No problem with the folder as a whole" actions={actions}>
        <p>Doctor checks each agent: its model, persona, notes, goals, caps and log.</p>
      </EmptyState>
    );
  }
  return (
    <section className="agent-problems" aria-label="Problems">
      <ul>
        {problems.map((problem) => (
          <li
            key={`${problem.kind} ${problem.ref ?? ''} ${problem.message}`}
            data-severity={problem.severity}
          >
            {visibleText(problem.message)}
          </li>
        ))}
      </ul>
      <div className="agent-problems-foot">{actions}</div>
    </section>
  );
}
