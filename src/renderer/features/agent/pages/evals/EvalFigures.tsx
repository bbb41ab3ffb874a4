import type { EvalsPart } from '../../../../../contract/agent-parts.ts';
import { formatCount } from '../../../../ui/format.ts';
import { visibleText } from '../../../../ui/visible-text.ts';
import { Figure } from '../../../runs/Figure.tsx';
import { useScene } from '../../scene.ts';

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;

/** With its sign, and the true minus. */
const signed = (value: number): string => `${value > 0 ? '+' : ''}${value.toFixed(2)}`.replace('-', '\u2212');

const toneOf = (delta: number): string => (delta < 0 ? 'ag-bad' : delta > 0 ? 'ag-ok' : '');

type Props = { readonly part: EvalsPart; readonly onFailing: () => void };

/** How evals stand: passed, hard fails, and how scores moved. */
export function EvalFigures({ part, onFailing }: Props) {
  const { source } = useScene();
  const { passRate, delta30, helperProvenance, dimensions } = part;
  const hard = part.rows.reduce((sum, row) => sum + (row.hardFails.length > 0 ? 1 : 0), 0);
  return (
    <dl className="ev-figures">
      {passRate !== null && (
        <div>
          <dt>Passed in 30 days</dt>
          <dd>
            <strong>{percent(passRate.value)}</strong>{' '}
            <span className="ag-muted">
              {formatCount(passRate.part)} of {formatCount(passRate.whole)}
            </span>
          </dd>
        </div>
      )}
      <div>
        <dt>Hard fails</dt>
        <dd>
          {hard === 0 ? (
            '0'
          ) : (
            <button type="button" className="ag-link ag-bad" onClick={onFailing}>
              {formatCount(hard)}
            </button>
          )}
        </dd>
      </div>
      {delta30 !== null && (
        <div>
          <dt>Mean, change in 30 days</dt>
          <dd className={toneOf(delta30)}>{signed(delta30)}</dd>
        </div>
      )}
      {dimensions.map(({ name, trend, delta }) => (
        <div key={name}>
          <dt>{visibleText(name.replaceAll('_', ' '))}</dt>
          <dd>
            {trend.at(-1)?.mean.toFixed(2) ?? ''}{' '}
            {delta !== null && <span className={toneOf(delta)}>{signed(delta)}</span>}
          </dd>
        </div>
      ))}
      {helperProvenance !== null && (
        <div>
          <dt>Helpers keeping sources</dt>
          <dd>
            <Figure source={source} query={helperProvenance.query}>
              {percent(helperProvenance.share)}
            </Figure>{' '}
            <span className="ag-muted">
              {formatCount(helperProvenance.part)} of {formatCount(helperProvenance.whole)}
            </span>
          </dd>
        </div>
      )}
    </dl>
  );
}
