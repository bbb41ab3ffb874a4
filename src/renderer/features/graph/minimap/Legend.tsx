import type { CSSProperties, ReactNode } from 'react';
import type { GraphStrip } from '../../../../contract/scale.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { formatCount } from '../../../ui/format.ts';
import { searchFailures, stopSearch, useFailureSearch } from '../marks/failures.ts';
import { countMarks } from './map-marks.ts';

type Props = {
  readonly source: string;
  readonly strip: GraphStrip;
  readonly headColour: number;
};

/** What the marks of the map mean, and how many of each stand in this view. */
export function Legend({ source, strip, headColour }: Props) {
  const counts = countMarks(strip.marks);
  const head = strip.marks.find((mark) => mark.kind === 'head');
  const lane = { '--mark': `var(--lane-${headColour})` } as CSSProperties;
  return (
    <>
      <p className="g-legend-title">Map of {formatCount(strip.total)} calls</p>
      <ul className="g-legend-list">
        <Line mark="lanes">Lanes, strong where calls are many</Line>
        {head !== undefined && (
          <Line mark="head" style={lane}>
            HEAD on <bdi className="g-legend-name">{head.label}</bdi>
          </Line>
        )}
        <Line mark="branch" style={lane} count={counts.branch}>
          Tips of branches
        </Line>
        <Line mark="ref" count={counts.tag + counts.checkpoint}>
          Tags and checkpoints
        </Line>
        <Line mark="damaged" count={counts.damaged}>
          Damaged calls
        </Line>
        <Failed source={source} strip={strip} count={counts.failed} />
      </ul>
    </>
  );
}

function Failed({
  source,
  strip,
  count,
}: {
  readonly source: string;
  readonly strip: GraphStrip;
  readonly count: number;
}) {
  const search = useFailureSearch(source);
  const { failures } = strip;
  if (failures.state === 'known') {
    return (
      <Line mark="failed" count={count}>
        Failed calls
      </Line>
    );
  }
  const now = search ?? (failures.state === 'searching' ? failures : null);
  if (now?.state === 'searching') {
    return (
      <>
        <Line mark="failed">
          Failed calls: {formatCount(now.done)}
          {now.total === null ? '' : ` of ${formatCount(now.total)}`} searched
        </Line>
        {search !== null && (
          <li className="g-legend-act">
            <progress max={now.total ?? 1} value={now.done} aria-label="Search for failed calls" />
            <Button size="small" onClick={() => stopSearch(source)}>
              Stop
            </Button>
          </li>
        )}
      </>
    );
  }
  return (
    <>
      <Line mark="failed">Failed calls: not searched yet</Line>
      {now?.state === 'failed' && <li className="g-legend-bad">{now.message}</li>}
      <li className="g-legend-act">
        <Button size="small" onClick={() => void searchFailures(source)}>
          Search
        </Button>
      </li>
    </>
  );
}

function Line({
  mark,
  count,
  style,
  children,
}: {
  readonly mark: string;
  readonly count?: number;
  readonly style?: CSSProperties;
  readonly children: ReactNode;
}) {
  return (
    <li className="g-legend-line">
      <span className="g-legend-mark" data-mark={mark} style={style} aria-hidden />
      <span className="g-legend-text">{children}</span>
      {count !== undefined && <span className="g-legend-count">{formatCount(count)}</span>}
    </li>
  );
}
