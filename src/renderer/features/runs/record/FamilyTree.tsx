/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a tree whose rows are single lines of a list */
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { RunTree } from '../../../../contract/records.ts';
import { api } from '../../../app/engine.ts';
import { useAnswer } from '../../../app/use-answer.ts';
import { Badge } from '../../../ui/badge/Badge.tsx';
import { Button } from '../../../ui/button/Button.tsx';
import { formatCount, formatCounted, formatMoney } from '../../../ui/format.ts';
import { SkeletonRows } from '../../../ui/skeleton/Skeleton.tsx';
import { hintText, visibleText } from '../../../ui/visible-text.ts';
import { Money } from '../Figure.tsx';
import { statusTone } from '../words.ts';
import { familyRows, familySize, roleOf, type FamilyRow } from './family.ts';

/** Rows that are drawn at once; a button draws as many more. */
const FIRST_ROWS = 300;

type Props = {
  readonly source: string;
  readonly id: string;
  readonly onOpen: (node: RunTree) => void;
};

/** A run with everything that it started, across agents: what each cost, and what the whole did. */
export function FamilyTree({ source, id, onOpen }: Props) {
  const { value, error, again } = useAnswer(source, `tree ${id}`, () => api.agents.tree({ source, id }), {
    keep: false,
  });
  if (value !== null) return <Family key={value.row.id} tree={value} id={id} onOpen={onOpen} />;
  if (error === null) return <SkeletonRows rows={3} label="Reading the family of the run" />;
  return (
    <p className="rd-muted">
      {error.message} {error.hint}{' '}
      <Button size="small" look="link" onClick={again}>
        Read again
      </Button>
    </p>
  );
}

type FamilyProps = { readonly tree: RunTree; readonly id: string; readonly onOpen: (node: RunTree) => void };

function Family({ tree, id, onOpen }: FamilyProps) {
  const [turned, setTurned] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [focused, setFocused] = useState<string | null>(null);
  const [drawn, setDrawn] = useState(FIRST_ROWS);
  const box = useRef<HTMLDivElement>(null);
  const wanted = useRef(false);
  const rows = useMemo(() => familyRows(tree, turned), [tree, turned]);
  const size = useMemo(() => familySize(tree), [tree]);
  const shown = rows.slice(0, drawn);
  const here = shown.findIndex((row) => row.key === focused);
  const at =
    here >= 0
      ? here
      : Math.max(
          0,
          shown.findIndex((row) => row.node.row.id === id),
        );
  const current = shown[at];

  useLayoutEffect(() => {
    if (!wanted.current) return;
    wanted.current = false;
    box.current?.querySelector<HTMLElement>('[role=treeitem][tabindex="0"]')?.focus();
  });
  const focus = (row: FamilyRow | undefined) => {
    if (row === undefined) return;
    wanted.current = true;
    setFocused(row.key);
  };
  const turn = (row: FamilyRow, open: boolean) => setTurned((map) => new Map(map).set(row.key, open));
  const onKey = (key: string): boolean => {
    if (current === undefined) return false;
    switch (key) {
      case 'ArrowDown':
        focus(shown[at + 1]);
        return true;
      case 'ArrowUp':
        focus(shown[at - 1]);
        return true;
      case 'Home':
        focus(shown[0]);
        return true;
      case 'End':
        focus(shown.at(-1));
        return true;
      case 'ArrowRight':
        if (current.open === false) turn(current, true);
        else if (current.open === true) focus(shown[at + 1]);
        return true;
      case 'ArrowLeft':
        if (current.open === true) turn(current, false);
        else focus(shown.slice(0, at).findLast((row) => row.depth < current.depth));
        return true;
      case 'Enter':
      case ' ':
        onOpen(current.node);
        return true;
      default:
        return false;
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !onKey(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <p className="rd-family-sum">
        <span>
          {formatCounted(size.records, 'record')}
          {size.agents > 1 && `, ${formatCounted(size.agents, 'agent')}`}
        </span>
        <b>{formatMoney(tree.costMicros)}</b>
        {size.delegations > 0 && <span>delegated spending once</span>}
      </p>
      <div
        ref={box}
        role="tree"
        tabIndex={-1}
        aria-label="The run and what it started"
        className="rd-tree"
        onKeyDown={onKeyDown}
      >
        {shown.map((row, index) => (
          <Row
            key={row.key}
            row={row}
            selected={row.node.row.id === id}
            focusable={index === at}
            parent={parentAgent(shown, index)}
            onFocus={() => setFocused(row.key)}
            onTurn={() => turn(row, row.open === false)}
            onOpen={() => onOpen(row.node)}
          />
        ))}
      </div>
      {shown.length < rows.length && (
        <Button size="small" look="link" onClick={() => setDrawn((count) => count + FIRST_ROWS)}>
          {formatCount(rows.length - shown.length)} more
        </Button>
      )}
    </>
  );
}

/** The agent of the row above it in the tree, so that a change of agents stands out. */
function parentAgent(rows: readonly FamilyRow[], index: number): string | null {
  const row = rows[index];
  if (row === undefined) return null;
  return rows.slice(0, index).findLast((other) => other.depth < row.depth)?.node.row.agent ?? null;
}

type RowProps = {
  readonly row: FamilyRow;
  readonly selected: boolean;
  readonly focusable: boolean;
  readonly parent: string | null;
  readonly onFocus: () => void;
  readonly onTurn: () => void;
  readonly onOpen: () => void;
};

function Row({ row, selected, focusable, parent, onFocus, onTurn, onOpen }: RowProps) {
  const { node, depth, open } = row;
  const record = node.row;
  const Fold = open === true ? ChevronDown : ChevronRight;
  const role = roleOf(record, node.by);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the tree around the rows has the keys
    <div
      role="treeitem"
      aria-level={depth}
      aria-posinset={row.at}
      aria-setsize={row.of}
      aria-selected={selected}
      {...(open === null ? {} : { 'aria-expanded': open })}
      tabIndex={focusable ? 0 : -1}
      className="rd-node"
      style={{ paddingInlineStart: 4 + (depth - 1) * 14 }}
      title={`${hintText(record.summary)}\n${hintText(record.model ?? '')}`.trim()}
      onFocus={onFocus}
      onClick={onOpen}
    >
      {open === null ? (
        <span className="rd-fold" />
      ) : (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- the arrow keys fold
        <span
          className="rd-fold"
          onClick={(event) => {
            event.stopPropagation();
            onTurn();
          }}
        >
          <Fold className="icon" size={14} aria-hidden />
        </span>
      )}
      <span className="rd-role">{visibleText(role)}</span>
      {parent !== record.agent && (
        <Badge tone="accent">
          <bdi>{visibleText(record.agent)}</bdi>
        </Badge>
      )}
      <bdi className="rd-what truncate">{visibleText(record.tool ?? record.summary)}</bdi>
      {record.status !== null && record.status !== 'ok' && (
        <span className={`ru-status-${statusTone(record.status)}`}>{visibleText(record.status)}</span>
      )}
      <span className="rd-cost">
        <Cost node={node} />
      </span>
    </div>
  );
}

/** What the record alone cost, and where it started more, what it cost with all of that. */
function Cost({ node }: { readonly node: RunTree }) {
  const own = node.row.costMicros;
  const copy = node.row.marks.includes('mirror');
  if (copy) {
    return (
      <span className="rd-muted" title="The coordinator’s copy: counted at the run itself">
        <span className="visually-hidden">counted at the run itself: </span>(<Money micros={own} />)
      </span>
    );
  }
  if (node.children.length === 0 || node.costMicros === own)
    return own === null ? null : <Money micros={own} />;
  return (
    <span
      title={`${own === null ? 'nothing' : formatMoney(own)} itself, with what it started ${formatMoney(node.costMicros)}`}
    >
      <Money micros={node.costMicros} />
      <span className="visually-hidden"> with what it started</span>
      <span aria-hidden className="rd-with">
        {' '}
        Σ
      </span>
    </span>
  );
}
