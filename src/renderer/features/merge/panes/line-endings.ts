/**
 * An edited text with the line endings of the one it was made from. An editor has one kind of line ending for a whole
 * text; here every line that was not touched keeps its own, and new ones get the kind that the original has most of.
 * `edited` has `\n` only.
 */
export function keepLineEndings(original: string, edited: string): string {
  if (!original.includes('\r')) return edited;
  const old = splitLines(original);
  const now = edited.split('\n');
  const most = Math.min(old.length, now.length);
  let head = 0;
  while (head < most && old[head]!.text === now[head]) head += 1;
  let tail = 0;
  while (tail < most - head && old[old.length - 1 - tail]!.text === now[now.length - 1 - tail]) tail += 1;
  const usual = mostFrequent(old);
  let text = '';
  // from the end, so that a carriage return never meets a line feed that belongs to the next line
  for (let at = now.length - 1; at >= 0; at -= 1) {
    const left = now.length - at;
    const from = at < head ? old[at] : left <= tail ? old[old.length - left] : undefined;
    const end = left === 1 ? '' : from === undefined || from.end === '' ? usual : from.end;
    text = now[at]! + (end === '\r' && text.startsWith('\n') ? '\r\n' : end) + text;
  }
  return text;
}

type Line = { readonly text: string; readonly end: string };

/** The lines of a text, each with what ends it; the last one ends with nothing. */
function splitLines(text: string): readonly Line[] {
  const lines: Line[] = [];
  let from = 0;
  for (const match of text.matchAll(/\r\n|\r|\n/g)) {
    lines.push({ text: text.slice(from, match.index), end: match[0] });
    from = match.index + match[0].length;
  }
  return [...lines, { text: text.slice(from), end: '' }];
}

function mostFrequent(lines: readonly Line[]): string {
  const counts = new Map<string, number>();
  for (const { end } of lines) if (end !== '') counts.set(end, (counts.get(end) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? '\n';
}

/** The sign that stands where a line ends with a carriage return, where not all lines end alike. */
const CR = '\u240d';

/**
 * Texts as an editor shows them beside each other, with `\n` as their only line break and as many lines as they have
 * `\n`. Where some lines end otherwise, a carriage return is a sign of its own.
 */
export function shownEndings(texts: readonly string[]): readonly string[] {
  if (!texts.some((text) => text.includes('\r'))) return texts;
  const alike = texts.every((text) => !/\r(?!\n)|(?<!\r)\n/.test(text));
  return texts.map((text) => (alike ? text.replaceAll('\r\n', '\n') : text.replaceAll('\r', CR)));
}
