import { MAX_FILTER } from '../../../../contract/vek.ts';
import { parseFilter } from '../../../../core/graph/filter.ts';
import type { Zone } from '../../../ui/format.ts';
import { chipText } from './chip-text.ts';
import { suggestionsAt, type FilterNames, type Suggestion } from './suggest.ts';
import { chipErrors } from './terms.ts';

/** What a filter field has to know of the language that is typed in it. */
export type FilterLanguage = {
  /** the name of the field */
  readonly label: string;
  /** shown while it is empty */
  readonly placeholder: string;
  readonly maxLength: number;
  readonly suggest: (text: string, caret: number) => readonly Suggestion[];
  readonly chip: (term: string, zone: Zone) => { readonly key: string; readonly value: string };
  /** what is wrong with each of these terms, in words, or null */
  readonly errors: (terms: readonly string[]) => readonly (string | null)[];
  /** every text has a meaning: what is wrong with a finished one is told, and it is applied all the same */
  readonly lenient?: boolean;
  /** what is wrong with a whole text whose terms are all well */
  readonly whole: (text: string) => string | null;
};

/** The filter of the graph. `refs`: every name that `branch:` may have; null while not known. */
export const graphLanguage = (names: FilterNames, refs: ReadonlySet<string> | null): FilterLanguage => ({
  label: 'Filter calls',
  placeholder: 'tool: branch: since: or text',
  maxLength: MAX_FILTER,
  suggest: (text, caret) => suggestionsAt(text, caret, names),
  chip: chipText,
  errors: (terms) => chipErrors(terms, refs).map((error) => (error === null ? null : sentence(error))),
  whole: (text) => {
    const parsed = parseFilter(text);
    return parsed.ok ? null : sentence(parsed.error);
  },
});

const sentence = ({ message, hint }: { readonly message: string; readonly hint: string }): string =>
  `${message} ${hint}`.trim();
