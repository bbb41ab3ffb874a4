import { pyRegExp, universalNewlines } from './python-text.ts';
import { readYaml } from '../../yaml/yaml.ts';
import type { YamlProblem } from '../../yaml/yaml.ts';
import type { YamlValue } from '../../yaml/yaml-value.ts';

/** A fenced block of Markdown. Lines are from 1; `end` is the line of the closing fence, or the last line. */
export type Fence = {
  readonly info: string;
  readonly text: string;
  readonly line: number;
  readonly end: number;
  readonly closed: boolean;
};

/** The fenced blocks of a Markdown text: three or more backticks or tildes, closed by at least as many. */
export function fencesOf(source: string): readonly Fence[] {
  const lines = universalNewlines(source).split('\n');
  const fences: Fence[] = [];
  for (let i = 0; i < lines.length; i++) {
    const open = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(lines[i]!);
    if (open === null || (open[1]!.startsWith('`') && open[2]!.includes('`'))) continue;
    const mark = open[1]!;
    const close = new RegExp(`^ {0,3}${mark.charAt(0)}{${mark.length},}[ \\t]*$`);
    let end = i + 1;
    while (end < lines.length && !close.test(lines[end]!)) end++;
    const closed = end < lines.length;
    const text = lines.slice(i + 1, end).join('\n');
    fences.push({ info: open[2]!.trim(), text, line: i + 1, end: closed ? end + 1 : lines.length, closed });
    i = end;
  }
  return fences;
}

/** A `yaml` block of a settings file with what it says. `line` is the line in the file on which its text begins. */
export type YamlBlock = {
  readonly text: string;
  readonly line: number;
  readonly value: YamlValue;
  readonly problem: YamlProblem | null;
  readonly lines: ReadonlyMap<string, number>;
};

const strict = pyRegExp('```yaml\\s*\\n(.*?)```', 'sg');
const loose = pyRegExp('```(?:yaml)?\\s*\\n(.*?)```', 'sgi');

/**
 * The yaml blocks that the runtime finds with its own pattern, which is less strict than Markdown: the fence may stand
 * anywhere on a line. `any`: also blocks without the word yaml, as `policy.md` and `persona.link.md` are read.
 */
export function yamlBlocks(source: string, any = false): readonly YamlBlock[] {
  const text = universalNewlines(source);
  let line = 1;
  let counted = 0;
  return Array.from(text.matchAll(any ? loose : strict), (found) => {
    const start = found.index + found[0].length - 3 - found[1]!.length;
    line += text.slice(counted, start).split('\n').length - 1;
    counted = start;
    return yamlBlock(found[1]!, line);
  });
}

/** A text as a yaml block that begins on this line of its file. */
export function yamlBlock(text: string, line: number): YamlBlock {
  const read = readYaml(text);
  if (!read.ok) {
    const problem = { ...read.problem, line: read.problem.line + line - 1 };
    return { text, line, value: null, problem, lines: new Map() };
  }
  const lines = new Map(Array.from(read.lines, ([key, at]) => [key, at + line - 1] as const));
  return { text, line, value: read.value, problem: null, lines };
}
