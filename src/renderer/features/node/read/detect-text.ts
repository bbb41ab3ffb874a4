import { readPicture } from './image.ts';
import { limits } from './limits.ts';
import { looksLikeMarkdown } from './markdown-like.ts';
import type { PairPart, Part } from './parts.ts';
import { readPatch } from './patch.ts';
import { at, type Path, type Place } from './path.ts';
import { gridOfText } from './table.ts';
import { isTerminalText } from './terminal.ts';
import { readTrace } from './trace.ts';

export type TextHints = {
  /** the key it stands under */
  readonly key?: string;
  /** the file it is the content of */
  readonly file?: string | null;
  /** somebody said it: one sign of Markdown is enough */
  readonly talk?: boolean;
};

const TERMINAL_KEYS = /^(?:stdout|stderr|std_out|std_err|console|terminal)$/i;
const TABLE_KEYS = /^(?:csv|tsv|table)$/i;

/**
 * What a text is, in this order: a picture, a patch, a stack trace, terminal output, a table, Markdown, several lines
 * or a long one. Null for a short plain text.
 */
export function readText(text: string, path: Path, hints: TextHints): Part | null {
  const base = { path, title: null };
  const key = hints.key ?? '';
  if (text === '') return null;
  const picture = readPicture(text);
  if (picture !== null) return { ...base, kind: 'image', ...picture };
  const stream = TERMINAL_KEYS.test(key);
  const controlled = text.length <= limits.terminalChars && isTerminalText(text);
  if (!controlled) {
    const patch = readPatch(text);
    if (patch !== null) return { ...base, kind: 'diff', text, patch };
    const trace = readTrace(text);
    if (trace !== null) return { ...base, kind: 'trace', text, trace };
  }
  if (controlled || (stream && text.length <= limits.terminalChars)) {
    return { ...base, kind: 'terminal', text, stderr: /err$/i.test(key) };
  }
  if (TABLE_KEYS.test(key) || /\.(?:csv|tsv)$/i.test(hints.file ?? '')) {
    const grid = gridOfText(text);
    if (grid !== null) return { ...base, kind: 'table', ...grid, text };
  }
  if (looksLikeMarkdown(text, hints.file ?? null, hints.talk === true))
    return { ...base, kind: 'markdown', text };
  const lines = /\n[^]*\S/.test(text.trimStart());
  if (lines || text.length > 240) return { ...base, kind: 'text', text, prose: hints.talk === true };
  return null;
}

const SURE_PAIRS = [
  ['old_string', 'new_string'],
  ['old_str', 'new_str'],
  ['old_text', 'new_text'],
  ['oldText', 'newText'],
  ['old_content', 'new_content'],
] as const;
const LIKELY_PAIRS = [
  ['old', 'new'],
  ['search', 'replace'],
  ['find', 'replace'],
  ['before', 'after'],
] as const;

/** A text and what it is replaced by, as edit tools take it. Common names count only beside a file or in an edit tool. */
export function pairAt(
  place: Place,
  tool: string,
): { readonly part: PairPart; readonly keys: readonly [string, string] } | null {
  const file = ['path', 'file_path', 'file', 'filename', 'filepath', 'doc_id']
    .map((key) => at(place, key))
    .find((found) => found?.node.kind === 'string');
  const likely = file !== undefined || /edit|replace|patch|rewrite/i.test(tool);
  for (const keys of [...SURE_PAIRS, ...(likely ? LIKELY_PAIRS : [])]) {
    const before = at(place, keys[0]);
    const after = at(place, keys[1]);
    if (before?.node.kind !== 'string' || after?.node.kind !== 'string') continue;
    if (before.node.value === after.node.value) continue;
    const name = file?.node.kind === 'string' ? file.node.value : null;
    const part: PairPart = {
      kind: 'pair',
      path: before.path,
      title: null,
      file: name,
      before: before.node.value,
      after: after.node.value,
    };
    return { part, keys };
  }
  return null;
}
