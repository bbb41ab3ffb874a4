import { useEffect, useRef, useState, type RefObject } from 'react';

/** ms after which what had the focus may be gone: a dialog that has just closed gives it back in between. */
const LOOKS = [60, 260] as const;

/**
 * Gives the focus to the merge when it is opened, unless a person is in the tabs or in the sources, and again when what
 * had it is gone: after the commit, after its undo, and where `moment` changes the form or the document that is shown.
 * `takeFocus` asks the cards to have it; where there are none the view itself has it.
 */
export function useKeptFocus(
  root: RefObject<HTMLElement | null>,
  cards: boolean,
  moment: string,
  takeFocus: () => void,
): void {
  const [, draw] = useState(0);
  const last = useRef<string | null>(null);
  useEffect(() => {
    const look = () => {
      const active = document.activeElement;
      const lost = active === null || active === document.body;
      const elsewhere =
        active?.matches('[role="tablist"] *, [role="tree"] *, [role="tree"], .merge *') === true;
      const wanted = last.current === null ? !elsewhere : lost;
      last.current = moment;
      if (!wanted) return;
      if (cards) {
        takeFocus();
        draw((before) => before + 1);
      } else root.current?.focus({ preventScroll: true });
    };
    const timers = LOOKS.map((ms) => window.setTimeout(look, ms));
    return () => {
      for (const timer of timers) window.clearTimeout(timer);
    };
  }, [root, cards, moment, takeFocus]);
}
