import type { Attention } from '../../../contract/fleet.ts';
import { openAgent, openRuns } from '../../state/agents.ts';
import { openCosts } from '../../state/tabs.ts';
import { Badge } from '../../ui/badge/Badge.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { formatCounted } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { openEvals, openFile } from './open.ts';
import { splitQueue } from './order.ts';
import { setFleetForm } from './state.ts';
import { Steps } from './Steps.tsx';
import { SEVERITY, untilWords } from './words.ts';
import './fleet.css';

type Props = {
  readonly source: string;
  readonly queue: readonly Attention[];
  /** entries that are snoozed, too */
  readonly snoozed: boolean;
};

/** What needs a person, worst first; what was put aside stays so until it is asked for (formats/atomic-agents.md §9). */
export function AttentionQueue({ source, queue, snoozed }: Props) {
  const { open, aside } = splitQueue(queue);
  const shown = snoozed ? queue : open;
  return (
    <>
      {shown.length === 0 && (
        <p className="fl-quiet fl-pad">
          {aside.length === 0 ? 'Nothing asks for you.' : 'Nothing asks for you but what was snoozed.'}
        </p>
      )}
      <Steps items={shown} className="fl-queue" label="Attention, worst first">
        {(entry) => <Entry key={entry.alertKey} source={source} entry={entry} />}
      </Steps>
      {aside.length > 0 && (
        <p className="fl-aside">
          <span>{formatCounted(aside.length, 'entry', 'entries')} snoozed</span>
          <Button look="link" size="small" onClick={() => setFleetForm(source, { snoozed: !snoozed })}>
            {snoozed ? 'Hide snoozed' : 'Show snoozed'}
          </Button>
        </p>
      )}
    </>
  );
}

function Entry({ source, entry }: { readonly source: string; readonly entry: Attention }) {
  const severity = SEVERITY[entry.severity];
  return (
    <li className={entry.state === 'open' ? '' : 'fl-known'}>
      <p className="fl-entry-head">
        <Badge tone={severity.tone}>{severity.label}</Badge>
        <button type="button" className="figure truncate" onClick={() => openAgent(source, entry.agent)}>
          <bdi>{visibleText(entry.agent)}</bdi>
        </button>
        <span className="fl-entry-state">{stateWords(entry)}</span>
      </p>
      <p className="fl-title">{visibleText(entry.title)}</p>
      <p>{visibleText(entry.means)}</p>
      <p>{visibleText(entry.how)}</p>
      <Actions source={source} entry={entry} />
    </li>
  );
}

function stateWords({ state, snoozedUntil, since }: Attention): string {
  const from = since === null ? '' : ` since ${untilWords(since)}`;
  if (state === 'acked') return `acknowledged${from}`;
  if (state === 'snoozed') {
    return snoozedUntil === null ? `snoozed${from}` : `snoozed until ${untilWords(snoozedUntil)}`;
  }
  return '';
}

/** What leads to the rows behind an entry, and to where it can be mended. */
function Actions({ source, entry }: { readonly source: string; readonly entry: Attention }) {
  const { agent, query, path } = entry;
  const of = <span className="visually-hidden"> of {visibleText(agent)}</span>;
  return (
    <p className="fl-actions">
      {query !== null && (
        <Button look="link" size="small" onClick={() => openRuns(source, query)}>
          Show runs{of}
        </Button>
      )}
      {path !== null && (
        <Button look="link" size="small" onClick={() => openFile(source, agent, path)}>
          Open file{of}
        </Button>
      )}
      {entry.class === 'quality_regression' && (
        <Button look="link" size="small" onClick={() => openEvals(source, agent)}>
          Show evals{of}
        </Button>
      )}
      {entry.class.startsWith('governance.') && path === null && (
        <Button
          look="link"
          size="small"
          onClick={() => openAgent(source, agent, { page: 'governance', item: null })}
        >
          Show governance{of}
        </Button>
      )}
      {(entry.class === 'cost_spike' || entry.class === 'reliability.high_skipped_rate') && (
        <Button look="link" size="small" onClick={() => openCosts(source, agent)}>
          Try another cap{of}
        </Button>
      )}
    </p>
  );
}
