import { ArrowDown, ArrowUp } from 'lucide-react';
import { useMemo, useRef, type RefObject } from 'react';
import type { Failure } from '../../../../contract/failure.ts';
import type { NodeDetail } from '../../../../contract/vek.ts';
import { useSettings } from '../../../state/settings.ts';
import { announce } from '../../../ui/announce.ts';
import { Button, IconButton } from '../../../ui/button/Button.tsx';
import { FailureState } from '../../../ui/empty/FailureState.tsx';
import { formatCount, shortHash } from '../../../ui/format.ts';
import { useShortcuts } from '../../../ui/keyboard.ts';
import { Tabs } from '../../../ui/tabs/Tabs.tsx';
import { useNode, type NodeState } from '../../node/use-node.ts';
import { CallEnds } from './CallEnds.tsx';
import { countWords } from './changes.ts';
import { CompareSkeleton } from './CompareSkeleton.tsx';
import { FactStrip } from './FactStrip.tsx';
import { factRows } from './fact-rows.ts';
import { countFields, FieldTable } from './FieldTable.tsx';
import { SidePane } from './SidePane.tsx';
import { TextTools } from './TextTools.tsx';
import { useSide, type Side } from './use-side.ts';
import { useSteps } from './use-steps.ts';
import { useWidth } from './use-width.ts';
import { setColumns, setPairLook, useColumns, usePairLook, type CompareTab } from './view-state.ts';
import './texts.css';
import './calls.css';

type Props = { readonly source: string; readonly a: string; readonly b: string };

/** Widths of the view in px below which two texts do not fit side by side. */
const TWO_COLUMNS = 720;

/** Two calls beside each other: what they state about themselves, and how input and output differ. */
export function CompareCalls({ source, a, b }: Props) {
  const [first, second] = [useNode(source, a), useNode(source, b)];
  const pair = `${source} ${a} ${b}`;
  const { swapped } = usePairLook(pair);
  const [old, now] = swapped ? [second, first] : [first, second];
  const root = useRef<HTMLElement>(null);
  const width = useWidth(root);
  const wide = width === null || width >= TWO_COLUMNS;
  const wrong = old.detail === null && old.error !== null ? old : now;
  return (
    <section
      ref={root}
      className={`cc ${wide ? '' : 'cc-narrow'}`}
      aria-label={`Calls ${shortHash(swapped ? b : a)} and ${shortHash(swapped ? a : b)} compared`}
      tabIndex={-1}
      data-key-scope="compare-calls"
      data-key-default
    >
      {old.detail !== null && now.detail !== null ? (
        <Compared
          source={source}
          pair={pair}
          a={old.detail}
          b={now.detail}
          error={old.error ?? now.error}
          root={root}
          wide={wide}
          onSwap={() => setPairLook(pair, { swapped: !swapped })}
        />
      ) : wrong.detail === null && wrong.error !== null ? (
        <Unread which={wrong} word={wrong === old ? 'first' : 'second'} error={wrong.error} />
      ) : (
        <CompareSkeleton />
      )}
    </section>
  );
}

type UnreadProps = {
  readonly which: NodeState & { readonly retry: () => void };
  readonly word: string;
  readonly error: Failure;
};

function Unread({ which, word, error }: UnreadProps) {
  return (
    <FailureState
      error={{ ...error, message: `The ${word} call can’t be shown. ${error.message}` }}
      actions={
        <Button size="small" onClick={which.retry}>
          Read again
        </Button>
      }
    />
  );
}

type ComparedProps = {
  readonly source: string;
  readonly pair: string;
  readonly a: NodeDetail;
  readonly b: NodeDetail;
  /** why one of the two could not be read again */
  readonly error: Failure | null;
  readonly root: RefObject<HTMLElement | null>;
  /** two texts fit side by side */
  readonly wide: boolean;
  readonly onSwap: () => void;
};

function Compared({ source, pair, a, b, error, root, wide, onSwap }: ComparedProps) {
  const zone = useSettings((settings) => settings.time);
  const wanted = useColumns();
  const look = usePairLook(pair);
  const facts = useMemo(() => factRows(a, b, zone), [a, b, zone]);
  const sides = {
    input: useSide(source, a.input, b.input),
    output: useSide(source, a.output, b.output),
  };
  const tab = look.tab ?? firstTab(sides);
  const steps = { input: useSteps(sides.input.changes), output: useSteps(sides.output.changes) };
  const step = (by: 1 | -1) => {
    if (tab === 'fields') stepFields(root, by);
    else steps[tab].step(by);
  };
  const leave = () => {
    const list = root.current?.querySelector<HTMLElement>('[role=listbox]');
    (list ?? root.current)?.focus();
  };
  useShortcuts({ name: 'compare-calls', label: 'Compare calls' }, [
    { keys: ['j', 'n'], label: 'Next difference', run: () => step(1) },
    { keys: ['k', 'p'], label: 'Previous difference', run: () => step(-1) },
    { keys: 'x', label: 'Swap the two calls', run: onSwap },
    {
      keys: 'v',
      label: 'Side by side, or one column',
      run: () => setColumns(!wanted),
      when: () => tab !== 'fields' && wide,
    },
  ]);
  const pane = (what: 'input' | 'output') => (
    <SidePane
      key={`${a.record.hash} ${b.record.hash} ${what}`}
      source={source}
      what={what}
      a={a}
      b={b}
      side={sides[what]}
      steps={steps[what]}
      columns={wanted && wide}
      reveal={steps[what].reveal}
      onLeave={leave}
    />
  );
  const fields = countFields(a, b, facts);
  return (
    <>
      <header className="cc-head">
        <CallEnds source={source} a={a} b={b} zone={zone} onSwap={onSwap} />
        <FactStrip rows={facts} />
        {error !== null && <p className="cc-note">This is what was read before. {error.message}</p>}
      </header>
      <div className="cc-main">
        <Tabs<CompareTab>
          label="What is compared"
          value={tab}
          onChange={(next) => setPairLook(pair, { tab: next })}
          items={[
            { id: 'input', label: 'Input', note: noteOf(sides.input), panel: pane('input') },
            { id: 'output', label: 'Output', note: noteOf(sides.output), panel: pane('output') },
            {
              id: 'fields',
              label: 'Fields',
              note: formatCount(fields),
              panel: <FieldTable a={a} b={b} facts={facts} />,
            },
          ]}
        />
        <div className="cc-bar">
          <output className="cc-count">
            {tab === 'fields' ? countWordsOfFields(fields) : summaryOf(sides[tab], steps[tab].at)}
          </output>
          <span className="cc-bar-end">
            <IconButton
              icon={ArrowUp}
              size="small"
              label="Previous difference (K)"
              onClick={() => step(-1)}
            />
            <IconButton icon={ArrowDown} size="small" label="Next difference (J)" onClick={() => step(1)} />
            {tab !== 'fields' && <TextTools columns={wanted} wide={wide} />}
          </span>
        </div>
      </div>
    </>
  );
}

type Sides = { readonly input: Side; readonly output: Side };

/** What differs is shown first: the output, as it is what a call was made for. */
function firstTab({ input, output }: Sides): CompareTab {
  if (output.compared.state !== 'same') return 'output';
  return input.compared.state === 'same' ? 'output' : 'input';
}

function noteOf({ compared, changes }: Side): string {
  switch (compared.state) {
    case 'changed':
      return formatCount(changes.length);
    case 'same':
      return 'equal';
    case 'rewritten':
      return 'same values';
    case 'large':
      return 'large';
    case 'impossible':
      return '';
  }
}

function summaryOf({ compared, changes, now }: Side, at: number | null): string {
  if (compared.state !== 'changed') return compared.state === 'same' ? 'No difference' : '';
  const words = countWords(changes, now.form === 'json');
  return at === null ? words : `${words} (${formatCount(at + 1)} of ${formatCount(changes.length)})`;
}

const countWordsOfFields = (count: number): string =>
  count === 1 ? '1 field differs' : `${formatCount(count)} fields differ`;

/** Moves the focus from one row that differs to the next. */
function stepFields(root: RefObject<HTMLElement | null>, by: 1 | -1): void {
  const rows = [...(root.current?.querySelectorAll<HTMLElement>('[data-differs]') ?? [])];
  const at = rows.findIndex((row) => row === document.activeElement);
  const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by];
  if (next === undefined) {
    announce(by > 0 ? 'There is no further difference.' : 'There is no difference before this one.');
    return;
  }
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest' });
}
