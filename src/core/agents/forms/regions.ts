import { pyRegExp, pyStrip } from '../text/python-text.ts';

/** A part of a text, with LF as its line ends. */
export type Region = { readonly start: number; readonly end: number };

const boundary = pyRegExp('^-{3,}\\s*$', 'mg');

/** The header of a text as `readFrontmatter` finds it, without its lines of dashes. */
export function headerRegion(text: string): Region | null {
  const stripped = pyStrip(text);
  const skipped = text.indexOf(stripped);
  boundary.lastIndex = 0;
  const first = boundary.exec(stripped);
  if (first === null || first.index !== 0) return null;
  const second = boundary.exec(stripped);
  return second === null ? null : { start: skipped + first[0].length, end: skipped + second.index };
}

const strict = pyRegExp('```yaml\\s*\\n(.*?)```', 'sg');
const loose = pyRegExp('```(?:yaml)?\\s*\\n(.*?)```', 'sgi');

/** The yaml blocks as `yamlBlocks` finds them. */
export function blockRegions(text: string, any = false): readonly Region[] {
  return Array.from(text.matchAll(any ? loose : strict), (found) => {
    const end = found.index + found[0].length - 3;
    return { start: end - found[1]!.length, end };
  });
}

/** Sections below headings of the second level, by the heading's line. `body` begins behind that line. */
export type Section = {
  readonly title: string;
  readonly heading: Region;
  readonly body: Region;
};

/** Sections as the runtime cuts them: each line that begins with `## `. */
export function sectionsOf(text: string, heading = /^## (.+)$/gm): readonly Section[] {
  const found = Array.from(text.matchAll(heading));
  return found.map((one, i) => {
    const end = one.index + one[0].length;
    return {
      title: pyStrip(one[1]!),
      heading: { start: one.index, end },
      body: { start: end, end: found[i + 1]?.index ?? text.length },
    };
  });
}

/** The line (from 1) of a place. */
export function lineOf(text: string, at: number): number {
  let line = 1;
  for (let i = text.indexOf('\n'); i !== -1 && i < at; i = text.indexOf('\n', i + 1)) line++;
  return line;
}
