/** A max-heap of integers by the order that `before(a, b)` gives (true when `a` comes out first). */
export type Heap = { readonly items: number[]; readonly before: (a: number, b: number) => boolean };

/** An empty heap. */
export function makeHeap(before: (a: number, b: number) => boolean): Heap {
  return { items: [], before };
}

/** Adds an item. */
export function push(heap: Heap, item: number): void {
  const { items, before } = heap;
  let at = items.length;
  items.push(item);
  while (at > 0) {
    const up = (at - 1) >>> 1;
    const parent = items[up]!;
    if (!before(item, parent)) break;
    items[at] = parent;
    at = up;
  }
  items[at] = item;
}

/** Takes the first item out; -1 when the heap is empty. */
export function pop(heap: Heap): number {
  const { items, before } = heap;
  const size = items.length - 1;
  if (size < 0) return -1;
  const first = items[0]!;
  const last = items.pop()!;
  if (size === 0) return first;
  let at = 0;
  for (;;) {
    let child = at * 2 + 1;
    if (child >= size) break;
    if (child + 1 < size && before(items[child + 1]!, items[child]!)) child++;
    const item = items[child]!;
    if (!before(item, last)) break;
    items[at] = item;
    at = child;
  }
  items[at] = last;
  return first;
}
