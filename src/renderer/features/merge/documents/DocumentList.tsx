/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a select can not hold rows of which only some are drawn */
import { useVirtualizer } from '@tanstack/react-virtual';
import { Check, ChevronDown, ChevronRight, FileText } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { MergeDocument } from '../../../../contract/merge.ts';
import { isOpen, WHOLE, type Place } from '../../../../core/merge/session.ts';
import { Badge, LaneBar } from '../../../ui/badge/Badge.tsx';
import { formatCount, formatCounted } from '../../../ui/format.ts';
import { useShortcuts } from '../../../ui/keyboard.ts';
import { MiddleText } from '../../../ui/middle/MiddleText.tsx';
import { hintText } from '../../../ui/visible-text.ts';
import { TOOL_ICONS } from '../../graph/icon-masks.tsx';
import { said, type Names } from '../names.ts';
import { goTo } from '../state/acts.ts';
import { useScene } from '../state/scene.ts';
import { documentRows, openIn, type DocumentRow } from './rows.ts';
import './documents.css';

/** Documents from which on they can be filtered. */
const FILTER_FROM = 12;
const SCOPE = { name: 'merge-documents', label: 'Documents of a merge' };

/** The documents of a merge on the left: what is open in each, and from where the rest was taken. */
export function DocumentList() {
  const { key, loaded, names } = useScene();
  const { documents, at } = loaded;
  const [filter, setFilter] = useState('');
  const [sameOpen, setSameOpen] = useState(false);
  const rows = useMemo(() => documentRows(documents, filter, sameOpen), [documents, filter, sameOpen]);
  const scroll = useRef<HTMLDivElement>(null);
  const current = rows.findIndex((row) => row.kind === 'document' && row.document === at.document);
  // oxlint-disable-next-line react-hooks/incompatible-library -- no compiler memoises this component
  const virtual = useVirtualizer<HTMLDivElement, Element>({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => (rows[index]?.kind === 'head' ? 32 : 28),
    overscan: 8,
    paddingEnd: 8,
  });
  useEffect(() => {
    if (current >= 0) virtual.scrollToIndex(current, { align: 'auto' });
  }, [current, virtual]);
  const open = (document: number) => goTo(key, entrance(loaded, document));
  const step = (way: 1 | -1) => {
    for (let index = current + way; index >= 0 && index < rows.length; index += way) {
      const row = rows[index];
      if (row?.kind === 'document') {
        open(row.document);
        return;
      }
    }
  };
  const edge = (list: readonly DocumentRow[]) => {
    const row = list.find(({ kind }) => kind === 'document');
    if (row?.kind === 'document') open(row.document);
  };
  useShortcuts(SCOPE, [
    { keys: 'ArrowDown', label: 'Next document', run: () => step(1) },
    { keys: 'ArrowUp', label: 'Previous document', run: () => step(-1) },
    { keys: 'Home', label: 'First document', hidden: true, run: () => edge(rows) },
    { keys: 'End', label: 'Last document', hidden: true, run: () => edge(rows.toReversed()) },
  ]);
  return (
    <aside className="mg-documents" aria-label="Documents" data-key-scope={SCOPE.name}>
      {documents.length >= FILTER_FROM && (
        <div className="mg-filter">
          <input
            type="search"
            aria-label="Filter documents"
            placeholder="Filter documents"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
            onKeyDown={(event) => event.key === 'Escape' && filter !== '' && setFilter('')}
          />
        </div>
      )}
      <div
        ref={scroll}
        className="mg-document-scroll"
        role="listbox"
        tabIndex={0}
        aria-label="Documents of the merge"
        {...(current >= 0 ? { 'aria-activedescendant': `mg-document-${at.document}` } : {})}
      >
        <div role="presentation" className="mg-document-rows" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => (
            <div
              key={index}
              role="presentation"
              className="mg-document-at"
              style={{ transform: `translateY(${start}px)` }}
            >
              <Row
                row={rows[index]!}
                selected={index === current}
                onOpen={open}
                onToggleSame={() => setSameOpen(!sameOpen)}
              />
            </div>
          ))}
        </div>
      </div>
      <Counts
        documents={documents}
        names={names}
        sameOpen={sameOpen}
        onToggleSame={() => setSameOpen(!sameOpen)}
      />
    </aside>
  );
}

/** Where one goes in a document: its first open place, else where it begins. */
function entrance({ session, documents }: ReturnType<typeof useScene>['loaded'], document: number): Place {
  const units = documents[document]?.units.length ?? 0;
  for (let unit = 0; unit < units; unit += 1) {
    if (isOpen(session, { document, unit })) return { document, unit };
  }
  return { document, unit: WHOLE };
}

type RowProps = {
  readonly row: DocumentRow;
  readonly selected: boolean;
  readonly onOpen: (document: number) => void;
  readonly onToggleSame: () => void;
};

function Row({ row, selected, onOpen, onToggleSame }: RowProps) {
  const { names } = useScene();
  switch (row.kind) {
    case 'head':
      return (
        <div role="presentation" className="mg-document-head">
          <span>{row.title}</span>
          <span>{formatCounted(row.count, names.files === true ? 'file' : 'document')}</span>
        </div>
      );
    case 'same': {
      const Icon = row.open ? ChevronDown : ChevronRight;
      return (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the button below the list does the same
        <div
          role="option"
          tabIndex={-1}
          aria-selected={false}
          className="mg-document-same"
          onClick={onToggleSame}
        >
          <Icon className="icon" size={14} aria-hidden />
          {formatCount(row.count)} more, same on both sides
        </div>
      );
    }
    case 'none':
      return <p className="mg-document-none">No document matches.</p>;
    case 'document':
      return <Document index={row.document} selected={selected} onOpen={onOpen} />;
    default:
      return row satisfies never;
  }
}

type DocumentProps = {
  readonly index: number;
  readonly selected: boolean;
  readonly onOpen: (document: number) => void;
};

function Document({ index, selected, onOpen }: DocumentProps) {
  const { loaded, names } = useScene();
  const document = loaded.documents[index]!;
  const call = document.ours ?? document.theirs ?? document.base;
  const Icon = names.files === true ? FileText : TOOL_ICONS[call?.summary.kind ?? 'other'];
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys of the list are in the window's registry
    <div
      id={`mg-document-${index}`}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      className="mg-document"
      title={`${hintText(document.title)}\n${hintText(document.tool)}`}
      onClick={() => onOpen(index)}
    >
      <Icon className="icon" size={14} aria-hidden />
      <span className="mg-document-title mono">
        <MiddleText text={document.title} />
      </span>
      <State index={index} />
    </div>
  );
}

/** What is open in a document, or whence it was taken. */
function State({ index }: { readonly index: number }) {
  const { loaded, names } = useScene();
  const { session, documents } = loaded;
  const { state } = documents[index]!;
  const open = openIn(session, index);
  const { entry } = session.states[index]!;
  if (open !== null && open > 0) return <Badge tone="warn">{formatCount(open)} open</Badge>;
  const side =
    entry === null || entry === 'reopened' ? (state === 'ours' || state === 'theirs' ? state : null) : entry;
  if (side === 'ours' || side === 'theirs') {
    return (
      <span className="mg-document-state">
        {open === 0 && <Tick />}
        <LaneBar colour={names[side].colour} />
        <span className="visually-hidden">from {said(names[side])}</span>
      </span>
    );
  }
  if (side === 'base') return <span className="mg-document-words">base</span>;
  if (open === 0) return <Tick />;
  if (state === 'same') return <span className="mg-document-words">same</span>;
  return (
    <span className="mg-document-state">
      <LaneBar colour={names.ours.colour} />
      <LaneBar colour={names.theirs.colour} />
      <span className="visually-hidden">merged of both</span>
    </span>
  );
}

const Tick = () => <Check className="icon mg-ok" size={14} role="img" aria-label="resolved" />;

type CountsProps = {
  readonly documents: readonly MergeDocument[];
  readonly names: Names;
  readonly sameOpen: boolean;
  readonly onToggleSame: () => void;
};

/** How many documents which side changed. */
function Counts({ documents, names, sameOpen, onToggleSame }: CountsProps) {
  const counts = useMemo(() => {
    const of = { ours: 0, theirs: 0, both: 0, same: 0 };
    for (const { state } of documents) {
      if (state === 'ours' || state === 'theirs' || state === 'same') of[state] += 1;
      else of.both += 1;
    }
    return of;
  }, [documents]);
  return (
    <ul className="mg-counts" aria-label="Documents by who changed them">
      {(['ours', 'theirs'] as const).map((side) => (
        <li key={side}>
          <LaneBar colour={names[side].colour} />
          <span className="mg-count-words">
            only <MiddleText text={said(names[side])} /> changed
          </span>
          <span>{formatCount(counts[side])}</span>
        </li>
      ))}
      <li>
        <span className="mg-two-bars" aria-hidden>
          <LaneBar colour={names.ours.colour} />
          <LaneBar colour={names.theirs.colour} />
        </span>
        <span className="mg-count-words">both changed</span>
        <span>{formatCount(counts.both)}</span>
      </li>
      <li>
        <span className="mg-same-bar" aria-hidden />
        <span className="mg-count-words">
          same on both sides
          {counts.same > 0 && (
            <button type="button" className="mg-link" aria-expanded={sameOpen} onClick={onToggleSame}>
              {sameOpen ? 'Hide' : 'List'}
            </button>
          )}
        </span>
        <span>{formatCount(counts.same)}</span>
      </li>
    </ul>
  );
}
