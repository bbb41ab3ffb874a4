import type { MergeDocument } from '../../../../contract/merge.ts';
import { WHOLE, type Place } from '../../../../core/merge/session.ts';

/** One thing in the list of a document: the choice of a whole output, a place, the head of what was automatic, its text. */
export type CardItem =
  | { readonly kind: 'whole' }
  | { readonly kind: 'unit'; readonly unit: number }
  | { readonly kind: 'automatic'; readonly count: number; readonly open: boolean }
  | { readonly kind: 'text' };

export type Items = {
  readonly list: readonly CardItem[];
  /** where the place of a unit, or `WHOLE`, stands in the list; −1 where it is not listed */
  readonly indexOf: (unit: number) => number;
};

/** What is listed of a document: conflicts, then what was taken automatically, if that is unfolded. */
export function itemsOf(document: MergeDocument, automaticOpen: boolean): Items {
  const list: CardItem[] = [{ kind: 'whole' }];
  const byParts = document.state === 'conflicts' || document.state === 'merged';
  const indexes = new Map<number, number>([[WHOLE, 0]]);
  if (!byParts || document.units.length === 0) {
    list.push({ kind: 'text' });
    return { list, indexOf: (unit) => indexes.get(unit) ?? -1 };
  }
  const automatic: number[] = [];
  for (const [unit, { taken }] of document.units.entries()) {
    if (taken !== null) automatic.push(unit);
    else {
      indexes.set(unit, list.length);
      list.push({ kind: 'unit', unit });
    }
  }
  if (automatic.length > 0) {
    list.push({ kind: 'automatic', count: automatic.length, open: automaticOpen });
    if (automaticOpen) {
      for (const unit of automatic) {
        indexes.set(unit, list.length);
        list.push({ kind: 'unit', unit });
      }
    }
  }
  return { list, indexOf: (unit) => indexes.get(unit) ?? -1 };
}

/** The place that keys act on at an item; null for a head. */
export function placeAt(document: number, item: CardItem | undefined): Place | null {
  if (item === undefined || item.kind === 'automatic' || item.kind === 'text') return null;
  return { document, unit: item.kind === 'whole' ? WHOLE : item.unit };
}

/** The nearest item with a place, from one on; null at the end. */
export function stepFrom(items: Items, document: number, from: number, way: 1 | -1): Place | null {
  for (let at = from + way; at >= 0 && at < items.list.length; at += way) {
    const place = placeAt(document, items.list[at]);
    if (place !== null) return place;
  }
  return null;
}
