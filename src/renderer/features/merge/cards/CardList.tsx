import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useCallback, useLayoutEffect, useRef, type RefObject } from 'react';
import type { MergeDocument } from '../../../../contract/merge.ts';
import { decisionOf } from '../../../../core/merge/session-decisions.ts';
import { isOpenEntry, openOf, type Place } from '../../../../core/merge/session.ts';
import { formatCount, formatCounted } from '../../../ui/format.ts';
import { goTo } from '../state/acts.ts';
import { useScene } from '../state/scene.ts';
import type { Numbers } from '../state/numbers.ts';
import { DocumentText } from './DocumentText.tsx';
import { placeAt, type CardItem, type Items } from './items.ts';
import { UnitCard } from './UnitCard.tsx';
import { WholeCard } from './WholeCard.tsx';

/** Heights in px that a thing is taken for until it was drawn. */
const HEIGHTS = { whole: 84, open: 168, row: 40, automatic: 36, text: 200 } as const;

type Props = {
  readonly document: MergeDocument;
  readonly at: Place;
  readonly items: Items;
  readonly numbers: Numbers;
  /** the cards have been asked to take the focus */
  readonly wantsFocus: RefObject<boolean>;
  readonly onToggleAutomatic: () => void;
};

/** Everything about one document, one below the other. Only what is in sight is drawn, and the card with the keys. */
export function CardList({ document, at, items, numbers, wantsFocus, onToggleAutomatic }: Props) {
  const { key, loaded } = useScene();
  const scroll = useRef<HTMLDivElement>(null);
  const state = loaded.session.states[at.document]!;
  const current = Math.max(0, items.indexOf(at.unit));
  const sizeOf = (item: CardItem | undefined): number => {
    if (item === undefined) return HEIGHTS.row;
    if (item.kind !== 'unit') return HEIGHTS[item.kind];
    const unit = document.units[item.unit];
    const open =
      state.entry === null && unit !== undefined && isOpenEntry(unit, state.entries[item.unit] ?? null);
    return open ? HEIGHTS.open : HEIGHTS.row;
  };
  // oxlint-disable-next-line react-hooks/incompatible-library -- no compiler memoises this component
  const virtual = useVirtualizer<HTMLDivElement, Element>({
    count: items.list.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => sizeOf(items.list[index]),
    getItemKey: (index) => itemKey(items.list[index], index),
    overscan: 4,
    paddingStart: 8,
    paddingEnd: 16,
    scrollPaddingStart: 8,
    scrollPaddingEnd: 16,
    // the card with the keys stays, wherever the list is scrolled to
    rangeExtractor: useCallback(
      (range: Range) =>
        [...new Set([...defaultRangeExtractor(range), Math.min(current, range.count - 1)])].toSorted(
          (x, y) => x - y,
        ),
      [current],
    ),
  });
  // what has the focus is what the keys act on
  const goToItem = (item: CardItem) => {
    const place = placeAt(at.document, item);
    if (place !== null) goTo(key, place);
  };
  const shown = useRef<string | null>(null);
  useLayoutEffect(() => {
    const now = `${document.id} ${at.unit} ${current}`;
    if (shown.current === now && !wantsFocus.current) return;
    shown.current = now;
    virtual.scrollToIndex(current, { align: 'auto' });
    const item = scroll.current?.querySelector<HTMLElement>(`[data-item="${current}"] [data-card]`);
    // it may be drawn only once the list knows its own height
    if (!wantsFocus.current || item === null || item === undefined) return;
    wantsFocus.current = false;
    item.focus({ preventScroll: true });
  });
  return (
    <div ref={scroll} className="mg-scroll" data-scroll>
      <div className="mg-list" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, key: itemId }) => {
          const item = items.list[index];
          if (item === undefined) return null;
          return (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- the keys of the cards are in the window's registry
            <div
              key={itemId}
              ref={virtual.measureElement}
              data-index={index}
              data-item={index}
              className="mg-item"
              style={{ transform: `translateY(${start}px)` }}
              onMouseDownCapture={() => goToItem(item)}
              onFocusCapture={() => goToItem(item)}
            >
              {item.kind === 'whole' && (
                <WholeCard document={document} index={at.document} current={index === current} />
              )}
              {item.kind === 'text' && (
                <DocumentText
                  document={document}
                  decision={decisionOf(loaded.session, at.document)}
                  open={openOf(loaded.session.documents[at.document]!, state) > 0}
                />
              )}
              {item.kind === 'automatic' && (
                <AutomaticHead count={item.count} open={item.open} onToggle={onToggleAutomatic} />
              )}
              {item.kind === 'unit' && (
                <UnitAt
                  document={document}
                  place={{ document: at.document, unit: item.unit }}
                  current={index === current}
                  numbers={numbers}
                />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

type UnitAtProps = {
  readonly document: MergeDocument;
  readonly place: Place;
  readonly current: boolean;
  readonly numbers: Numbers;
};

function UnitAt({ document, place, current, numbers }: UnitAtProps) {
  const { loaded } = useScene();
  const unit = document.units[place.unit];
  const state = loaded.session.states[place.document]!;
  if (unit === undefined) return null;
  const number = numbers.of(place);
  return (
    <UnitCard
      unit={unit}
      document={document.id}
      place={place}
      entry={state.entries[place.unit] ?? null}
      whole={state.entry === 'reopened' ? null : state.entry}
      current={current}
      number={
        number === null
          ? 'Taken automatically'
          : `Conflict ${formatCount(number)} of ${formatCount(numbers.total)}`
      }
    />
  );
}

type HeadProps = { readonly count: number; readonly open: boolean; readonly onToggle: () => void };

function AutomaticHead({ count, open, onToggle }: HeadProps) {
  const { names } = useScene();
  const Icon = open ? ChevronDown : ChevronRight;
  return (
    <button type="button" className="mg-automatic" aria-expanded={open} onClick={onToggle}>
      <Icon className="icon" size={14} aria-hidden />
      {formatCounted(count, 'place')} taken automatically in this {names.files === true ? 'file' : 'document'}
    </button>
  );
}

const itemKey = (item: CardItem | undefined, index: number): string | number =>
  item === undefined ? index : item.kind === 'unit' ? item.unit : item.kind;
