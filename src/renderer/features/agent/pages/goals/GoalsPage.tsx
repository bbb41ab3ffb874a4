import type { GoalsPart } from '../../../../../contract/agent-parts.ts';
import { Badge, type Tone } from '../../../../ui/badge/Badge.tsx';
import { formatCount, formatCounted } from '../../../../ui/format.ts';
import { visibleText } from '../../../../ui/visible-text.ts';
import { FileLink } from '../../parts/FileLink.tsx';
import { NewButton } from '../../parts/NewButton.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { PartGate } from '../../parts/PartGate.tsx';
import { RowList } from '../../parts/RowList.tsx';
import { Split } from '../../parts/Split.tsx';
import { useScene } from '../../scene.ts';
import { FileText } from '../../text/FileText.tsx';
import { GoalView } from './GoalView.tsx';
import './goals.css';

type Goal = GoalsPart['goals'][number];
type Archived = GoalsPart['archive'][number];
type Entry = { readonly path: string; readonly goal: Goal | null; readonly archived: Archived | null };

const KINDS: Record<Goal['kind'], string> = {
  goal: 'Goal',
  addressed: 'Addressed goals',
  conductor: 'Runs of playbooks',
};

/** Goals, runs of playbooks and finished goals (§2.9, §2.13). */
export function GoalsPage({ item }: { readonly item: string | null }) {
  return <PartGate part="goals">{(part) => <Goals part={part} item={item} />}</PartGate>;
}

function Goals({ part, item }: { readonly part: GoalsPart; readonly item: string | null }) {
  const { go } = useScene();
  const entries: readonly Entry[] = [
    ...part.goals.map((goal) => ({ path: goal.path, goal, archived: null })),
    ...part.archive.map((archived) => ({ path: archived.path, goal: null, archived })),
  ];
  const chosen = entries.find(({ path }) => path === item) ?? entries[0] ?? null;
  return (
    <>
      <PageHead
        title="Goals"
        note={[
          `${formatCounted(part.goals.filter(({ active }) => active).length, 'active goal')}`,
          part.archive.length > 0 ? `${formatCount(part.archive.length)} finished` : null,
        ]
          .filter((word) => word !== null)
          .join(' · ')}
        actions={<NewButton template="goal">New goal…</NewButton>}
      />
      <Split
        id="goals"
        list={
          <RowList
            label="Goals"
            items={entries}
            keyOf={({ path }) => path}
            selected={chosen?.path ?? null}
            onSelect={(path) => go('goals', path)}
            groupOf={({ goal }) => (goal === null ? 'Finished' : KINDS[goal.kind])}
            tall
            none="There is no goal."
          >
            {({ goal, archived }) => (
              <>
                <span className="ag-row-title">
                  <bdi className={`truncate ${goal?.loaded === false ? 'ag-bad' : ''}`}>
                    {visibleText(goal?.intent ?? archived?.intent ?? '')}
                  </bdi>
                </span>
                <span className="ag-row-note truncate">
                  {goal === null
                    ? (archived?.day ?? '')
                    : [
                        goal.status.replaceAll('_', ' '),
                        goal.deadline === null ? null : `by ${goal.deadline}`,
                      ]
                        .filter((word) => word !== null)
                        .map((word) => visibleText(word ?? ''))
                        .join(' · ')}
                </span>
              </>
            )}
          </RowList>
        }
      >
        {chosen !== null && chosen.goal !== null && <GoalView goal={chosen.goal} />}
        {chosen !== null && chosen.archived !== null && (
          <>
            <PageHead
              title={visibleText(chosen.archived.intent)}
              badges={<Badge tone={'neutral' satisfies Tone}>finished</Badge>}
              actions={<FileLink path={chosen.archived.path} />}
            />
            <FileText path={chosen.archived.path} form="read" />
          </>
        )}
      </Split>
    </>
  );
}
