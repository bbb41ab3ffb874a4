import { isMap, isScalar, parseDocument } from 'yaml';

/** A key of a mapping with the lines it has in its text: the comments right above it, and its own. */
export type KeyPart = { readonly key: string; readonly comment: string; readonly text: string };

/** A YAML mapping cut at its top-level keys. Head, keys and tail joined are the text. */
export type KeyedText = { readonly head: string; readonly keys: readonly KeyPart[]; readonly tail: string };

/** Characters of a YAML text that is cut by its keys. Longer ones are merged by lines. */
const MOST = 512 * 1024;

/**
 * Cuts a YAML text at its top-level keys. Null where it is no plain mapping that can be read, or a key occurs twice: it
 * is merged by lines then.
 */
export function keyedText(text: string): KeyedText | null {
  if (text.length > MOST) return null;
  const starts = keyStarts(text);
  if (starts === null) return null;
  const comments = starts.map(({ from }, i) => commentStart(text, starts[i - 1]?.from ?? 0, from));
  const end = starts.length === 0 ? 0 : tailStart(text, starts.at(-1)!.from);
  return {
    head: text.slice(0, comments[0] ?? 0),
    keys: starts.map(({ key, from }, i) => ({
      key,
      comment: text.slice(comments[i]!, from),
      text: text.slice(from, comments[i + 1] ?? end),
    })),
    tail: text.slice(end),
  };
}

type Start = { readonly key: string; readonly from: number };

/** Where each top-level key begins: at the beginning of a line. */
function keyStarts(text: string): readonly Start[] | null {
  if (text.trim() === '') return [];
  const document = parse(text);
  if (document === null) return null;
  const { contents } = document;
  if (contents === null) return [];
  if (!isMap(contents) || contents.flow === true) return null;
  const starts: Start[] = [];
  const known = new Set<string>();
  for (const { key } of contents.items) {
    if (!isScalar(key) || key.anchor !== undefined || key.tag !== undefined) return null;
    const range = key.range ?? null;
    if (range === null) return null;
    const [from, to] = range;
    if (from > 0 && text[from - 1] !== '\n') return null;
    const name = text.slice(from, to);
    if (name === '' || known.has(String(key.value))) return null;
    known.add(String(key.value));
    starts.push({ key: String(key.value), from });
  }
  return starts.every(({ from }, i) => i === 0 || from > starts[i - 1]!.from) ? starts : null;
}

function parse(text: string): ReturnType<typeof parseDocument> | null {
  try {
    const document = parseDocument(text, { uniqueKeys: true, logLevel: 'silent' });
    return document.errors.length > 0 || document.directives?.docStart === true ? null : document;
  } catch {
    return null;
  }
}

/** Where the comments begin that stand right above a key, at the left edge. */
function commentStart(text: string, least: number, key: number): number {
  let at = key;
  while (at > least) {
    const line = lineBefore(text, at);
    if (line < least || (line === least && least > 0) || text[line] !== '#') break;
    at = line;
  }
  return at;
}

/** Where comments and empty lines at the end begin, behind the line of the last key. */
function tailStart(text: string, key: number): number {
  const first = text.indexOf('\n', key) + 1;
  if (first === 0) return text.length;
  let at = text.length;
  while (at > first) {
    const line = lineBefore(text, at);
    if (line < first || !/^(?:#|\s*$)/.test(text.slice(line, at).replace(/\r?\n$/, ''))) break;
    at = line;
  }
  return at;
}

/** Where the line before a line begins. */
function lineBefore(text: string, line: number): number {
  return line < 2 ? 0 : text.lastIndexOf('\n', line - 2) + 1;
}
