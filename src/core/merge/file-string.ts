import { align } from '../json/align.ts';
import { parseJson } from '../json/parse.ts';
import { quoted } from './file-layout.ts';
import type { FileStyle } from './file-style.ts';

/**
 * The source of a string that was merged of several: each line is written as the first of the sources has it that
 * has it at all, so that escapes stay as they were. Sources are strings with their quotes.
 */
export function mergedString(value: string, sources: readonly string[], style: FileStyle): string {
  const lines = linesOf(value);
  const written: (string | undefined)[] = lines.map(() => undefined);
  for (const source of sources) {
    const raw = rawLinesOf(source);
    const values = linesOf(valueOf(source));
    if (raw.length !== values.length) continue;
    const numbers = new Map<string, number>();
    const numbered = (line: string): number => {
      const number = numbers.get(line) ?? numbers.size;
      numbers.set(line, number);
      return number;
    };
    for (const { a, b, length } of align(lines.map(numbered), values.map(numbered))) {
      for (let i = 0; i < length; i += 1) written[a + i] ??= raw[b + i];
    }
  }
  const text = lines.map((line, i) => written[i] ?? quoted(line, style).slice(1, -1)).join('');
  return `"${text}"`;
}

/** Lines with their line breaks; an empty text is one line. */
function linesOf(value: string): readonly string[] {
  return value.match(/[^\n]*\n|[^\n]+$/g) ?? [''];
}

function valueOf(source: string): string {
  const parsed = parseJson(source);
  return parsed.ok && parsed.node.kind === 'string' ? parsed.node.value : '';
}

/** The same lines as they are written in the source, without its quotes. */
function rawLinesOf(source: string): readonly string[] {
  const inner = source.slice(1, -1);
  const lines: string[] = [];
  let from = 0;
  for (let at = inner.indexOf('\\'); at >= 0; at = inner.indexOf('\\', at)) {
    const escape = inner[at + 1];
    at += escape === 'u' ? 6 : 2;
    const broken = escape === 'n' || (escape === 'u' && /^000a$/i.test(inner.slice(at - 4, at)));
    if (!broken) continue;
    lines.push(inner.slice(from, at));
    from = at;
  }
  if (from < inner.length || lines.length === 0) lines.push(inner.slice(from));
  return lines;
}
