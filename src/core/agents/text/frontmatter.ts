import { parseJson } from '../../json/parse.ts';
import { jsonValue } from './json-value.ts';
import { pyRegExp, pyStrip, universalNewlines } from './python-text.ts';
import { readYaml } from '../../yaml/yaml.ts';
import type { YamlProblem } from '../../yaml/yaml.ts';
import { isMap } from '../../yaml/yaml-value.ts';
import type { YamlMap, YamlValue } from '../../yaml/yaml-value.ts';

/**
 * A file with its header. `meta` is empty where there is none; `problem` says why the header cannot be read, with the
 * line in the file. `lines` are the lines of its keys.
 */
export type Frontmatter = {
  readonly meta: YamlMap;
  readonly body: string;
  /** line of the file on which the body begins */
  readonly bodyLine: number;
  readonly found: boolean;
  readonly problem: YamlProblem | null;
  readonly lines: ReadonlyMap<string, number>;
};

const boundary = pyRegExp('^-{3,}\\s*$', 'mg');
const jsonBoundary = pyRegExp('^(?:{|})$'.replaceAll(/([{}])/g, '\\$1'), 'mg');
const empty: YamlMap = new Map<YamlValue, YamlValue>();
const noLines: ReadonlyMap<string, number> = new Map();

/**
 * Reads a file as the `python-frontmatter` library does, which the runtime uses: the text without blanks around it
 * begins with a line of three or more dashes, and the next such line ends the header. A header that is no mapping counts
 * as none, as does one without an end; a BOM hides it (formats/atomic-agents.md §2).
 */
export function readFrontmatter(source: string): Frontmatter {
  const unified = universalNewlines(source);
  const text = pyStrip(unified);
  const skipped = unified.slice(0, unified.indexOf(text)).split('\n').length - 1;
  const yaml = cut(text, boundary);
  const json = yaml === null && !text.startsWith('-') ? cut(text, jsonBoundary) : null;
  const parts = yaml ?? json;
  if (parts === null) {
    return { meta: empty, body: text, bodyLine: skipped + 1, found: false, problem: null, lines: noLines };
  }
  const [header, content, headerLine] = parts;
  const body = pyStrip(content);
  const bodyAt = text.length - content.length + content.indexOf(body);
  const bodyLine = skipped + text.slice(0, bodyAt).split('\n').length;
  const shift = skipped + headerLine - 1;
  const read = yaml === null ? readHeaderJson(header) : readYaml(header, 'libyaml');
  if (!read.ok) {
    const problem = { ...read.problem, line: read.problem.line + shift };
    return { meta: empty, body, bodyLine, found: true, problem, lines: noLines };
  }
  const lines = new Map(Array.from(read.lines, ([key, line]) => [key, line + shift] as const));
  const meta = isMap(read.value) ? read.value : empty;
  return { meta, body, bodyLine, found: isMap(read.value), problem: null, lines };
}

/** Header, content and the line on which the header begins, as `re.split` with two cuts gives them. */
function cut(text: string, at: RegExp): readonly [string, string, number] | null {
  at.lastIndex = 0;
  const first = at.exec(text);
  if (first === null || first.index !== 0) return null;
  const second = at.exec(text);
  if (second === null) return null;
  const header = text.slice(first[0].length, second.index);
  return [
    header,
    text.slice(second.index + second[0].length),
    text.slice(0, first[0].length).split('\n').length,
  ];
}

function readHeaderJson(header: string): ReturnType<typeof readYaml> {
  const parsed = parseJson(`{${header}}`);
  if (parsed.ok) return { ok: true, value: jsonValue(parsed.node), lines: noLines };
  return { ok: false, problem: { message: parsed.error.message, line: parsed.error.line } };
}
