import { useEffect, useRef } from 'react';
import { MARK_KINDS, type MarkKind } from './clusters.ts';
import { contextOf } from './paint.ts';
import { paintSign } from './paint-marks.ts';
import { useColours } from './use-colours.ts';
import { MARK_NAMES } from './words.ts';

type Props = {
  readonly banded: boolean;
  /** only what the picture shows has a name here */
  readonly kinds: ReadonlySet<MarkKind>;
  readonly open: boolean;
  readonly released: boolean;
  readonly forecast: boolean;
};

/** What lines, bars and signs of the picture mean. */
export function Legend({ banded, kinds, open, released, forecast }: Props) {
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
      {MARK_KINDS.filter((kind) => kinds.has(kind)).map((kind) => (
        <li key={kind}>
          <Sign kind={kind} />
          {MARK_NAMES[kind]}
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
