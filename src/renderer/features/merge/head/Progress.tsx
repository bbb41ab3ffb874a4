import { formatCount } from '../../../ui/format.ts';

/** Places up to which each has a piece of the bar of its own. */
const MOST_PIECES = 24;

/** How many conflicts are resolved, and how many are open. */
export function Progress({ open, contested }: { readonly open: number; readonly contested: number }) {
  const done = contested - open;
  return (
    <div className="mg-progress">
      <div className="mg-progress-words">
        <span>
          {contested === 0 ? 'No conflicts' : `${formatCount(done)} of ${formatCount(contested)} resolved`}
        </span>
        <span className={open > 0 ? 'mg-warn' : 'mg-ok'}>
          {open > 0 ? `${formatCount(open)} open` : contested > 0 ? 'all resolved' : ''}
        </span>
      </div>
      <div className="mg-bar" aria-hidden>
        {contested <= MOST_PIECES ? (
          Array.from({ length: Math.max(contested, 1) }, (_, index) => (
            <span key={index} className={index < done || contested === 0 ? 'mg-bar-done' : 'mg-bar-open'} />
          ))
        ) : (
          <>
            <span className="mg-bar-done" style={{ flexGrow: done, minWidth: done > 0 ? 2 : 0 }} />
            {open > 0 && <span className="mg-bar-open" style={{ flexGrow: open }} />}
          </>
        )}
      </div>
    </div>
  );
}
