import { pyLines, pyRegExp, pyRstrip, pyStrip, pyWords, universalNewlines } from '../text/python-text.ts';

/** A name of `roster.md` and its line. */
export type RosterName = { readonly name: string; readonly comment: string; readonly line: number };

const heading = pyRegExp('^##\\s+Delegate\\s+to\\b', 'i');
const bullet = pyRegExp('^\\s*[-*]\\s+(.+?)$');
const ending = pyRegExp('\\s+(?:—|--|–|-\\s|\\(|,).*');

/** Reads `roster.md`: the first word of each bullet below `## Delegate to` (formats/atomic-agents.md §2.10). */
export function parseRoster(source: string): readonly RosterName[] {
  const names: RosterName[] = [];
  let inside = false;
  for (const [index, row] of pyLines(universalNewlines(source)).entries()) {
    const stripped = pyRstrip(row);
    if (stripped.startsWith('## ')) {
      inside = heading.test(stripped);
      continue;
    }
    const found = inside && !stripped.startsWith('#') ? bullet.exec(stripped)?.[1] : undefined;
    if (found === undefined) continue;
    const item = pyStrip(found);
    const plain = pyStrip(item.replace(ending, ''));
    const name = (pyWords(plain)[0] ?? '').replace(/[,;:]+$/, '');
    if (name !== '') names.push({ name, comment: pyStrip(item.slice(name.length)), line: index + 1 });
  }
  return names;
}
