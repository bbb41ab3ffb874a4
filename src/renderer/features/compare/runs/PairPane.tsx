import { useMemo, useRef, useState, type ReactNode } from 'react';
import type { ComparedRow, Ignore } from '../../../../contract/compare.ts';
import type { NodeDetail } from '../../../../contract/vek.ts';
import { openCompareCalls } from '../../../state/tabs.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { FailureState } from '../../../ui/empty/FailureState.tsx';
import { formatCount, formatCounted } from '../../../ui/format.ts';
import { Kbd } from '../../../ui/kbd/Kbd.tsx';
import { useShortcuts } from '../../../ui/keyboard.ts';
import { Segmented } from '../../../ui/segmented/Segmented.tsx';
import { SkeletonRows } from '../../../ui/skeleton/Skeleton.tsx';
import { visibleText } from '../../../ui/visible-text.ts';
import { cutMiddle } from '../../graph/cut.ts';
import { Contents } from '../../node/Contents.tsx';
import '../../node/node.css';
import { useNode } from '../../node/use-node.ts';
import { SidePane } from '../calls/SidePane.tsx';
import '../calls/texts.css';
import '../calls/calls.css';
import { useSide, type Side } from '../calls/use-side.ts';
import { useSteps, type Steps } from '../calls/use-steps.ts';
import { setColumns, useColumns } from '../calls/view-state.ts';
import { countingEdits } from './counting.ts';
import type { Shown } from './model.ts';
import { useSettled } from './use-settled.ts';
import { runName, signWords } from './words.ts';

type Props = {
  readonly source: string;
  readonly shown: Shown;
  /** the selected row; null while it is on its way, and on a fold */
  readonly row: ComparedRow | null;
  readonly rules: Ignore;
  /** two texts fit side by side */
  readonly wide: boolean;
};

/** Paths that are named in the head; the others stand in the list of the tab of the two calls. */
const MOST_PATHS = 3;

/** What the selected row holds: how input and output of the two calls differ, or the one call that stands alone. */
export function PairPane({ source, shown, row, rules, wide }: Props) {
  const names = { a: runName(shown.comparison.a), b: runName(shown.comparison.b) };
  const settled = useSettled(row, 120);
  const [a, b] = [settled?.a?.hash ?? null, settled?.b?.hash ?? null];
  const one = useNode(source, a === '' ? null : a);
  const two = useNode(source, b === '' ? null : b);
  if (row === null || settled === null) {
    return (
      <Frame>
        <p className="cr-hint">Select a row to see what its calls hold.</p>
      </Frame>
    );
  }
  const error = one.error ?? two.error;
  const first = one.detail?.record.hash === a ? one.detail : null;
  const second = two.detail?.record.hash === b ? two.detail : null;
  if ((a !== null && first === null) || (b !== null && second === null)) {
    return (
      <Frame>
        {a === '' || b === '' ? (
          <p className="cr-hint">This call is no longer in the store.</p>
        ) : error === null ? (
          <SkeletonRows rows={4} label="Reading the calls" />
        ) : (
          <FailureState error={error} />
        )}
      </Frame>
    );
  }
  if (first !== null && second !== null) {
    return (
      <Pair
        key={`${a} ${b}`}
        source={source}
        row={settled}
        a={first}
        b={second}
        words={signWords(settled, names.a, names.b)}
        rules={rules}
        wide={wide}
      />
    );
  }
  const alone = first ?? second;
  return alone === null ? null : (
    <Alone source={source} call={alone} name={first === null ? names.b : names.a} />
  );
}

function Frame({ children }: { readonly children: ReactNode }) {
  return (
    <section className="cr-below" aria-label="The calls of the selected row">
      {children}
    </section>
  );
}

const toolWords = (tool: string): string => (tool === '' ? '(no name)' : cutMiddle(visibleText(tool), 60));

/** A call that only one run has. */
function Alone({
  source,
  call,
  name,
}: {
  readonly source: string;
  readonly call: NodeDetail;
  readonly name: string;
}) {
  const panel = useRef<HTMLDivElement>(null);
  return (
    <Frame>
      <header className="cr-below-head">
        <h3>{toolWords(call.row.tool)}</h3>
        <span className="cr-below-words">only in {name}</span>
        <StepKeys />
      </header>
      <div ref={panel} className="cr-alone" tabIndex={-1} data-key-scope="compare-runs">
        <Contents source={source} detail={call} where="tab" panel={panel} />
      </div>
    </Frame>
  );
}

function StepKeys() {
  return (
    <span className="cr-step-keys" aria-hidden>
      Next difference <Kbd keys="j" /> Previous <Kbd keys="k" />
    </span>
  );
}

type PairProps = {
  readonly source: string;
  readonly row: ComparedRow;
  readonly a: NodeDetail;
  readonly b: NodeDetail;
  readonly words: string;
  readonly rules: Ignore;
  readonly wide: boolean;
};

function Pair({ source, row, a, b, words, rules, wide }: PairProps) {
  const columns = useColumns();
  const sides = { input: useSide(source, a.input, b.input), output: useSide(source, a.output, b.output) };
  const [chosen, setChosen] = useState<'input' | 'output' | null>(null);
  const what = chosen ?? firstSide(row, sides);
  const steps = { input: useSteps(sides.input.changes), output: useSteps(sides.output.changes) };
  const root = useRef<HTMLDivElement>(null);
  useShortcuts({ name: 'compare-runs', label: 'Compare runs' }, [
    { keys: 'i', label: 'Show the input', run: () => setChosen('input') },
    { keys: 'o', label: 'Show the output', run: () => setChosen('output') },
    { keys: 'v', label: 'Side by side, or one column', run: () => setColumns(!columns), when: () => wide },
  ]);
  return (
    <Frame>
      <header className="cr-below-head">
        <h3>
          {toolWords(a.row.tool)}, {what}
        </h3>
        <Differing side={sides[what]} steps={steps[what]} words={words} rules={rules}>
          <Button
            size="small"
            look="link"
            onClick={() => openCompareCalls(source, a.record.hash, b.record.hash)}
          >
            all
          </Button>
        </Differing>
        <span className="cr-below-end">
          <StepKeys />
          <Segmented<'input' | 'output'>
            label="What is compared"
            value={what}
            onChange={setChosen}
            options={[
              { value: 'input', label: 'Input' },
              { value: 'output', label: 'Output' },
            ]}
          />
          {wide && (
            <Segmented
              label="Layout"
              value={columns ? 'two' : 'one'}
              onChange={(value) => setColumns(value === 'two')}
              options={[
                { value: 'two', label: 'Side by side' },
                { value: 'one', label: 'One column' },
              ]}
            />
          )}
        </span>
      </header>
      <div ref={root} className="cr-below-body" data-key-scope="compare-runs">
        <SidePane
          key={what}
          source={source}
          what={what}
          a={a}
          b={b}
          side={sides[what]}
          steps={steps[what]}
          columns={columns && wide}
          reveal={steps[what].reveal}
          onLeave={leaveText}
        />
      </div>
    </Frame>
  );
}

/** From the text back to the rows. */
const leaveText = (): void => document.querySelector<HTMLElement>('.cr-grid')?.focus();

/** The side that differs: the output where both do, since what came out is what counts. */
function firstSide(
  row: ComparedRow,
  sides: { readonly input: Side; readonly output: Side },
): 'input' | 'output' {
  if (row.kind === 'changed') return row.output ? 'output' : 'input';
  return sides.output.compared.state === 'same' && sides.input.compared.state !== 'same' ? 'input' : 'output';
}

type DifferingProps = {
  readonly side: Side;
  readonly steps: Steps;
  readonly words: string;
  readonly rules: Ignore;
  readonly children: ReactNode;
};

/** How many fields differ, the first of them by their paths, and how many of them are ignored. */
function Differing({ side, steps, words, rules, children }: DifferingProps) {
  const { changes, compared, old, now } = side;
  const counting = useMemo(() => countingEdits(old, now, rules), [old, now, rules]);
  if (compared.state === 'same') return <span className="cr-below-words">{words}; this side is equal</span>;
  if (changes.length === 0) return <span className="cr-below-words">{words}</span>;
  const ignored = counting === null ? 0 : Math.max(0, changes.length - counting);
  return (
    <span className="cr-below-words">
      {formatCounted(changes.length, 'place')} {changes.length === 1 ? 'differs' : 'differ'}
      {ignored > 0 ? `, ${formatCount(ignored)} of them ignored` : ''}:{' '}
      {changes.slice(0, MOST_PATHS).map((change, at) => (
        <span key={change.key}>
          {at > 0 ? ', ' : ''}
          <button type="button" className="cr-path mono" onClick={() => steps.go(at)}>
            <bdi>{cutMiddle(change.where, 40)}</bdi>
          </button>
        </span>
      ))}
      {changes.length > MOST_PATHS && (
        <>
          {' '}
          and {formatCount(changes.length - MOST_PATHS)} more ({children})
        </>
      )}
    </span>
  );
}
