import {
  BookOpen,
  ChevronDown,
  ChevronRight,
  Clock,
  FileText,
  List,
  Pin,
  Play,
  Settings,
  SquareTerminal,
  Target,
  TriangleAlert,
  User,
  type LucideIcon,
} from 'lucide-react';
import type { CSSProperties, MouseEvent } from 'react';
import { formatCount } from '../../../ui/format.ts';
import { MiddleText } from '../../../ui/middle/MiddleText.tsx';
import { hintText, visibleText } from '../../../ui/visible-text.ts';
import { UnsavedMark } from '../parts/UnsavedMark.tsx';
import type { OutlineIcon, OutlineRow } from './entries.ts';

const ICONS: Record<OutlineIcon, LucideIcon> = {
  persona: User,
  goal: Target,
  tools: SquareTerminal,
  skills: Play,
  index: List,
  wiki: BookOpen,
  pin: Pin,
  note: FileText,
  journal: Clock,
  model: Settings,
  bad: TriangleAlert,
  file: FileText,
};

/** Notes are named by their type first, so that they differ at their end. */
const NAMED_AT_END: ReadonlySet<OutlineIcon> = new Set(['pin', 'note']);

type Props = {
  readonly id: string;
  readonly row: OutlineRow;
  readonly selected: boolean;
  readonly style: CSSProperties;
  readonly onPick: (event: MouseEvent<HTMLElement>) => void;
};

/** A heading of the outline, or one file with how much of the prompt it is. */
export function OutlineItem({ id, row, selected, style, onPick }: Props) {
  if (row.kind === 'head') {
    const Chevron = row.open ? ChevronDown : ChevronRight;
    return (
      // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys of the tree are in the window's registry
      <div
        id={id}
        role="treeitem"
        tabIndex={-1}
        aria-level={1}
        aria-expanded={row.open}
        aria-selected={selected}
        className={`ag-outline-head ag-outline-${row.tone}`}
        style={style}
        onClick={onPick}
      >
        <Chevron className="icon" size={12} aria-hidden />
        <span className="truncate">{row.label}</span>
        <span className="ag-outline-note">{row.note}</span>
      </div>
    );
  }
  const Icon = ICONS[row.icon];
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys of the tree are in the window's registry
    <div
      id={id}
      role="treeitem"
      tabIndex={-1}
      aria-level={2}
      aria-selected={selected}
      className={`ag-outline-row ag-outline-${row.tone}`}
      style={style}
      title={hintText(row.why === null ? row.label : `${row.label}: ${row.why}`)}
      onClick={onPick}
    >
      <Icon className="icon" size={14} aria-hidden />
      <span className="ag-outline-words">
        <span className="ag-outline-name" aria-hidden>
          {NAMED_AT_END.has(row.icon) ? (
            <MiddleText text={row.label.replace(/\.md$/, '')} tail={7} />
          ) : (
            <bdi className="truncate">{visibleText(row.label)}</bdi>
          )}
        </span>
        <span className="visually-hidden">{hintText(row.label)}</span>
        {row.why !== null && <span className="ag-outline-why truncate">{visibleText(row.why)}</span>}
      </span>
      {row.place.page === 'file' && row.place.item !== null && <UnsavedMark path={row.place.item} />}
      {row.weight !== null && (
        <>
          <span className="ag-weight" aria-hidden>
            <span style={{ width: `${Math.max(4, row.weight.of * 100)}%` }} />
          </span>
          <span className="ag-outline-tokens">
            {formatCount(row.weight.tokens)}
            <span className="visually-hidden"> tokens</span>
          </span>
        </>
      )}
      {row.note !== '' && <span className="ag-outline-note">{row.note}</span>}
    </div>
  );
}
