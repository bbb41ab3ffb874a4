import { ChevronRight } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import { useSettings } from '../../../state/settings.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { formatCount, formatCounted, formatDateTime, shortHash } from '../../../ui/format.ts';
import { Kbd } from '../../../ui/kbd/Kbd.tsx';
import { visibleText } from '../../../ui/visible-text.ts';
import { goToCall } from '../../sources/row-actions.ts';
import { differencesUpTo } from './layout.ts';
import { rowAt, type RunsModel, type RunsState, type Shown } from './model.ts';
import { firstDifferenceWords } from './words.ts';

type CommonProps = {
  readonly source: string;
  readonly model: RunsModel;
  readonly state: RunsState;
  readonly shown: Shown;
};

/** The calls that both runs have, as one line that opens to show them. */
export function CommonPart({ source, model, state, shown }: CommonProps) {
  const zone = useSettings((settings) => settings.time);
  const { fork, shared, sharedSinceMicros } = shown.comparison;
  if (fork === null) {
    return (
      <div className="cr-common">
        <span className="cr-common-words">
          The two runs have no call in common: all calls of both are compared.
        </span>
      </div>
    );
  }
  const since = sharedSinceMicros === null ? '' : `from ${formatDateTime(sharedSinceMicros, zone)} `;
  const said = fork.summary?.input ?? '';
  return (
    <div className="cr-common">
      <button
        type="button"
        className="cr-common-open"
        aria-expanded={state.commonOpen}
        onClick={() => model.openCommon(!state.commonOpen)}
      >
        <ChevronRight className="icon cr-chevron" size={14} aria-hidden />
        <b>{formatCounted(shared, 'call')} in common</b>
      </button>
      <span className="cr-common-words truncate">
        {since}up to{' '}
        <button type="button" className="cr-link hash" onClick={() => goToCall(source, fork.hash)}>
          {shortHash(fork.hash)}
        </button>{' '}
        <bdi className="mono">{visibleText(fork.tool ?? '').slice(0, 60)}</bdi>{' '}
        <bdi>{said.slice(0, 120)}</bdi>
      </span>
      <span className="cr-common-end">counted once in every sum</span>
    </div>
  );
}

type FirstProps = {
  readonly shown: Shown;
  readonly onGo: () => void;
  /** at the end of the line */
  readonly children: ReactNode;
};

/** Where the runs begin to differ, in a sentence, and the way there. */
export function FirstDifference({ shown, onGo, children }: FirstProps) {
  const { comparison, rows } = shown;
  const { firstDifference, same } = comparison;
  if (firstDifference === null) {
    return (
      <div className="cr-first">
        <b className="cr-first-same">No difference</b>
        <span>
          {formatCount(same)} {same === 1 ? 'call is' : 'calls are'} the same in both runs
          {comparison.ignored > 0
            ? `, ${formatCount(comparison.ignored)} of them but for what is ignored`
            : ''}
        </span>
        <span className="cr-first-end">{children}</span>
      </div>
    );
  }
  const row = rowAt(shown, firstDifference);
  const near = [...rows.values()]
    .flat()
    .filter((one) => one.row >= firstDifference && one.row < firstDifference + 100);
  return (
    <div className="cr-first">
      <b>First difference</b>
      <bdi className="truncate">
        {row === null
          ? ''
          : firstDifferenceWords(
              comparison,
              row,
              near.toSorted((one, two) => one.row - two.row),
            )}
      </bdi>
      <span className="cr-first-end">
        <Place shown={shown} />
        <Button size="small" look="quiet" end={<Kbd keys="d" />} onClick={onGo}>
          Go there
        </Button>
        {children}
      </span>
    </div>
  );
}

/** How many differences there are. */
function Place({ shown: { kinds } }: { readonly shown: Shown }) {
  const all = useMemo(() => differencesUpTo(kinds, kinds.length), [kinds]);
  return <span className="cr-first-count">{formatCounted(all, 'difference')}</span>;
}
