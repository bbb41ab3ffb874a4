import { parseWhen, type When } from './filter-time.ts';

/** What a filter text asks for. Terms of one kind are alternatives; different kinds all have to hold. */
export type Filter = {
  /** names of tools: the beginning of a name, `=` and the whole name, or with `*` a pattern for the whole name; case does not matter */
  readonly tools: readonly string[];
  readonly notTools: readonly string[];
  /** exact names of refs; a call matches when one of them reaches it */
  readonly branches: readonly string[];
  /** names of refs; a call matches when none of them reaches it */
  readonly notBranches: readonly string[];
  readonly since: When | null;
  readonly until: When | null;
  /** only calls that failed; decided from contents, elsewhere */
  readonly failed: boolean;
  /** only calls that did not fail */
  readonly notFailed: boolean;
  /** beginnings of hashes, in lower case */
  readonly hashes: readonly string[];
  /** texts that must all stand in the input or output; searched elsewhere */
  readonly texts: readonly string[];
  /** texts of which none may stand there */
  readonly notTexts: readonly string[];
};

/** What is wrong with a filter text; `at` counts UTF-16 units from its beginning. */
export type FilterError = {
  readonly message: string;
  readonly hint: string;
  readonly at: number;
  readonly length: number;
};

export type FilterParse =
  { readonly ok: true; readonly filter: Filter } | { readonly ok: false; readonly error: FilterError };

/** Keys of the filter language, for help and completion. */
export const FILTER_KEYS = ['tool', 'branch', 'since', 'until', 'hash'] as const;

type Draft = {
  tools: string[];
  notTools: string[];
  branches: string[];
  notBranches: string[];
  since: When | null;
  until: When | null;
  failed: boolean;
  notFailed: boolean;
  hashes: string[];
  texts: string[];
  notTexts: string[];
};

type Step = { readonly next: number } | { readonly error: FilterError };

const isBlank = (text: string, at: number): boolean => at >= text.length || /\s/.test(text[at]!);

const wrong = (at: number, length: number, message: string, hint: string): { error: FilterError } => ({
  error: { message, hint, at, length },
});

/**
 * Reads a filter text: `tool:NAME` (lists with commas, `=`, `*`), `branch:NAME`, `since:` and `until:` (a day, a date
 * and time, `today`, `yesterday`, `30m`, `2h`, `3d`, `1w`), `error` for failed calls, `hash:` or `#` and the beginning
 * of a hash; all else, and everything in double quotes, is text to search. A minus sign before `tool:`, `branch:`,
 * `error` and a text in quotes excludes. Never throws.
 */
export function parseFilter(text: string): FilterParse {
  const draft: Draft = {
    tools: [],
    notTools: [],
    branches: [],
    notBranches: [],
    since: null,
    until: null,
    failed: false,
    notFailed: false,
    hashes: [],
    texts: [],
    notTexts: [],
  };
  for (let at = 0; at < text.length;) {
    if (isBlank(text, at)) {
      at++;
      continue;
    }
    const step = readTerm(text, at, draft);
    if ('error' in step) return { ok: false, error: step.error };
    at = step.next;
  }
  return { ok: true, filter: draft };
}

/** True when the filter lets every call through. */
export function isEmptyFilter(filter: Filter): boolean {
  const { tools, notTools, branches, notBranches, hashes } = filter;
  const lists = [tools, notTools, branches, notBranches, hashes, filter.texts, filter.notTexts];
  return (
    lists.every((list) => list.length === 0) &&
    filter.since === null &&
    filter.until === null &&
    !filter.failed &&
    !filter.notFailed
  );
}

function readTerm(text: string, at: number, draft: Draft): Step {
  const minus = text.startsWith('-"', at) ? 1 : 0;
  if (text[at + minus] === '"') {
    const quoted = readQuoted(text, at + minus);
    if ('error' in quoted) return quoted;
    if (quoted.value !== '') (minus === 1 ? draft.notTexts : draft.texts).push(quoted.value);
    return quoted;
  }
  const key = /^-?[a-z]+(?=:)/i.exec(text.slice(at, at + 40))?.[0];
  if (key !== undefined) return readKeyed(text, at, key, draft);
  let end = at;
  while (!isBlank(text, end)) end++;
  const word = text.slice(at, end);
  if (word.startsWith('#')) return addHashes(draft, [{ value: word.slice(1), at: at + 1 }], end);
  if (word.toLowerCase() === 'error') draft.failed = true;
  else if (word.toLowerCase() === '-error') draft.notFailed = true;
  else draft.texts.push(word);
  return { next: end };
}

type Piece = { readonly value: string; readonly at: number };

function readKeyed(text: string, at: number, key: string, draft: Draft): Step {
  const start = at + key.length + 1;
  const negated = key.startsWith('-');
  const name = key.slice(negated ? 1 : 0).toLowerCase();
  if (!(FILTER_KEYS as readonly string[]).includes(name)) return unknownKey(text, at, key, name);
  if (negated && name !== 'tool' && name !== 'branch') {
    return wrong(
      at,
      key.length + 1,
      `Only tool:, branch:, error and texts in quotes can be excluded, not ${name}:.`,
      `Leave out the minus sign: ${name}:…`,
    );
  }
  const pieces = readPieces(text, start, name === 'tool' || name === 'hash');
  if ('error' in pieces) return pieces;
  const blank = pieces.list.find((piece) => piece.value === '');
  if (blank !== undefined) {
    return wrong(
      at,
      pieces.next - at,
      `After ${key}: a value is missing.`,
      `Write it without a blank: ${example(name)}`,
    );
  }
  const value = pieces.list[0]!;
  switch (name) {
    case 'tool':
      (negated ? draft.notTools : draft.tools).push(...pieces.list.map((piece) => piece.value));
      break;
    case 'branch':
      (negated ? draft.notBranches : draft.branches).push(value.value);
      break;
    case 'hash':
      return addHashes(draft, pieces.list, pieces.next);
    default: {
      const bound = name === 'since' ? 'since' : 'until';
      if (draft[bound] !== null)
        return wrong(at, pieces.next - at, `${bound}: is given twice.`, 'Keep one of the two.');
      const when = parseWhen(value.value);
      if (when === null) {
        const message = `“${value.value}” is no day or time.`;
        return wrong(
          start,
          pieces.next - start,
          message,
          `Write for example ${bound}:2026-11-20, ${bound}:2026-11-20T14:30, ${bound}:yesterday or ${bound}:2h`,
        );
      }
      draft[bound] = when;
    }
  }
  return { next: pieces.next };
}

function example(name: string): string {
  if (name === 'since' || name === 'until') return `${name}:2026-11-20`;
  return name === 'hash' ? 'hash:7d20be19' : name === 'branch' ? 'branch:main' : 'tool:NAME';
}

function addHashes(draft: Draft, pieces: readonly Piece[], next: number): Step {
  for (const piece of pieces) {
    if (!/^[0-9a-f]{1,64}$/i.test(piece.value)) {
      const message = `“${piece.value}” is no beginning of a hash: that has 1 to 64 of the digits 0–9 and a–f.`;
      return wrong(
        piece.at,
        Math.max(1, piece.value.length),
        message,
        'To search for this text, put it in double quotes.',
      );
    }
    draft.hashes.push(piece.value.toLowerCase());
  }
  return { next };
}

function unknownKey(text: string, at: number, key: string, name: string): Step {
  let end = at;
  while (!isBlank(text, end)) end++;
  const near = FILTER_KEYS.find(
    (known) => distance(known, name) <= 2 || (name.length > 1 && known.startsWith(name)),
  );
  const quoted = `To search for this text, put it in double quotes: "${text.slice(at, end).replaceAll('"', '')}"`;
  const hint =
    near === undefined
      ? `Terms are ${FILTER_KEYS.map((known) => `${known}:`).join(', ')}. ${quoted}`
      : `Did you mean ${near}:? ${quoted}`;
  return wrong(at, key.length + 1, `There is no filter term ${key}:.`, hint);
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const above = row;
    row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(change, above[j]! + 1, row[j - 1]! + 1));
    }
  }
  return row[b.length]!;
}

function readPieces(
  text: string,
  start: number,
  commas: boolean,
): { list: Piece[]; next: number } | { error: FilterError } {
  const list: Piece[] = [];
  const isComma = (at: number): boolean => commas && text[at] === ',';
  for (let at = start; ; at++) {
    if (text[at] === '"') {
      const quoted = readQuoted(text, at);
      if ('error' in quoted) return quoted;
      list.push({ value: quoted.value, at });
      at = quoted.next;
      if (!isBlank(text, at) && !isComma(at)) {
        return wrong(at, 1, 'After a closing quote comes a blank.', 'Put a blank between the terms.');
      }
    } else {
      let end = at;
      while (!isBlank(text, end) && !isComma(end)) end++;
      list.push({ value: text.slice(at, end), at });
      at = end;
    }
    if (!isComma(at)) return { list, next: at };
  }
}

/** A text in double quotes; `\"` and `\\` stand for the signs themselves. */
function readQuoted(text: string, start: number): { value: string; next: number } | { error: FilterError } {
  let value = '';
  for (let at = start + 1; at < text.length; at++) {
    const sign = text[at]!;
    if (sign === '"') return { value, next: at + 1 };
    const escaped = sign === '\\' && (text[at + 1] === '"' || text[at + 1] === '\\');
    value += escaped ? text[++at]! : sign;
  }
  return wrong(
    start,
    text.length - start,
    'A double quote is opened and not closed.',
    'Add the closing quote.',
  );
}
