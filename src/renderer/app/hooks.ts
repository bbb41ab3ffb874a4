import { useEffect, useState } from 'react';

/** The time in ms since 1970, renewed every `everyMs` while that is not null. */
export function useNow(everyMs: number | null): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (everyMs === null) return undefined;
    const timer = window.setInterval(() => setNow(Date.now()), everyMs);
    return () => window.clearInterval(timer);
  }, [everyMs]);
  return now;
}

/**
 * How many ms ago something was, renewed every second while that is under `fineMs`, then every `coarseMs` (never when
 * null). Null when it never was.
 */
export function useAge(sinceMs: number | null, fineMs: number, coarseMs: number | null): number | null {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (sinceMs === null) return undefined;
    let timer: number | undefined;
    const tick = () => {
      const next = Date.now();
      setNow(next);
      const wait = next - sinceMs <= fineMs ? 1000 : coarseMs;
      if (wait !== null) timer = window.setTimeout(tick, wait);
    };
    timer = window.setTimeout(tick, 0);
    return () => window.clearTimeout(timer);
  }, [sinceMs, fineMs, coarseMs]);
  return sinceMs === null ? null : Math.max(0, now - sinceMs);
}

/** Whether a media query holds. */
export function useMedia(query: string): boolean {
  const [holds, setHolds] = useState(() => window.matchMedia(query).matches);
  useEffect(() => {
    const list = window.matchMedia(query);
    const apply = () => setHolds(list.matches);
    list.addEventListener('change', apply);
    apply();
    return () => list.removeEventListener('change', apply);
  }, [query]);
  return holds;
}

/** A value that follows only after it has stood still for `ms`. */
export function useDebounced<T>(value: T, ms: number): T {
  const [late, setLate] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setLate(value), ms);
    return () => window.clearTimeout(timer);
  }, [value, ms]);
  return late;
}
