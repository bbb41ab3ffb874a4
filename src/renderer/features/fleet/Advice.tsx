import { CircleCheck, CircleDot } from 'lucide-react';
import type { Recommendation } from '../../../contract/fleet.ts';
import { openAgent, openRuns } from '../../state/agents.ts';
import { Badge } from '../../ui/badge/Badge.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import { EstimateBadge, Money } from '../runs/Figure.tsx';
import { openEvals } from './open.ts';
import { Steps } from './Steps.tsx';

type Props = { readonly source: string; readonly all: readonly Recommendation[] };

/** What could be done, with the reasons for it, the most points of score first, then dollars (§9). */
export function Advice({ source, all }: Props) {
  if (all.length === 0) return <p className="fl-quiet fl-pad">There is nothing to advise.</p>;
  return (
    <Steps items={all} className="fl-queue" label="Recommendations">
      {(one) => (
        <li key={`${one.agent} ${one.kind} ${one.title}`}>
          <p className="fl-entry-head">
            <button type="button" className="figure truncate" onClick={() => openAgent(source, one.agent)}>
              <bdi>{visibleText(one.agent)}</bdi>
            </button>
            {one.points !== null && <Badge tone="accent">up to +{one.points} points</Badge>}
            {one.savesMicros !== null && (
              <span className="fl-saves">
                saves <Money micros={one.savesMicros} estimate /> in 30 days{' '}
                <EstimateBadge how="The same tokens by today’s prices" />
              </span>
            )}
          </p>
          <p className="fl-title">{visibleText(one.title)}</p>
          <ul className="fl-reasons">
            {one.reasons.map(({ ok, text }) => (
              <li key={text}>
                {ok ? (
                  <CircleCheck className="icon fl-ok" size={14} aria-hidden />
                ) : (
                  <CircleDot className="icon fl-warn" size={14} aria-hidden />
                )}
                <span>
                  <span className="visually-hidden">{ok ? 'Met: ' : 'Not met: '}</span>
                  {visibleText(text)}
                </span>
              </li>
            ))}
          </ul>
          <p className="fl-actions">{actionsOf(source, one)}</p>
        </li>
      )}
    </Steps>
  );
}

function actionsOf(source: string, { agent, kind, query }: Recommendation) {
  const of = <span className="visually-hidden"> of {visibleText(agent)}</span>;
  return (
    <>
      {query !== null && (
        <Button look="link" size="small" onClick={() => openRuns(source, query)}>
          Show runs{of}
        </Button>
      )}
      {kind !== 'governance' && (
        <Button look="link" size="small" onClick={() => openEvals(source, agent)}>
          Show evals{of}
        </Button>
      )}
      {kind === 'governance' && (
        <Button
          look="link"
          size="small"
          onClick={() => openAgent(source, agent, { page: 'governance', item: null })}
        >
          Show governance{of}
        </Button>
      )}
    </>
  );
}
