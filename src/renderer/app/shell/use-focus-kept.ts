import { useEffect } from 'react';
import { useOverlays } from '../../state/overlays.ts';
import { useSettings } from '../../state/settings.ts';
import { useToasts } from '../../state/toasts.ts';

/** Where the focus goes when the part of the window that had it is gone: to the rows of the view. */
function focusView(): void {
  const view = document.getElementById('view');
  (view?.querySelector<HTMLElement>('[data-key-default]') ?? view)?.focus();
}

/** A pane, drawer or message that closes while it has the focus leaves it to the view, not to nothing. */
export function useFocusKept(): void {
  useEffect(() => {
    const look = () => {
      const had = document.activeElement;
      if (had === null || had === document.body) return;
      window.requestAnimationFrame(() => {
        if (!had.isConnected && document.activeElement === document.body) focusView();
      });
    };
    const ends = [useSettings.subscribe(look), useToasts.subscribe(look), useOverlays.subscribe(look)];
    return () => ends.forEach((end) => end());
  }, []);
}
