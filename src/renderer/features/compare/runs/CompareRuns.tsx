import { GitFork } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import type { Ignore } from '../../../../contract/compare.ts';
import { loadPart, savePart } from '../../../state/persist.ts';
import { useProgress } from '../../../state/workspace.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { EmptyState } from '../../../ui/empty/EmptyState.tsx';
import { FailureState } from '../../../ui/empty/FailureState.tsx';
import { formatCount } from '../../../ui/format.ts';
import { isCovered } from '../../../ui/keyboard.ts';
import { useWidth } from '../calls/use-width.ts';
import { openRunsForm, wereAskedFor } from '../../../state/runs-form.ts';
import { createRunsModel, rowAt, type RunsModel, type RunsState, type Shown } from './model.ts';
import { PairPane } from './PairPane.tsx';
import { keepRules, keptRules } from './kept-rules.ts';
import { RunRows } from './RunRows.tsx';
import { RunsHead } from './RunsHead.tsx';
import { RunsSkeleton } from './RunsSkeleton.tsx';
import { runName } from './words.ts';
import './rows.css';
import './runs.css';

type Props = { readonly source: string; readonly a: string; readonly b: string };

/** Widths of the view in px below which hashes and then times leave the rows. */
const WIDE = 900;
const MEDIUM = 680;

/** Two runs side by side from their split: what they came to, every call, and how the selected two differ. */
export function CompareRuns({ source, a, b }: Props) {
  const [rules, setRules] = useState<Ignore>(() => keptRules(source));
  const model = useMemo(() => createRunsModel(source, a, b, keptRules(source)), [source, a, b]);
  useEffect(() => model.start(), [model]);
  const state = model.use();
  const root = useRef<HTMLElement>(null);
  const width = useWidth(root) ?? WIDE;
  useFocusWhenAsked(root, source, a, b, state.shown !== null);
  const ignore = (next: Ignore) => {
    setRules(next);
    keepRules(source, next);
    model.ignore(next);
  };
  return (
    <section
      ref={root}
      className="cr"
      aria-label={state.shown === null ? 'Two runs compared' : labelOf(state.shown)}
      tabIndex={-1}
      data-width={width >= WIDE ? 'wide' : width >= MEDIUM ? 'medium' : 'narrow'}
    >
      {state.shown !== null ? (
        <Compared
          source={source}
          model={model}
          state={state}
          shown={state.shown}
          rules={rules}
          onRules={ignore}
          wide={width >= MEDIUM}
        />
      ) : state.error !== null ? (
        <FailureState
          error={state.error}
          actions={
            <>
              <Button size="small" onClick={model.retry}>
                Compare again
              </Button>
              <Button size="small" onClick={() => openRunsForm(source, { a, b })}>
                Choose other runs…
              </Button>
            </>
          }
        />
      ) : (
        <Waiting source={source} model={model} />
      )}
    </section>
  );
}

/** Gives the rows the focus as soon as they are there, where a person has just asked for these runs. */
function useFocusWhenAsked(
  root: RefObject<HTMLElement | null>,
  source: string,
  a: string,
  b: string,
  there: boolean,
): void {
  useEffect(() => {
    if (!there || !wereAskedFor(source, a, b)) return undefined;
    // The palette, dialog or menu that was asked closes first, and gives the focus back to where it was.
    let left = 40;
    const timer = window.setInterval(() => {
      left -= 1;
      if (left <= 0) window.clearInterval(timer);
      if (isCovered() || root.current?.contains(document.activeElement) === true) return;
      left = Math.min(left, 6);
      (root.current?.querySelector<HTMLElement>('[role=grid]') ?? root.current)?.focus();
    }, 30);
    return () => window.clearInterval(timer);
  }, [root, source, a, b, there]);
}

const labelOf = ({ comparison }: Shown): string =>
  `Runs ${runName(comparison.a)} and ${runName(comparison.b)} compared`;

function Waiting({ source, model }: { readonly source: string; readonly model: RunsModel }) {
  const progress = useProgress(source);
  const comparing = progress?.work === 'compare' ? progress : null;
  return (
    <RunsSkeleton
      words={
        comparing?.total === undefined || comparing.total === null
          ? null
          : `Reading what is compared: ${formatCount(comparing.done)} of ${formatCount(comparing.total)} contents`
      }
      onStop={model.stop}
    />
  );
}

type ComparedProps = {
  readonly source: string;
  readonly model: RunsModel;
  readonly state: RunsState;
  readonly shown: Shown;
  readonly rules: Ignore;
  readonly onRules: (rules: Ignore) => void;
  readonly wide: boolean;
};

const SIZE_KEY = 'compare-runs-below';

function Compared({ source, model, state, shown, rules, onRules, wide }: ComparedProps) {
  const { comparison } = shown;
  const [size] = useState(() => Number(loadPart(SIZE_KEY)) || 45);
  const row = state.row < 0 ? null : rowAt(shown, state.row);
  return (
    <>
      <RunsHead source={source} model={model} state={state} shown={shown} />
      {comparison.rows === 0 ? (
        <NothingApart shown={shown} />
      ) : (
        <Group orientation="vertical" className="cr-panes">
          <Panel id="cr-rows" minSize={90}>
            <RunRows
              source={source}
              model={model}
              state={state}
              shown={shown}
              rules={rules}
              onRules={onRules}
            />
          </Panel>
          <Separator className="pane-line pane-line-across" aria-label="Height of the two contents" />
          <Panel
            id="cr-pair"
            defaultSize={`${size}%`}
            minSize={96}
            onResize={({ asPercentage }) => {
              const next = Math.round(asPercentage);
              if (next > 0 && next !== size) savePart(SIZE_KEY, String(next));
            }}
          >
            <PairPane source={source} shown={shown} row={row} rules={rules} wide={wide} />
          </Panel>
        </Group>
      )}
    </>
  );
}

/** Both runs go up to the same call, or have none of their own. */
function NothingApart({ shown: { comparison } }: { readonly shown: Shown }) {
  const [a, b] = [runName(comparison.a), runName(comparison.b)];
  return (
    <EmptyState icon={GitFork} title={`${a} and ${b} are at the same call`}>
      <p>
        Neither has a call that the other has not. As soon as one of them goes on, the difference appears
        here.
      </p>
    </EmptyState>
  );
}
