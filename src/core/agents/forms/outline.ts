import { fencesOf } from '../text/fences.ts';
import { universalNewlines } from '../text/python-text.ts';
import { headerRegion, lineOf } from './regions.ts';

/**
 * A part of a Markdown text: its header (level 0), what stands before the first heading (level 0), or a heading with
 * all below it. `own`: the characters without those of deeper headings, so that all `own` sum up to the text.
 */
export type OutlinePart = {
  readonly kind: 'header' | 'opening' | 'heading';
  readonly title: string;
  readonly level: number;
  /** lines from 1; the end is included */
  readonly line: number;
  readonly endLine: number;
  readonly characters: number;
  readonly own: number;
  /** characters / 4, as the runtime estimates them (formats/atomic-agents.md §10) */
  readonly tokens: number;
};

const heading = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/;

/** The parts of a Markdown text in their order; `#` within fences and the header is no heading. */
export function outlineOf(source: string): readonly OutlinePart[] {
  const text = universalNewlines(source);
  const lines = text.split('\n');
  const starts: number[] = [];
  let at = 0;
  for (const line of lines) {
    starts.push(at);
    at += line.length + 1;
  }
  starts.push(text.length);
  const header = headerRegion(text);
  const bodyLine = header === null ? 0 : lineOf(text, header.end);
  const fenced = fencesOf(text).filter(({ line }) => line > bodyLine);
  const found: { kind: OutlinePart['kind']; title: string; level: number; index: number }[] = [];
  if (header !== null) found.push({ kind: 'header', title: '', level: 0, index: 0 });
  let fence = 0;
  for (let index = bodyLine; index < lines.length; index++) {
    while (fence < fenced.length && fenced[fence]!.end < index + 1) fence++;
    const inside = fenced[fence];
    if (inside !== undefined && index + 1 >= inside.line) continue;
    const one = heading.exec(lines[index]!);
    if (one !== null) found.push({ kind: 'heading', title: one[2] ?? '', level: one[1]!.length, index });
  }
  const first = found.find(({ kind }) => kind === 'heading')?.index ?? lines.length;
  if (text.slice(starts[bodyLine] ?? text.length, starts[first]).trim() !== '') {
    found.splice(header === null ? 0 : 1, 0, { kind: 'opening', title: '', level: 0, index: bodyLine });
  }
  return found.map(({ kind, title, level, index }, i) => {
    const next = found[i + 1]?.index ?? lines.length;
    const after =
      found.slice(i + 1).find((other) => level === 0 || other.level <= level)?.index ?? lines.length;
    const length = (to: number): number => (starts[to] ?? text.length) - starts[index]!;
    const characters = length(after);
    return {
      kind,
      title,
      level,
      line: index + 1,
      endLine: after,
      characters,
      own: length(next),
      tokens: Math.floor(characters / 4),
    };
  });
}
