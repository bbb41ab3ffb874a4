import type { SourceLink } from '../../../contract/records.ts';
import { api } from '../../app/engine.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { nearestAgents, nearestLedger, useWorkspace } from '../../state/workspace.ts';
import { RecordLinks } from '../runs/record/RecordLinks.tsx';
import '../runs/record/record.css';

type Props = { readonly source: string; readonly hash: string };

/** Records of agents and executions of ledgers in the same workspace that recorded this call too; nothing where none did. */
export function AgentLinks({ source, hash }: Props) {
  const workspace = useWorkspace();
  if (workspace === null || (nearestAgents() === null && nearestLedger() === null)) return null;
  return <Links source={source} hash={hash} />;
}

function Links({ source, hash }: Props) {
  const { value } = useAnswer(source, `links ${hash}`, () => api.agents.linksOfCall({ source, hash }), {
    keep: false,
  });
  if (value === null || value.length === 0) return null;
  return (
    <section className="rd-section" aria-label={titleOf(value)}>
      <h3>{titleOf(value)}</h3>
      <RecordLinks links={value} />
    </section>
  );
}

/** Only agents log; a ledger has executions. */
const titleOf = (links: readonly SourceLink[]): string =>
  links.every(({ kind }) => kind === 'agent-record') ? 'Also logged by agents' : 'Also recorded elsewhere';
