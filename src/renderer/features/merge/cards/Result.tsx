import type { Names } from '../names.ts';
import { Pieces, ValueBody } from '../values/ValueBody.tsx';
import type { Shown } from '../values/shown.ts';
import { colourOf, originWords, type Origin, type Outcome } from './outcome.ts';

/** The upright bar that says where a part of a result comes from. */
export function OriginBar({ origin, names }: { readonly origin: Origin; readonly names: Names }) {
  const colour = colourOf(origin, names);
  return (
    <span
      className={`mg-origin mg-origin-${origin}`}
      style={colour === null ? {} : { background: `var(--lane-${colour})` }}
    >
      <span className="visually-hidden">from {originWords(origin, names)}: </span>
    </span>
  );
}

type ResultProps = {
  readonly outcome: Outcome;
  readonly names: Names;
  readonly all: boolean;
  readonly onAll: () => void;
};

/** What stands in the result, part by part; or that it is open, and what is possible. */
export function Result({ outcome, names, all, onAll }: ResultProps) {
  return (
    <div className="mg-result">
      <span className="mg-result-label">Result</span>
      {outcome.state === 'open' ? (
        <p className="mg-open-words">{outcome.why}</p>
      ) : (
        <div className="mg-result-parts">
          {outcome.parts.map(({ origin, shown }) => (
            <div key={origin} className="mg-result-part">
              <OriginBar origin={origin} names={names} />
              <div className="mg-result-value">
                {shown === null ? (
                  <span className="mg-none">nothing stands here</span>
                ) : (
                  <ValueBody shown={shown} all={all} onAll={onAll} />
                )}
              </div>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

/** Characters of each part of a result in the one row of a folded card. */
const ROW_CHARS = 160;
const NO_MARKS = [] as const;

/** The result in the one row of a folded card. */
export function ResultLine({ outcome, names }: { readonly outcome: Outcome; readonly names: Names }) {
  if (outcome.state === 'open') return null;
  return (
    <span className="mg-line">
      {outcome.parts.map(({ origin, shown }) => (
        <span key={origin} className="mg-line-part">
          <OriginBar origin={origin} names={names} />
          {shown === null ? (
            <span className="mg-none">nothing</span>
          ) : (
            <span className="mg-value mg-line-value">
              <Line shown={shown} />
            </span>
          )}
        </span>
      ))}
    </span>
  );
}

/** The beginning of a value in one line. */
export function Line({ shown }: { readonly shown: Shown }) {
  const text = shown.text
    .slice(0, 4 * ROW_CHARS)
    .replaceAll(/\s*\n\s*/g, shown.form === 'json' ? ' ' : ' ⏎ ');
  const line = text.length > ROW_CHARS ? text.slice(0, ROW_CHARS).toWellFormed() : text;
  if (line === '') return <span className="mg-none">{shown.form === 'text' ? 'no lines' : 'no items'}</span>;
  return <Pieces text={line} shown={shown} marks={NO_MARKS} />;
}
