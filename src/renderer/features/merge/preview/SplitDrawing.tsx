import type { CSSProperties, ReactNode } from 'react';
import type { MergeEnd, MergePreview } from '../../../../contract/merge.ts';
import { formatCounted, shortHash } from '../../../ui/format.ts';
import { MiddleText } from '../../../ui/middle/MiddleText.tsx';
import { hintText } from '../../../ui/visible-text.ts';
import { drawingOf, SIZE } from './split-geometry.ts';
import { splitWords } from './words.ts';

/** How two branches split and where the new call will join them, with names and counts. */
export function SplitDrawing({ preview }: { readonly preview: MergePreview }) {
  const { lines, dots, bases, merge, labels } = drawingOf(preview);
  const { into, from } = preview;
  const colours = {
    '--lane-into': `var(--lane-${into.colour})`,
    '--lane-from': `var(--lane-${from.colour})`,
  } as CSSProperties;
  const words = splitWords(preview, hintText(into.name), hintText(from.name));
  return (
    <>
      <p className="visually-hidden">{words}</p>
      <div className="mp-drawing" style={colours} aria-hidden>
        <svg viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}>
          {lines.map(({ of, d, style }) => (
            <path key={`${of} ${d}`} className={`mp-line mp-${style}`} data-of={of} d={d} />
          ))}
          {dots.map(({ of, x, y }) => (
            <circle key={`${x} ${y}`} className="mp-dot" data-of={of} cx={x} cy={y} r={4.5} />
          ))}
          {bases.map(({ x, y }) => (
            <circle key={y} className="mp-base" cx={x} cy={y} r={6} />
          ))}
          {merge !== null && <circle className="mp-merge" cx={merge.x} cy={merge.y} r={8} />}
        </svg>
        <Label at={labels.base} width={merge === null ? 260 : 200}>
          <BaseLabel preview={preview} />
        </Label>
        {!preview.already && (
          <Label at={labels.into} width={190}>
            <EndLabel end={into} />
          </Label>
        )}
        {merge !== null && (
          <Label at={merge.x} width={120} className="mp-label-new">
            new merge call
          </Label>
        )}
        <Label at={preview.already ? labels.into : labels.from} width={300} low={!preview.already}>
          {preview.already ? <EndLabel end={into} /> : <EndLabel end={from} />}
        </Label>
      </div>
    </>
  );
}

type LabelProps = {
  readonly at: number;
  readonly width: number;
  readonly low?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
};

function Label({ at, width, low = false, className = '', children }: LabelProps) {
  const style = {
    left: `${(100 * at) / SIZE.width}%`,
    maxWidth: `${(100 * width) / SIZE.width}%`,
  };
  return (
    <span className={`mp-label ${low ? 'mp-label-low' : ''} ${className}`} style={style}>
      {children}
    </span>
  );
}

function EndLabel({ end }: { readonly end: MergeEnd }) {
  return (
    <>
      <MiddleText text={end.name} />
      <span className="mp-label-fixed">, {formatCounted(end.calls, 'call')}</span>
    </>
  );
}

function BaseLabel({ preview: { bases, unrelated, already, from } }: { readonly preview: MergePreview }) {
  if (already) {
    return (
      <>
        <MiddleText text={from.name} />
        <span className="mp-label-fixed"> ends here</span>
      </>
    );
  }
  if (unrelated || bases.length === 0) return <>no common call</>;
  const title = bases.map(({ hash }) => hash).join('\n');
  if (bases.length > 1) return <span title={title}>{bases.length} common calls</span>;
  return (
    <span className="truncate" title={title}>
      common call <code>{shortHash(bases[0]?.hash ?? '')}</code>
    </span>
  );
}
