/** Lets a finger drag the rows of `element`; `scroll` hears by how many pixels. Returns the end of it. */
export function scrollByTouch(element: HTMLElement, scroll: (pixels: number) => void): () => void {
  let last: number | null = null;
  const start = (event: TouchEvent): void => {
    last = event.touches.length === 1 ? (event.touches[0]?.clientY ?? null) : null;
  };
  const move = (event: TouchEvent): void => {
    const y = event.touches[0]?.clientY;
    if (last === null || y === undefined) return;
    scroll(last - y);
    last = y;
  };
  const end = (): void => {
    last = null;
  };
  element.addEventListener('touchstart', start, { passive: true });
  element.addEventListener('touchmove', move, { passive: true });
  element.addEventListener('touchend', end, { passive: true });
  element.addEventListener('touchcancel', end, { passive: true });
  return () => {
    element.removeEventListener('touchstart', start);
    element.removeEventListener('touchmove', move);
    element.removeEventListener('touchend', end);
    element.removeEventListener('touchcancel', end);
  };
}
