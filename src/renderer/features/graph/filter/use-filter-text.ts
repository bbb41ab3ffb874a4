import { useEffect, useMemo, useRef, useState } from 'react';
import { formatCount } from '../../../ui/format.ts';
import type { FilterLanguage } from './language.ts';
import { filterOfParts, partsOfFilter, splitTerms, takeFinished, type FilterParts } from './terms.ts';

/** How long typing may pause before the filter is applied, in ms. */
const APPLY_AFTER_MS = 180;

/** What is wrong with a term, in words, and with which. */
export type TermError = { readonly term: string; readonly message: string };

export type FilterText = FilterParts & {
  /** beside each chip what is wrong with it, or null */
  readonly errors: readonly (string | null)[];
  /** what is wrong with the text that is not yet a chip; null while it is being typed */
  readonly textError: TermError | null;
  /** Takes over a change: chips and finished terms at once, words after a pause. */
  readonly change: (next: FilterParts, when: 'now' | 'soon') => void;
  /** The text after a key was pressed in it; finished terms become chips. */
  readonly type: (text: string, caret: number) => void;
  /** Makes chips of all terms in the text and applies it. */
  readonly commit: () => void;
};

/**
 * The filter as chips and a text that is being typed. The text form of the view stays the only truth: it is taken
 * apart whenever it changes elsewhere. What is wrong is not applied, in a lenient language only while it is being typed.
 */
export function useFilterText(
  filter: string,
  language: FilterLanguage,
  onFilter: (filter: string) => void,
): FilterText {
  const [parts, setParts] = useState<FilterParts>(() => partsOfFilter(filter));
  const [typing, setTyping] = useState(false);
  const applied = useRef(filter);
  const timer = useRef<number | undefined>(undefined);
  const known = useRef(language);
  useEffect(() => {
    known.current = language;
  }, [language]);

  useEffect(() => {
    if (filter === applied.current) return;
    applied.current = filter;
    window.clearTimeout(timer.current);
    setParts(partsOfFilter(filter));
    setTyping(false);
  }, [filter]);
  useEffect(() => () => window.clearTimeout(timer.current), []);

  const apply = (next: FilterParts, when: 'now' | 'soon') => {
    setTyping(false);
    const text = filterOfParts(next);
    if (text === applied.current.trim() || !canApply(next, known.current, when)) return;
    applied.current = text;
    onFilter(text);
  };
  const change = (next: FilterParts, when: 'now' | 'soon') => {
    setParts(next);
    window.clearTimeout(timer.current);
    if (when === 'now') {
      apply(next, when);
      return;
    }
    setTyping(true);
    timer.current = window.setTimeout(() => apply(next, when), APPLY_AFTER_MS);
  };

  const errors = useMemo(() => language.errors(parts.chips), [parts.chips, language]);
  const wrong = useMemo(() => (typing ? null : wrongIn(parts, language)), [parts, language, typing]);
  return {
    ...parts,
    errors,
    textError: errors.some((error) => error !== null) ? null : wrong,
    change,
    type: (text, caret) => {
      const done = takeFinished(text, caret);
      if (done === null) change({ chips: parts.chips, text }, 'soon');
      else change({ chips: [...parts.chips, ...done.chips], text: done.text }, 'now');
    },
    commit: () => {
      const rest = partsOfFilter(parts.text);
      const chips = rest.chips.filter((chip) => !parts.chips.includes(chip));
      change({ chips: [...parts.chips, ...chips], text: rest.text }, 'now');
    },
  };
}

function canApply(parts: FilterParts, language: FilterLanguage, when: 'now' | 'soon'): boolean {
  if (language.lenient !== true) return wrongIn(parts, language) === null;
  if (filterOfParts(parts).length > language.maxLength) return false;
  return when === 'now' || wrongIn({ chips: [], text: parts.text }, language) === null;
}

/** The first thing that is wrong with a filter, in words; null when it can be applied. */
function wrongIn({ chips, text }: FilterParts, language: FilterLanguage): TermError | null {
  const inText = splitTerms(text);
  const all = [...chips, ...inText.map((term) => term.text)];
  const errors = language.errors(all);
  const first = errors.findIndex((error) => error !== null);
  const error = errors[first];
  if (error !== null && error !== undefined) return { term: all[first] ?? '', message: error };
  const whole = filterOfParts({ chips, text });
  const message = language.whole(whole);
  if (message !== null) return { term: whole, message };
  if (whole.length <= language.maxLength) return null;
  return {
    term: '',
    message: `The filter has more than ${formatCount(language.maxLength)} characters. Leave out some terms.`,
  };
}
