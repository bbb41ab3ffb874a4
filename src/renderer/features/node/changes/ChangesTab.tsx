import { ArrowDown, ArrowUp, ChevronDown, Columns2, X } from 'lucide-react';
import { useRef, useState, type RefObject } from 'react';
import type { CallsBefore, NodeDetail, NodeLink } from '../../../../contract/vek.ts';
import { loadPart, savePart } from '../../../state/persist.ts';
import { openCompareCalls } from '../../../state/tabs.ts';
import { setCompareWith, setMarked, type CompareWith } from '../../../state/compare.ts';
import { announce } from '../../../ui/announce.ts';
import { Button, IconButton } from '../../../ui/button/Button.tsx';
import { EmptyState } from '../../../ui/empty/EmptyState.tsx';
import { FailureState } from '../../../ui/empty/FailureState.tsx';
import { formatBytes, formatCount, formatCounted, shortHash } from '../../../ui/format.ts';
import { useShortcuts } from '../../../ui/keyboard.ts';
import { Menu, type MenuEntry } from '../../../ui/menu/Menu.tsx';
import { Segmented } from '../../../ui/segmented/Segmented.tsx';
import { SkeletonRows } from '../../../ui/skeleton/Skeleton.tsx';
import { visibleText } from '../../../ui/visible-text.ts';
import { CallLink } from '../CallLink.tsx';
import { CALL_SCOPE } from '../use-node-keys.ts';
import type { SideChanges } from './compare-contents.ts';
import { Edit } from './Edit.tsx';
import type { Comparison } from './use-comparison.ts';
import './changes.css';

/** Changes of one side shown at first. */
const FIRST_EDITS = 100;

type Props = {
  readonly source: string;
  readonly detail: NodeDetail;
  readonly comparison: Comparison;
  readonly where: 'inspector' | 'tab';
  readonly open: (hash: string) => void;
};

/** What changed since a call before: every path with what it was and is, the rest equal. */
export function ChangesTab({ source, detail, comparison, where, open }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const [columns, setColumns] = useState(() => loadPart('changes-columns') !== 'one');
  const wide = where === 'tab';
  const { before, other, error, choice, marked, count } = comparison;
  const step = useStep(list);
  useShortcuts({ name: `node-${where}`, label: CALL_SCOPE }, [
    { keys: ['n', 'alt+ArrowDown'], label: 'Next difference', run: () => step(1) },
    { keys: ['p', 'alt+ArrowUp'], label: 'Previous difference', run: () => step(-1) },
  ]);
  if (error !== null && before === null && marked === null) return <FailureState error={error} />;
  if (before === null && marked === null)
    return <SkeletonRows rows={6} label="Looking for the call before" />;
  if (choice === null && before !== null) return <NothingBefore before={before} />;
  return (
    <div className={`nc ${wide && columns ? 'nc-wide' : ''}`}>
      <header className="nc-head">
        <div className="nc-with">
          <Menu
            entries={() => choices(detail, comparison)}
            trigger={
              <Button
                size="small"
                icon={Columns2}
                end={<ChevronDown className="icon" size={14} aria-hidden />}
              >
                {choiceLabel(choice, before)}
              </Button>
            }
          />
          {marked !== null && choice === 'marked' && (
            <IconButton icon={X} size="small" label="Take the mark away" onClick={() => setMarked(null)} />
          )}
        </div>
        {other !== null && <CallLink link={linkOf(other)} at={detail.row.timeMicros} open={open} />}
        {before !== null && <Searched before={before} tool={detail.row.tool} choice={choice} />}
        <div className="nc-bar">
          <output className="nc-count">
            {count === null ? '' : count === 0 ? 'Nothing changed' : formatCounted(count, 'change')}
          </output>
          {wide && (
            <Segmented
              label="Layout"
              value={columns ? 'two' : 'one'}
              onChange={(value) => {
                setColumns(value === 'two');
                savePart('changes-columns', value);
              }}
              options={[
                { value: 'two', label: 'Side by side' },
                { value: 'one', label: 'One column' },
              ]}
            />
          )}
          {other !== null && (
            <Button
              size="small"
              onClick={() => openCompareCalls(source, other.record.hash, detail.record.hash)}
            >
              Compare side by side
            </Button>
          )}
          {count !== null && count > 0 && (
            <span className="nc-steps">
              <IconButton
                icon={ArrowUp}
                size="small"
                label="Previous difference (P)"
                onClick={() => step(-1)}
              />
              <IconButton icon={ArrowDown} size="small" label="Next difference (N)" onClick={() => step(1)} />
            </span>
          )}
        </div>
      </header>
      <div ref={list} className="nc-sides">
        {error !== null ? (
          <FailureState error={error} />
        ) : comparison.input === null || comparison.output === null ? (
          <SkeletonRows rows={6} label="Comparing" />
        ) : (
          (['input', 'output'] as const).map((side) => (
            <Side
              key={`${side}-${other?.record.hash}-${detail.record.hash}`}
              what={side}
              changes={comparison[side]!}
              columns={wide && columns}
              busy={comparison.busy}
              onAnyway={() => comparison.compareAnyway(side)}
            />
          ))
        )}
      </div>
    </div>
  );
}

/** Moves the focus from one difference to the next. */
function useStep(list: RefObject<HTMLElement | null>): (by: 1 | -1) => void {
  return (by) => {
    const edits = [...(list.current?.querySelectorAll<HTMLElement>('[data-edit]') ?? [])];
    const at = edits.findIndex((edit) => edit.contains(document.activeElement));
    const next = edits[at < 0 ? (by > 0 ? 0 : edits.length - 1) : at + by];
    if (next === undefined) {
      announce(by > 0 ? 'There is no further difference.' : 'There is no difference before this one.');
      return;
    }
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: 'nearest' });
  };
}

function linkOf({ record, row }: NodeDetail): NodeLink {
  return {
    hash: record.hash,
    role: 'parent',
    present: true,
    tool: record.tool,
    timestamp: record.timestamp,
    summary: row.summary,
  };
}

function documentName(before: CallsBefore | null): string {
  const text = visibleText(before?.document?.text ?? '');
  return text.length > 32 ? `…${text.slice(-31)}` : text;
}

function choiceLabel(choice: CompareWith | null, before: CallsBefore | null): string {
  switch (choice) {
    case 'document':
      return `With the last call on ${documentName(before)}`;
    case 'tool':
      return 'With the last call of this tool';
    case 'parent':
      return 'With the call just before';
    case 'marked':
      return 'With the marked call';
    case null:
      return 'With a call before';
  }
}

function choices(detail: NodeDetail, { before, marked, choice }: Comparison): readonly MenuEntry[] {
  const entry = (value: CompareWith, label: string, link: NodeLink | null, none: string): MenuEntry => ({
    label: link === null ? label : `${label}: ${shortHash(link.hash)}`,
    checked: choice === value,
    blocked: link === null ? none : link.present ? null : 'it is not in the store',
    run: () => setCompareWith(value),
  });
  const named = before?.document ?? null;
  return [
    entry(
      'document',
      named === null ? 'Last call on the same document' : `Last call on ${documentName(before)}`,
      before?.sameDocument ?? null,
      named === null ? 'the input names no document' : 'no call before was about it',
    ),
    entry('tool', 'Last call of this tool', before?.sameTool ?? null, 'it is the first call of this tool'),
    entry(
      'parent',
      'Call just before',
      before?.parent ?? null,
      detail.record.parent_hash === null ? 'it is the first call of its history' : 'it is not known',
    ),
    'separator',
    {
      label: marked === null ? 'Marked call' : `Marked call: ${shortHash(marked.hash)}`,
      checked: choice === 'marked',
      blocked: marked === null ? 'mark one with C first' : null,
      keys: 'c',
      run: () => setCompareWith('marked'),
    },
  ];
}

/** How far back the document was looked for, where that is not all the way. */
function Searched({
  before,
  tool,
  choice,
}: {
  readonly before: CallsBefore;
  readonly tool: string;
  readonly choice: CompareWith | null;
}) {
  if (!before.unsearched || choice === 'marked') return null;
  return (
    <p className="nc-note">
      None of the last {formatCount(before.searched)} calls of {visibleText(tool).slice(0, 40)} was about{' '}
      {documentName(before)}; earlier ones were not read.
    </p>
  );
}

function NothingBefore({ before }: { readonly before: CallsBefore }) {
  const gone = before.parent !== null && !before.parent.present;
  return (
    <EmptyState
      icon={Columns2}
      title={gone ? 'The call before is not in the store' : 'Nothing before this call'}
    >
      <p>
        {gone ? 'What this call followed can’t be compared.' : 'It is the first call of its history.'} To
        compare it with any other call, press C on it and C on the other.
      </p>
    </EmptyState>
  );
}

type SideProps = {
  readonly what: 'input' | 'output';
  readonly changes: SideChanges;
  readonly columns: boolean;
  readonly busy: boolean;
  readonly onAnyway: () => void;
};

function Side({ what, changes, columns, busy, onAnyway }: SideProps) {
  const [all, setAll] = useState(false);
  const title = what === 'input' ? 'Input' : 'Output';
  const edits = changes.state === 'changed' ? changes.edits : [];
  const shown = all ? edits : edits.slice(0, FIRST_EDITS);
  return (
    <section className="nc-side" aria-label={`Changes of the ${what}`}>
      <header className="nc-side-head">
        <h3>{title}</h3>
        <span className="nc-summary">{summaryOf(changes)}</span>
        {changes.state === 'large' && (
          <Button size="small" disabled={busy} onClick={onAnyway}>
            {busy ? 'Comparing…' : 'Compare anyway'}
          </Button>
        )}
      </header>
      {shown.length > 0 && (
        <ul className="nc-edits">
          {shown.map((edit) => (
            <Edit key={`${edit.op} ${edit.pointer}`} edit={edit} columns={columns} />
          ))}
        </ul>
      )}
      {edits.length > shown.length && (
        <p className="nc-more">
          <Button size="small" look="link" onClick={() => setAll(true)}>
            Show {formatCounted(edits.length - shown.length, 'more change')}
          </Button>
        </p>
      )}
    </section>
  );
}

function summaryOf(changes: SideChanges): string {
  switch (changes.state) {
    case 'same':
      return 'equal, byte for byte';
    case 'rewritten':
      return 'equal values, written differently';
    case 'impossible':
      return changes.why;
    case 'large':
      return `${formatBytes(changes.bytes)} together: comparing takes a moment`;
    case 'changed': {
      const { edits } = changes;
      if (edits.length === 1 && edits[0]!.pointer === '') return 'the whole value changed';
      return `${formatCounted(edits.length, 'field')} changed, the rest equal`;
    }
  }
}
