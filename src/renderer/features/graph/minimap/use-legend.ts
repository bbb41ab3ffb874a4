import { useEffect, useMemo, useRef, useState } from 'react';

/** How long the pointer rests on the map before its legend comes, and how long it may be away before that goes, in ms. */
const COME_MS = 450;
const GO_MS = 300;

/** Whether the legend of the map is open: soon after the pointer came, and at once for the keyboard. */
export function useLegend() {
  const [open, setOpen] = useState(false);
  const timer = useRef<number | undefined>(undefined);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const acts = useMemo(() => {
    const later = (next: boolean, ms: number) => {
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(() => setOpen(next), ms);
    };
    const now = (next: boolean) => {
      window.clearTimeout(timer.current);
      setOpen(next);
    };
    return {
      soon: () => later(true, COME_MS),
      leave: () => later(false, GO_MS),
      show: () => now(true),
      hide: () => now(false),
    };
  }, []);
  return { open, ...acts };
}
