import { keyedText, type KeyedText } from './merge-keys.ts';

/** A part of a file: a YAML mapping that is merged by its keys, or lines. Joined in order they are the file. */
export type Region = {
  readonly name: 'head' | 'frontmatter' | 'text' | 'yaml';
  readonly text: string;
  readonly keyed: KeyedText | null;
};

/** Fenced blocks up to which a file is cut at them; one with more is merged by lines. */
const MOST_FENCES = 50;

const lines = (name: Region['name'], text: string): Region => ({ name, text, keyed: null });

/**
 * Cuts a file into its frontmatter, its fenced yaml blocks and the text between them. A file that is YAML as a whole is
 * one such block (formats/atomic-agents.md §2).
 */
export function regionsOf(text: string, path: string): readonly Region[] {
  if (/\.ya?ml$/i.test(path)) return [{ name: 'yaml', text, keyed: keyedText(text) }];
  if (!/\.md$/i.test(path)) return [lines('text', text)];
  const header = headerOf(text);
  const body = header === null ? text : text.slice(header.to);
  const front: readonly Region[] =
    header === null
      ? []
      : [
          lines('head', text.slice(0, header.from)),
          {
            name: 'frontmatter',
            text: text.slice(header.from, header.to),
            keyed: keyedText(text.slice(header.from, header.to)),
          },
        ];
  return [...front, ...fenced(body)];
}

/** The lines between the dashes; the closing ones belong to the text behind. */
function headerOf(text: string): { readonly from: number; readonly to: number } | null {
  const open = /^\uFEFF?(?:[^\S\n]*\n)*-{3,}[^\S\n]*\n/.exec(text);
  if (open === null) return null;
  const close = /^-{3,}[^\S\n]*$/m.exec(text.slice(open[0].length));
  return close === null ? null : { from: open[0].length, to: open[0].length + close.index };
}

/** A text cut at its yaml blocks; the fences belong to the lines around. */
function fenced(text: string): readonly Region[] {
  const regions: Region[] = [];
  let at = 0;
  for (const { from, to } of fencesOf(text)) {
    const inside = text.slice(from, to);
    regions.push(lines('text', text.slice(at, from)), {
      name: 'yaml',
      text: inside,
      keyed: keyedText(inside),
    });
    at = to;
  }
  return [...regions, lines('text', text.slice(at))];
}

/** Where the yaml blocks of a text begin and end. */
function fencesOf(text: string): readonly { readonly from: number; readonly to: number }[] {
  const found: { readonly from: number; readonly to: number }[] = [];
  for (const open of text.matchAll(/^```ya?ml[^\S\n]*\n/gm)) {
    const from = open.index + open[0].length;
    if (open.index < (found.at(-1)?.to ?? 0)) continue;
    const close = /^```[^\S\n]*$/m.exec(text.slice(from));
    if (close === null || found.length === MOST_FENCES) return [];
    found.push({ from, to: from + close.index });
  }
  return found;
}

/** Whether regions stand for the same parts, so that they can be merged part by part. */
export const alike = (a: readonly Region[], b: readonly Region[]): boolean =>
  a.length === b.length && a.every(({ name }, i) => name === b[i]!.name);

/** The file as one region of lines. */
export const asLines = (text: string): readonly Region[] => [lines('text', text)];
