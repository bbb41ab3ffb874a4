import { useEffect, useState } from 'react';

/** How long typing rests before it is searched for, in ms. */
const REST_MS = 200;

/** A text once it has not changed for a moment; at once where it was there from the start. */
export function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = window.setTimeout(() => setRested(text), REST_MS);
    return () => window.clearTimeout(timer);
  }, [text]);
  return rested;
}
