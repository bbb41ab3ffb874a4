/** The parts of the window, in the order of F6. */
const PARTS = [
  '.title-bar',
  '.drawer',
  '.sources',
  '.tab-strip',
  '#view',
  '.bottom',
  '.inspector-slot',
  '.toasts',
  '.status-bar',
] as const;

/** What takes the focus inside a part: its rows or chosen entry, else the first control. */
const FIRST = [
  '[data-key-default]',
  '[role=tree] [tabindex="0"]',
  '[role=tab][aria-selected=true]',
  '.toast:last-child button',
  'button:not(:disabled), input, a[href], [tabindex="0"]',
] as const;

function firstIn(part: Element): HTMLElement | null {
  for (const selector of FIRST) {
    const found = part.querySelector<HTMLElement>(selector);
    if (found !== null && found.getClientRects().length > 0) return found;
  }
  return null;
}

/** Moves the focus to the next part of the window, or to the one before; around the ends. */
export function goToPart(steps: 1 | -1): void {
  const stops = PARTS.flatMap((selector) => {
    const part = document.querySelector(selector);
    const first = part === null ? null : firstIn(part);
    return part === null || first === null ? [] : [{ part, first }];
  });
  const here = document.activeElement;
  const at = stops.findLastIndex(({ part }) => part.contains(here));
  const next = at < 0 ? (steps > 0 ? 0 : stops.length - 1) : (at + steps + stops.length) % stops.length;
  stops[next]?.first.focus();
}
