import { useState } from 'react';
import { formatCounted } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { Figure, Money } from '../../runs/Figure.tsx';
import { sharePercent } from './axis.ts';
import { seriesWords, type Series } from './series.ts';

/** What the figures beside the chart are of: the bar under the pointer or the keys, the brushed stretch, or all. */
export type Shown = {
  readonly title: string;
  readonly note: string | null;
  readonly lines: number;
  readonly costMicros: number;
  /** null: there are no records */
  readonly query: string | null;
  /** cost by key of the dimension */
  readonly costOf: (key: string) => number;
  readonly queryOf: (keys: readonly string[]) => string | null;
};

type Props = {
  readonly source: string;
  readonly shown: Shown;
  readonly series: readonly Series[];
  /** how to get figures of other days, where they are of all */
  readonly hint: boolean;
};

/** The parts of a day or a stretch, beside the chart so that no bar is covered. It is the legend, too. */
export function Readout({ source, shown, series, hint }: Props) {
  return (
    <div className="ck-readout">
      <div className="ck-readout-head">
        <h4>{shown.title}</h4>
        <Figure source={source} query={shown.query} label={`Show the records of ${shown.title}`}>
          <Money micros={shown.costMicros} />
        </Figure>
      </div>
      <ul>
        {series.map((one) => (
          <Part key={one.key ?? ''} source={source} shown={shown} series={one} />
        ))}
      </ul>
      <p className="ck-readout-foot">
        {shown.query === null ? (
          'No records'
        ) : (
          <Figure source={source} query={shown.query} className="ck-show">
            Show {formatCounted(shown.lines, 'record')}
          </Figure>
        )}
        {shown.note !== null && <span>{shown.note}</span>}
      </p>
      {hint && (
        <p className="ck-hint">
          Click a bar to keep it here. Drag, or Shift with the arrow keys, takes a stretch.
        </p>
      )}
    </div>
  );
}

function Part({ source, shown, series }: { source: string; shown: Shown; series: Series }) {
  const [open, setOpen] = useState(false);
  const cost = series.members.reduce((sum, key) => sum + shown.costOf(key), 0);
  const share = shown.costMicros > 0 ? cost / shown.costMicros : 0;
  const swatch = <Swatch lane={series.lane} />;
  return (
    <li>
      <div className="ck-part" title={cost > 0 ? sharePercent(share) : ''}>
        {swatch}
        {series.key === null ? (
          <button
            type="button"
            className="ck-others"
            aria-expanded={open}
            onClick={() => setOpen((now) => !now)}
          >
            {seriesWords(series)}
          </button>
        ) : (
          <bdi className="truncate" title={visibleText(series.key)}>
            {seriesWords(series)}
          </bdi>
        )}
        <PartMoney
          source={source}
          shown={shown}
          name={seriesWords(series)}
          keys={series.members}
          cost={cost}
        />
      </div>
      {open && (
        <ul className="ck-members">
          {series.members.map((key, index) => (
            <li key={key} className="ck-part">
              <bdi className="truncate" title={visibleText(key)}>
                {series.names[index]}
              </bdi>
              <PartMoney
                source={source}
                shown={shown}
                name={series.names[index] ?? ''}
                keys={[key]}
                cost={shown.costOf(key)}
              />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

type PartMoneyProps = {
  readonly source: string;
  readonly shown: Shown;
  readonly name: string;
  readonly keys: readonly string[];
  readonly cost: number;
};

function PartMoney({ source, shown, name, keys, cost }: PartMoneyProps) {
  if (cost === 0) return <span className="ck-none">–</span>;
  return (
    <Figure source={source} query={shown.queryOf(keys)} label={`Show the records of ${name}, ${shown.title}`}>
      <Money micros={cost} />
    </Figure>
  );
}

/** The colour of a series; its name always stands beside it. */
export function Swatch({ lane }: { readonly lane: number | null }) {
  return (
    <span
      className="ck-swatch"
      aria-hidden
      {...(lane === null
        ? {}
        : { style: { background: lane === 0 ? 'var(--fg-subtle)' : `var(--lane-${lane})` } })}
    />
  );
}
