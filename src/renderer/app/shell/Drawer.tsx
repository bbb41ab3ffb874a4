import { useEffect, useRef, type ReactNode } from 'react';
import { setDrawer } from '../../state/overlays.ts';

export type DrawerProps = {
  readonly side: 'start' | 'end';
  readonly label: string;
  readonly children: ReactNode;
};

/** A pane over the middle in a narrow window. Esc closes it; the middle stays usable beside it. */
export function Drawer({ side, label, children }: DrawerProps) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    if (side === 'start') box.current?.focus();
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      setDrawer(null);
      if (before instanceof HTMLElement) before.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [side]);
  return (
    <section ref={box} tabIndex={-1} className={`drawer drawer-${side}`} aria-label={label}>
      {children}
    </section>
  );
}
