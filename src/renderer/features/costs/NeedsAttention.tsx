import { api } from '../../app/engine.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { useAsOf } from '../../state/agents.ts';
import { formatCount } from '../../ui/format.ts';
import { AttentionQueue } from '../fleet/AttentionQueue.tsx';
import { useFleetForm } from '../fleet/state.ts';
import '../fleet/fleet.css';

type Props = { readonly source: string; readonly agent: string | null };

/** What needs a person, beside what it costs: the queue of the fleet, or of one agent. */
export function NeedsAttention({ source, agent }: Props) {
  const asOf = useAsOf(source);
  const { snoozed } = useFleetForm(source);
  const { value, error } = useAnswer(source, `attention ${asOf ?? ''}`, () =>
    api.agents.fleet({ source, today: asOf }),
  );
  const queue = value?.attention.filter((entry) => agent === null || entry.agent === agent) ?? [];
  const open = queue.filter(({ state }) => state === 'open').length;
  return (
    <aside className="cx-attention" aria-labelledby="cx-attention-title">
      <header>
        <h3 id="cx-attention-title" className="cx-title">
          Needs attention
        </h3>
        {queue.length > 0 && <span className="cx-note">{formatCount(open)}, worst first</span>}
      </header>
      {value === null && error !== null && <p className="cx-lead">{`${error.message} ${error.hint}`}</p>}
      {value !== null && <AttentionQueue source={source} queue={queue} snoozed={snoozed} />}
    </aside>
  );
}
