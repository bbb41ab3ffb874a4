import type { MouseEvent } from 'react';

/**
 * Gives the focus to the list that a pressed row belongs to: the row itself may leave the document when the list is
 * scrolled, and the keys would go with it.
 */
export function focusBox(event: MouseEvent<HTMLElement>): void {
  event.currentTarget.closest<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
}
