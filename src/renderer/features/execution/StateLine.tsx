/* oxlint-disable react/no-array-index-key -- states may repeat, and their order is what they are */
import { X } from 'lucide-react';
import type { ExecutionStep, ExecutionDetail } from '../../../contract/ledger-detail.ts';
import { showEntry } from '../../state/ledgers.ts';
import { formatClock, formatCount, formatDate, formatSpan, type Zone } from '../../ui/format.ts';
import { stateWords } from '../ledger/state-words.ts';
import { Told } from '../ledger/Told.tsx';
import { visibleText } from '../../ui/visible-text.ts';

type Props = {
  readonly source: string;
  readonly steps: readonly ExecutionStep[];
  readonly outcome: ExecutionDetail['outcome'];
  readonly zone: Zone;
};

/** The states of an execution from left to right, with their times and how long each took. */
export function StateLine({ source, steps, outcome, zone }: Props) {
  const open = outcome === 'open';
  return (
    <ol className="ex-line" aria-label="From admission to settlement">
      {steps.map((step, index) => {
        const before = steps[index - 1]?.atMicros ?? null;
        const took = before === null || step.atMicros === null ? null : step.atMicros - before;
        const last = index === steps.length - 1;
        const bad = last && (outcome === 'denied' || outcome === 'failed');
        return (
          <li
            key={`${index} ${step.state}`}
            className={`ex-step ${bad ? 'ex-step-bad' : ''} ${last && open ? 'ex-step-open' : ''}`}
          >
            <span className="ex-step-mark" aria-hidden>
              {bad && <X size={12} strokeWidth={2.4} />}
            </span>
            <p className="ex-step-name">{stateWords(step.state)}</p>
            <p className="ex-step-time" title={step.at ?? ''}>
              {step.atMicros === null
                ? step.at === null
                  ? 'time not recorded'
                  : visibleText(step.at).slice(0, 40)
                : `${index === 0 ? `${formatDate(step.atMicros, zone)}, ` : ''}${formatClock(step.atMicros, zone)}`}
              {took !== null && took > 0 && <span className="ex-took"> after {formatSpan(took)}</span>}
            </p>
            {step.text !== '' && (
              <p className="ex-step-text">
                <Told text={step.text} />
              </p>
            )}
            {step.seq !== null && <EntryLink source={source} seq={step.seq} />}
          </li>
        );
      })}
    </ol>
  );
}

function EntryLink({ source, seq }: { readonly source: string; readonly seq: number }) {
  return (
    <button type="button" className="figure ex-entry-link" onClick={() => showEntry(source, seq)}>
      entry {formatCount(seq)}
    </button>
  );
}
