import { useEffect, useState } from 'react';

/** A value once it has stayed for so many ms, so that running through rows asks for nothing; at once at first. */
export function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(value), ms);
    return () => window.clearTimeout(timer);
  }, [value, ms]);
  return settled;
}
