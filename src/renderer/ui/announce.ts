let region: HTMLElement | null = null;

/** Says a text to screen readers without moving the focus. For what happens elsewhere than under the focus. */
export function announce(text: string): void {
  if (region === null) {
    region = document.createElement('div');
    region.className = 'visually-hidden';
    region.setAttribute('role', 'status');
    region.setAttribute('aria-live', 'polite');
    document.body.append(region);
  }
  const target = region;
  target.textContent = '';
  window.setTimeout(() => {
    target.textContent = text;
  }, 50);
}
