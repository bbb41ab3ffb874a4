import { toolValue } from './edit.ts';
import { partsOf, plainValue, quoted, termAt } from './terms.ts';

/** A term that can be put in place of the one at the caret. `done`: it is complete, and becomes a chip. */
export type Suggestion = {
  readonly term: string;
  /** what it means, beside it */
  readonly detail: string;
  readonly done: boolean;
  /** lane colour of a branch, 1 to 8 */
  readonly lane: number | null;
};

/** The names that terms can take. */
export type FilterNames = {
  readonly tools: readonly string[];
  readonly branches: readonly { readonly name: string; readonly colour: number }[];
  /** full names of tags and checkpoints */
  readonly marks: readonly string[];
};

/** A list longer than this is not read; the rest comes with more letters. */
const MOST = 12;

const KEYS: readonly Suggestion[] = [
  { term: 'tool:', detail: 'calls of a tool', done: false, lane: null },
  { term: '-tool:', detail: 'no calls of a tool', done: false, lane: null },
  { term: 'branch:', detail: 'calls that a branch or tag reaches', done: false, lane: null },
  { term: 'since:', detail: 'from a day or time on', done: false, lane: null },
  { term: 'until:', detail: 'up to a day or time', done: false, lane: null },
  { term: 'error', detail: 'calls that failed', done: true, lane: null },
  { term: 'hash:', detail: 'the first digits of a hash', done: false, lane: null },
];

/** Offered once a minus sign is typed. */
const EXCLUDING: readonly Suggestion[] = [
  { term: '-branch:', detail: 'no calls that a branch or tag reaches', done: false, lane: null },
  { term: '-error', detail: 'no calls that failed', done: true, lane: null },
  { term: '-"', detail: 'no calls that hold a text', done: false, lane: null },
];

const TIMES: readonly (readonly [value: string, detail: string])[] = [
  ['today', 'since midnight'],
  ['yesterday', 'the day before today'],
  ['10m', '10 minutes ago'],
  ['1h', 'an hour ago'],
  ['2h', '2 hours ago'],
  ['24h', '24 hours ago'],
  ['7d', '7 days ago'],
  ['30d', '30 days ago'],
];

/** What fits the term that is being typed, best first; empty where nothing more is to be known. */
export function suggestionsAt(text: string, caret: number, names: FilterNames): readonly Suggestion[] {
  const term = termAt(text, caret);
  const typed = term === null ? '' : text.slice(term.at, caret);
  const found = suggestionsFor(typed, names).filter(({ term: whole }) => whole !== term?.text);
  return found.slice(0, MOST);
}

function suggestionsFor(typed: string, names: FilterNames): readonly Suggestion[] {
  const { key, value } = partsOf(typed);
  switch (key) {
    case 'tool':
    case '-tool':
      return toolTerms(key, value, names.tools);
    case 'branch':
      return [...branchTerms(value, names), ...markTerms(value, names)];
    case '-branch':
      return [...branchTerms(value, names), ...markTerms(value, names)].map(excluding);
    case 'since':
    case 'until':
      return TIMES.filter(([time]) => time.startsWith(value.toLowerCase())).map(([time, detail]) => ({
        term: `${key}:${time}`,
        detail,
        done: true,
        lane: null,
      }));
    case '':
      return wordTerms(typed, names);
    default:
      return [];
  }
}

function excluding({ term, detail, done, lane }: Suggestion): Suggestion {
  return { term: `-${term}`, detail: `no calls that this ${detail} reaches`, done, lane };
}

function wordTerms(typed: string, names: FilterNames): readonly Suggestion[] {
  const word = typed.toLowerCase();
  const known = word.startsWith('-') ? [...KEYS, ...EXCLUDING] : KEYS;
  const keys = known.filter(({ term }) => term.startsWith(word));
  // from two letters on a word may be meant as a name
  if (word.length < 2 || word.startsWith('#') || word.startsWith('"')) return keys;
  return [...keys, ...toolTerms('tool', word, names.tools), ...branchTerms(word, names)];
}

/** The last value of a list is the one that is typed; those before it stay. */
function toolTerms(key: string, value: string, tools: readonly string[]): readonly Suggestion[] {
  const comma = value.startsWith('"') ? -1 : value.lastIndexOf(',');
  const before = value.slice(0, comma + 1);
  const wanted = plainValue(value.slice(comma + 1)).replace(/^=/, '');
  return best(tools, wanted, (name) => name).map((name) => ({
    term: `${key}:${before}${toolValue(name, tools)}`,
    detail: key === 'tool' ? 'tool' : 'no calls of this tool',
    done: true,
    lane: null,
  }));
}

function branchTerms(value: string, { branches }: FilterNames): readonly Suggestion[] {
  return best(branches, plainValue(value), (branch) => branch.name).map((branch) => ({
    term: `branch:${quoted(branch.name)}`,
    detail: 'branch',
    done: true,
    lane: branch.colour,
  }));
}

function markTerms(value: string, { marks }: FilterNames): readonly Suggestion[] {
  return best(marks, plainValue(value), (name) => name).map((name) => ({
    term: `branch:${quoted(name)}`,
    detail: name.startsWith('checkpoint/') ? 'checkpoint' : 'tag',
    done: true,
    lane: null,
  }));
}

/** Names that begin with the text, then those that hold it elsewhere. */
function best<T>(all: readonly T[], text: string, nameOf: (item: T) => string): readonly T[] {
  const wanted = text.toLowerCase();
  const holding = all.filter((item) => nameOf(item).toLowerCase().includes(wanted));
  const begins = (item: T): boolean => nameOf(item).toLowerCase().startsWith(wanted);
  return [...holding.filter(begins), ...holding.filter((item) => !begins(item))];
}

/** The text with the term at the caret replaced, and where the caret then stands. */
export function withSuggestion(text: string, caret: number, term: string): { text: string; caret: number } {
  const old = termAt(text, caret);
  const at = old?.at ?? caret;
  const rest = text.slice(old?.end ?? caret);
  return { text: text.slice(0, at) + term + rest, caret: at + term.length };
}
