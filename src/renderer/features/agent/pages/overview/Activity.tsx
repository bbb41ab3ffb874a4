import type { AgentReport } from '../../../../../contract/fleet.ts';
import { Count } from '../../parts/Count.tsx';

const LABELS = {
  runs24h: 'Runs in 24 hours',
  runs7d: 'Runs in 7 days',
  failures7d: 'Failures in 7 days',
  toolCalls7d: 'Tool calls in 7 days',
  delegations7d: 'Delegations in 7 days',
  captures7d: 'Captures in 7 days',
} as const;

const NAMES = Object.keys(LABELS) as readonly (keyof typeof LABELS)[];

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** What the agent did lately; each figure opens its records. */
export function Activity({ report: { activity, reliability } }: { readonly report: AgentReport }) {
  return (
    <section className="ag-part">
      <h3>Activity</h3>
      <dl className="ov-figures">
        {NAMES.map((name) => (
          <div key={name}>
            <dt>{LABELS[name]}</dt>
            <dd className={name === 'failures7d' && activity[name].value > 0 ? 'ag-bad' : ''}>
              <Count query={activity[name].query} value={activity[name].value} label={LABELS[name]} />
            </dd>
          </div>
        ))}
        <div>
          <dt>Primary runs in 30 days</dt>
          <dd>
            <Count query={reliability.primaryRuns.query} value={reliability.primaryRuns.value} />
          </dd>
        </div>
        <div>
          <dt>Of these failed, were skipped, were blocked</dt>
          <dd>
            {[reliability.errorRate, reliability.skippedRate, reliability.blockedRate]
              .map(percent)
              .join(', ')}
          </dd>
        </div>
      </dl>
    </section>
  );
}
