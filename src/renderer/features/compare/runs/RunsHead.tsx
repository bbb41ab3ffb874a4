import { ArrowRightLeft, ChevronDown, GitMerge } from 'lucide-react';
import type { RunEnd } from '../../../../contract/compare.ts';
import { openMergePreview } from '../../../state/merge-form.ts';
import { openRunsForm } from '../../../state/runs-form.ts';
import { replaceTab } from '../../../state/tabs.ts';
import { useSettings } from '../../../state/settings.ts';
import { Button, IconButton } from '../../../ui/button/Button.tsx';
import { RefBadge } from '../../../ui/badge/Badge.tsx';
import { formatDateTime, shortHash } from '../../../ui/format.ts';
import { useShortcuts } from '../../../ui/keyboard.ts';
import { goToCall } from '../../sources/row-actions.ts';
import { Deltas } from './Deltas.tsx';
import type { RunsModel, RunsState, Shown } from './model.ts';
import { runName } from './words.ts';

type Props = {
  readonly source: string;
  readonly model: RunsModel;
  readonly state: RunsState;
  readonly shown: Shown;
};

/** What a tab asks by: the name of a ref, or the hash. */
const asked = ({ name, hash }: RunEnd): string => name ?? hash;

/** Both ends, where they part, what each came to since, and what can be done with the two. */
export function RunsHead({ source, model, state, shown }: Props) {
  const { comparison } = shown;
  const { a, b } = comparison;
  const swap = () =>
    replaceTab(
      { kind: 'compare-runs', source, a: asked(a), b: asked(b) },
      { kind: 'compare-runs', source, a: asked(b), b: asked(a) },
    );
  const pair = mergePair(a, b);
  const merge = () => pair !== null && openMergePreview(source, { into: pair.into, from: pair.from });
  useShortcuts({ name: 'compare-runs', label: 'Compare runs' }, [
    { keys: 'x', label: 'Swap the two runs', run: swap },
    { keys: 'm', label: 'Merge the one into the other', run: merge, when: () => pair !== null },
  ]);
  return (
    <header className="cr-head">
      <div className="cr-ends">
        <div className="cr-pair">
          <End end={a} />
          <IconButton icon={ArrowRightLeft} size="small" label="Swap the two runs (X)" onClick={swap} />
          <End end={b} />
          <IconButton
            icon={ChevronDown}
            size="small"
            label="Compare other runs…"
            onClick={() => openRunsForm(source, { a: asked(a), b: asked(b) })}
          />
        </div>
        <Split source={source} shown={shown} />
      </div>
      <Deltas source={source} state={state} shown={shown} model={model} />
      {pair !== null && (
        <Button
          className="cr-merge"
          look="primary"
          icon={GitMerge}
          title={`Preview merging ${pair.from} into ${pair.into}`}
          onClick={merge}
        >
          Merge…
        </Button>
      )}
      <Notes state={state} shown={shown} />
    </header>
  );
}

/** Which of two branches is merged into which: HEAD's takes the other, else the first one. */
function mergePair(a: RunEnd, b: RunEnd): { readonly into: string; readonly from: string } | null {
  if (a.kind !== 'branch' || b.kind !== 'branch' || a.name === null || b.name === null) return null;
  if (a.name === b.name) return null;
  return b.head ? { into: b.name, from: a.name } : { into: a.name, from: b.name };
}

function End({ end }: { readonly end: RunEnd }) {
  const { name, kind, hash, colour, head } = end;
  if (name === null || kind === null) {
    return (
      <span className="cr-end-hash hash" title={hash}>
        {shortHash(hash)}
      </span>
    );
  }
  const label = kind === 'branch' ? name : name.slice(name.indexOf('/') + 1);
  return (
    <span className="cr-end">
      <RefBadge badge={{ name, label, kind, head, colour: colour ?? 1 }} />
    </span>
  );
}

function Split({ source, shown: { comparison } }: { readonly source: string; readonly shown: Shown }) {
  const zone = useSettings((settings) => settings.time);
  const { fork, forks } = comparison;
  if (fork === null) return <p className="cr-split">unrelated: no call in common</p>;
  const at = fork.timestamp === null ? Number.NaN : Date.parse(fork.timestamp) * 1000;
  return (
    <p className="cr-split">
      split at{' '}
      <button
        type="button"
        className="hash cr-link"
        title={`Show ${fork.hash} in the graph`}
        onClick={() => goToCall(source, fork.hash)}
      >
        {shortHash(fork.hash)}
      </button>
      {Number.isNaN(at) ? '' : `, ${formatDateTime(at, zone)}`}
      {forks > 1 ? `, newest of ${forks}` : ''}
    </p>
  );
}

/** What a person should know beside the figures: limits, damage, an answer that is not the newest. */
function Notes({ state, shown }: { readonly state: RunsState; readonly shown: Shown }) {
  const notes = [
    ...shown.comparison.notes,
    ...(state.sums?.notes ?? []),
    ...(state.sumsError === null ? [] : [`The sums could not be read. ${state.sumsError.message}`]),
    ...(state.error === null
      ? []
      : [`This is what was compared before. ${state.error.message} ${state.error.hint}`]),
  ];
  if (notes.length === 0) return null;
  return (
    <ul
      className="cr-notes"
      aria-label={`About ${runName(shown.comparison.a)} and ${runName(shown.comparison.b)}`}
    >
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
