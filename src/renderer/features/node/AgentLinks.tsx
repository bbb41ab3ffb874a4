import { api } from '../../app/engine.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { nearestAgents, useWorkspace } from '../../state/workspace.ts';
import { RecordLinks } from '../runs/record/RecordLinks.tsx';
import '../runs/record/record.css';

type Props = { readonly source: string; readonly hash: string };

/** Records of agents in the same workspace that logged this call too; nothing where there are no agents, or none did. */
export function AgentLinks({ source, hash }: Props) {
  const workspace = useWorkspace();
  if (workspace === null || nearestAgents() === null) return null;
  return <Links source={source} hash={hash} />;
}

function Links({ source, hash }: Props) {
  const { value } = useAnswer(source, `links ${hash}`, () => api.agents.linksOfCall({ source, hash }), {
    keep: false,
  });
  if (value === null || value.length === 0) return null;
  return (
    <section className="rd-section" aria-label="Also logged by agents">
      <h3>Also logged by agents</h3>
      <RecordLinks links={value} />
    </section>
  );
}
