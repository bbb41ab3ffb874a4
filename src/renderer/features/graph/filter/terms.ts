import { parseFilter, type Filter, type FilterError } from '../../../../core/graph/filter.ts';

/** One term as it stands in a filter text. `chip`: a keyed term, `error`, a hash or an excluded text; else text to search. */
export type Term = {
  readonly text: string;
  readonly at: number;
  readonly end: number;
  readonly chip: boolean;
};

const KEY = /^-?[a-z]+:/i;

/** The terms of a filter text in their order, wrong ones too; quotes hold a term together. */
export function splitTerms(text: string): readonly Term[] {
  const terms: Term[] = [];
  for (let at = 0; at < text.length;) {
    if (isBlank(text, at)) {
      at += 1;
      continue;
    }
    const end = endOfTerm(text, at);
    const term = text.slice(at, end);
    const chip = KEY.test(term) || term.startsWith('#') || /^-?error$/i.test(term) || term.startsWith('-"');
    terms.push({ text: term, at, end, chip });
    at = end;
  }
  return terms;
}

const isBlank = (text: string, at: number): boolean => at >= text.length || /\s/.test(text[at]!);

function endOfTerm(text: string, start: number): number {
  const key = KEY.exec(text.slice(start, start + 40))?.[0];
  let at = start + (key?.length ?? (text.startsWith('-"', start) ? 1 : 0));
  let open = key !== undefined || text[start] === '"' || text.startsWith('-"', start);
  while (!isBlank(text, at)) {
    if (open && text[at] === '"') at = endOfQuote(text, at);
    else {
      // a list continues after a comma, where another value in quotes may begin
      open = key !== undefined && text[at] === ',';
      at += 1;
    }
  }
  return Math.min(at, text.length);
}

function endOfQuote(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

/** The key of a keyed term in lower case with its minus sign (`tool`, `-tool`), and the rest; `key` is empty without one. */
export function partsOf(term: string): { readonly key: string; readonly value: string } {
  const key = KEY.exec(term)?.[0];
  return key === undefined
    ? { key: '', value: term }
    : { key: key.slice(0, -1).toLowerCase(), value: term.slice(key.length) };
}

/** The value of a keyed term without its quotes. */
export function plainValue(value: string): string {
  if (!value.startsWith('"')) return value;
  return value.replace(/^"|"$/g, '').replaceAll(/\\(["\\])/g, '$1');
}

/** A value as it stands in a term: in double quotes where it has blanks, commas or quotes of its own. */
export function quoted(value: string): string {
  if (value !== '' && !/[\s",]/.test(value)) return value;
  return `"${value.replaceAll(/["\\]/g, '\\$&')}"`;
}

/** A filter text in two parts: terms shown as chips, and the free words between them. */
export type FilterParts = { readonly chips: readonly string[]; readonly text: string };

/** Takes a filter text apart. Words keep their order, and so do chips. */
export function partsOfFilter(filter: string): FilterParts {
  const terms = splitTerms(filter);
  const words = terms.filter((term) => !term.chip);
  return {
    chips: terms.filter((term) => term.chip).map((term) => term.text),
    text: words.map((term) => term.text).join(' '),
  };
}

/** The filter text that two parts stand for. */
export const filterOfParts = ({ chips, text }: FilterParts): string =>
  [...chips, text.trim()].filter((part) => part !== '').join(' ');

/** Moves the finished terms of a text that is being typed to the chips; the term at the caret is not finished. */
export function takeFinished(text: string, caret: number): FilterParts | null {
  const terms = splitTerms(text);
  const done = terms.filter((term) => term.chip && term.end < text.length && !isAt(term, caret));
  if (done.length === 0) return null;
  let rest = text;
  for (const term of done.toReversed()) rest = rest.slice(0, term.at) + rest.slice(term.end).trimStart();
  return { chips: done.map((term) => term.text), text: rest };
}

const isAt = (term: Term, caret: number): boolean => caret >= term.at && caret <= term.end;

/** The term at the caret, or null where only blanks are. */
export function termAt(text: string, caret: number): Term | null {
  return splitTerms(text).find((term) => isAt(term, caret)) ?? null;
}

const namedRefs = ({ branches, notBranches }: Filter): readonly string[] => [...branches, ...notBranches];

/** What is wrong with each chip, or null; `refs` are the names that `branch:` may have, null while not known. */
export function chipErrors(
  chips: readonly string[],
  refs: ReadonlySet<string> | null,
): readonly (FilterError | null)[] {
  return chips.map((chip, index) => {
    const alone = parseFilter(chip);
    if (!alone.ok) return alone.error;
    const sofar = parseFilter(chips.slice(0, index + 1).join(' '));
    if (!sofar.ok && parseFilter(chips.slice(0, index).join(' ')).ok) return sofar.error;
    const unknown = refs === null ? undefined : namedRefs(alone.filter).find((name) => !refs.has(name));
    if (unknown === undefined) return null;
    return {
      message: `There is no branch, tag or checkpoint “${unknown}”.`,
      hint: 'A tag is written branch:tag/NAME. Names with blanks stand in double quotes.',
      at: 0,
      length: chip.length,
    };
  });
}

/** Whether every term of a filter stands in another one too, so that it shows at least the same calls. */
export function isWider(filter: string, than: string): boolean {
  const had = new Set(splitTerms(than).map((term) => term.text));
  return splitTerms(filter).every((term) => had.has(term.text));
}
