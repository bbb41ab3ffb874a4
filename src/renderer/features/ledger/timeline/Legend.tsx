import { useEffect, useRef } from 'react';
import type { RecordState } from '../../../../contract/ledger-timeline.ts';
import { MARK_KINDS, type MarkKind } from './clusters.ts';
import { contextOf } from './paint.ts';
import { paintSign } from './paint-marks.ts';
import { paintRun } from './paint-record.ts';
import { isPlace } from './record.ts';
import { useColours } from './use-colours.ts';
import { MARK_NAMES, recordWord } from './words.ts';

type Props = {
  readonly banded: boolean;
  /** only what the picture shows has a name here */
  readonly kinds: ReadonlySet<MarkKind>;
  readonly open: boolean;
  readonly released: boolean;
  readonly forecast: boolean;
  readonly proved: boolean;
  /** what the band of the record shows, worst last */
  readonly record: readonly RecordState[];
};

/** What lines, bars and signs of the picture mean. */
export function Legend({ banded, kinds, open, released, forecast, proved, record }: Props) {
  return (
    <ul className="lt-legend" aria-label="Legend">
      <Item look="unspent">unspent</Item>
      <Item look="available">available</Item>
      {banded ? (
        <Item look="band">reserved, lowest to highest</Item>
      ) : (
        <Item look="bar">reserved, then spent</Item>
      )}
      {!banded && released && <Item look="released">released</Item>}
      {!banded && open && <Item look="open">still open</Item>}
      {forecast && <Item look="forecast">estimate</Item>}
      {proved && <Item look="proved">as proved</Item>}
      {MARK_KINDS.filter((kind) => kinds.has(kind)).map((kind) => (
        <li key={kind}>
          <Sign kind={kind} />
          {MARK_NAMES[kind]}
        </li>
      ))}
      {record.map((state) => (
        <li key={`${state.is} ${state.by}`}>
          <Part is={state.is} />
          {recordWord(state)}
        </li>
      ))}
    </ul>
  );
}

function Item({ look, children }: { readonly look: string; readonly children: string }) {
  return (
    <li>
      <span className={`lt-sample lt-sample-${look}`} aria-hidden />
      {children}
    </li>
  );
}

/** The sign of a mark as it is drawn. */
function Sign({ kind }: { readonly kind: MarkKind }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const colours = useColours();
  useEffect(() => {
    const draw = canvas.current === null ? null : contextOf(canvas.current, 14, 14);
    if (draw === null) return;
    draw.clearRect(0, 0, 14, 14);
    paintSign(draw, kind, 7, 7, colours);
  }, [kind, colours]);
  return <canvas ref={canvas} className="lt-sign" aria-hidden />;
}

/** A stretch of the record as it is drawn. */
function Part({ is }: Pick<RecordState, 'is'>) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const colours = useColours();
  useEffect(() => {
    const draw = canvas.current === null ? null : contextOf(canvas.current, 18, 14);
    if (draw === null) return;
    draw.clearRect(0, 0, 18, 14);
    paintRun(draw, { is, x0: isPlace(is) ? 7 : 1, x1: isPlace(is) ? 11 : 17 }, 7, colours);
  }, [is, colours]);
  return <canvas ref={canvas} className="lt-part" aria-hidden />;
}
