import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import { onColoursChange, readColours, withFindings, type Colours } from './colours.ts';

/** The worst that findings of the ledger are: those of AEX's own doing are drawn calmly. */
export const FindingTone = createContext<'bad' | 'warn'>('bad');

/** The colours of the theme; a new object when it changed. */
export function useColours(): Colours {
  const tone = useContext(FindingTone);
  const [colours, setColours] = useState(readColours);
  useEffect(() => onColoursChange(() => setColours(readColours())), []);
  return useMemo(() => withFindings(colours, tone), [colours, tone]);
}
