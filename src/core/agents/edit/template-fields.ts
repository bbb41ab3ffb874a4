import { PRICES } from '../prices.ts';
import { pyLength } from '../text/python-text.ts';
import type { FieldRule } from './template-model.ts';

type More = Partial<Pick<FieldRule, 'required' | 'value' | 'check'>>;
type Checks = readonly ((value: string) => string | null)[];

const base = { options: [], required: false, value: '', check: (): string | null => null };

/** A text on one line. */
export const text = (key: string, label: string, help: string, more: More = {}): FieldRule => ({
  ...base,
  key,
  label,
  help,
  type: 'text',
  ...more,
});

/** A text of several lines, or a list with one item a line. */
export const lines = (key: string, label: string, help: string, more: More = {}): FieldRule => ({
  ...text(key, label, help, more),
  type: 'lines',
});

/** One of a few. */
export const choice = (
  key: string,
  label: string,
  help: string,
  options: readonly string[],
  more: More = {},
): FieldRule => ({
  ...text(key, label, help, { required: true, value: options[0] ?? '', ...more }),
  type: 'choice',
  options,
});

export const yesNo = (key: string, label: string, help: string, value: 'yes' | 'no'): FieldRule =>
  choice(key, label, help, ['yes', 'no'], { value });

export const day = (key: string, label: string, help: string, more: More = {}): FieldRule => ({
  ...text(key, label, help, more),
  type: 'date',
});

/** The first thing that is wrong. */
export const all =
  (...checks: Checks) =>
  (value: string): string | null => {
    for (const check of checks) {
      const problem = check(value);
      if (problem !== null) return problem;
    }
    return null;
  };

/** What is wrong with the first bad line of a list, with the line itself. */
export const eachLine =
  (check: (line: string) => string | null) =>
  (value: string): string | null => {
    for (const line of value.split('\n').map((one) => one.trim())) {
      const problem = line === '' ? null : check(line);
      if (problem !== null) return `“${line.length > 60 ? `${line.slice(0, 60)}…` : line}” – ${problem}`;
    }
    return null;
  };

/** At most so many characters, as Python counts them. */
export const atMost =
  (most: number) =>
  (value: string): string | null => {
    const length = pyLength(value);
    return length <= most ? null : `It has ${length} characters; ${most} are allowed.`;
  };

export const fits =
  (pattern: RegExp, words: string) =>
  (value: string): string | null =>
    pattern.test(value) ? null : words;

export const notOneOf =
  (taken: readonly string[], words: string) =>
  (value: string): string | null =>
    taken.includes(value) ? words : null;

/** Dollars with at most six places; `above`: 0 is not enough. */
export const dollars =
  (above: boolean) =>
  (value: string): string | null => {
    if (!/^\d{1,6}(?:\.\d{1,6})?$/.test(value)) return 'Write an amount in dollars, such as 2.50.';
    return above && Number(value) === 0 ? 'It must be more than 0.' : null;
  };

export const wholeNumber =
  (least: number, most: number) =>
  (value: string): string | null =>
    /^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most
      ? null
      : `Write a whole number from ${least} to ${most}.`;

/** A line of a text that would begin a section of its own. */
export function noHeading(value: string): string | null {
  return value.split('\n').some((line) => line.startsWith('## '))
    ? 'A line can’t begin with “## ”: it would begin a section of its own.'
    : null;
}

/** A number as it is written into a file. */
export const numberText = (value: string): string => (value === '' ? '' : String(Number(value)));

/** The part of a file name that upstream derives from a title (formats/atomic-agents.md §2.4). */
export function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
}

/** A title from which a file name can be derived. */
export const naming = all(atMost(80), (value) =>
  slugOf(value) === '' ? 'It needs a letter from a to z or a digit, as the file is named after it.' : null,
);

/** Models with a price that answer, which an agent can be given. */
export const CHAT_MODELS: readonly string[] = Array.from(PRICES)
  .filter(([, rate]) => !rate.embedding)
  .map(([name]) => name);

/** Text for Markdown: a bullet for each line. */
export const bullets = (items: readonly string[]): string => items.map((item) => `- ${item}\n`).join('');

/** A section of Markdown with its text; nothing where there is none. */
export const section = (title: string, body: string): string =>
  body === '' ? '' : `## ${title}\n\n${body.trimEnd()}\n\n`;
