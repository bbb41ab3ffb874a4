import { useEffect, useState } from 'react';
import { onColoursChange, readColours, type Colours } from './colours.ts';

/** The colours of the theme; a new object when it changed. */
export function useColours(): Colours {
  const [colours, setColours] = useState(readColours);
  useEffect(() => onColoursChange(() => setColours(readColours())), []);
  return colours;
}
