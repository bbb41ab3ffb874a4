import { align, gapsBetween } from '../../json/align.ts';

const BOM = '\ufeff';
const ends = /\r\n|\r|\n/g;

/** A text as the editor takes it: LF only, and no byte order mark, which it would drop. */
export function toEditor(text: string): string {
  const plain = text.startsWith(BOM) ? text.slice(1) : text;
  return plain.includes('\r') ? plain.replaceAll(/\r\n?/g, '\n') : plain;
}

/**
 * An edited text with the line ends of the one it was made from: lines that stayed keep theirs, a changed line has that
 * of the line it stands for, a new one that of the line before it. The last line ends as it was edited, and a byte order
 * mark stays. Form feeds, U+0085, U+2028 and U+2029 are characters of a line, as they are to the editor.
 */
export function fromEditor(original: string, edited: string): string {
  if (edited === toEditor(original)) return original;
  const bom = original.startsWith(BOM) && !edited.startsWith(BOM) ? BOM : '';
  const unified = toEditor(edited);
  const before = original.startsWith(BOM) ? original.slice(1) : original;
  if (!before.includes('\r')) return bom + unified;
  const oldLines = toEditor(before).split('\n');
  const oldEnds = before.match(ends) ?? [];
  const lines = unified.split('\n');
  const from = standFor(oldLines, lines);
  let out = bom;
  let last: string | null = null;
  for (const [at, line] of lines.entries()) {
    if (at === lines.length - 1) return out + line;
    const own = oldEnds[from[at]!];
    last = own ?? last ?? nextEnd(oldEnds, from, at);
    // a CR and an LF of two lines would become one line end
    if (line === '' && last === '\n' && out.endsWith('\r')) last = '\r';
    out += line + last;
  }
  return out;
}

/** For each new line the old one it is, or stands for; -1: it is new. */
function standFor(oldLines: readonly string[], lines: readonly string[]): readonly number[] {
  const numbers = new Map<string, number>();
  const number = (line: string): number => {
    const known = numbers.get(line) ?? numbers.size;
    numbers.set(line, known);
    return known;
  };
  const runs = align(oldLines.map(number), lines.map(number));
  const from = lines.map(() => -1);
  for (const run of runs) {
    for (let i = 0; i < run.length; i++) from[run.b + i] = run.a + i;
  }
  for (const gap of gapsBetween(runs, oldLines.length, lines.length)) {
    const both = Math.min(gap.aEnd - gap.a, gap.bEnd - gap.b);
    for (let i = 0; i < both; i++) from[gap.b + i] = gap.a + i;
  }
  return from;
}

function nextEnd(oldEnds: readonly string[], from: readonly number[], at: number): string {
  for (let i = at + 1; i < from.length; i++) {
    const end = oldEnds[from[i]!];
    if (end !== undefined) return end;
  }
  return oldEnds[0] ?? '\n';
}
