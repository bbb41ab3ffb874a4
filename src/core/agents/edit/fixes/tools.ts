import { ACTION_CLASSES } from '../../settings/judges.ts';
import { parseTools } from '../../settings/tools.ts';
import { pyRegExp } from '../../text/python-text.ts';
import { endOf, linesOf, nearest, withLine, withLineBelow, withoutLines, withSection } from './lines.ts';

/** The class that holds where none is named (formats/atomic-agents.md §2.2). */
const HOLDS = 'external_side_effect';
const comment = pyRegExp('\\s+(?:—|--|\\(|,)\\s*');
const classHeading = /^##\s+Tool classifications?\b/i;

/** A text of `tools.md` with one line mended, and what that does in words. */
export type Mended = { readonly text: string; readonly label: string };

/** Mends a line of `## Tool classification`; what is not near any class gets the one that holds already. */
export function mendToolLine(text: string, line: number, message: string): Mended | null {
  const row = linesOf(text)[line - 1]?.text;
  if (row === undefined) return null;
  const twice = /is classed twice; .* of line (\d+)\.$/.exec(message)?.[1];
  if (twice !== undefined) {
    return { text: withoutLines(text, new Set([Number(twice)])), label: `Remove line ${twice}` };
  }
  const colon = row.indexOf(':');
  if (colon === -1) {
    const label = `Write the class ${HOLDS}`;
    return { text: withLine(text, line, `${row.trimEnd()}: ${HOLDS}`), label };
  }
  const [, before = '', rest = ''] = /^([^:]*:\s*)(.*)$/s.exec(row) ?? [];
  const tool = before.replaceAll(/^\s*[-*]\s+|[`:\s]+$|`/g, '');
  if (parseTools(text).classes.some((one) => one.tool === tool)) {
    return { text: withoutLines(text, new Set([line])), label: `Remove line ${line}` };
  }
  const at = comment.exec(rest);
  const value = at === null ? rest : rest.slice(0, at.index);
  const [, word = '', more = ''] = /^`*([\w -]*\w|)`*(?:\s*[^\w\s]+\s*(.*))?$/s.exec(value) ?? [];
  const name = nearest(word, ACTION_CLASSES) ?? HOLDS;
  const said = more === '' ? '' : ` — ${more}`;
  return {
    text: withLine(text, line, before + name + said + rest.slice(value.length)),
    label: `Write the class ${name}`,
  };
}

/** Every line mended that `## Tool classification` has wrong; null where none is. */
export function mendTools(text: string): string | null {
  let now = text;
  for (let round = 0; round < linesOf(text).length; round++) {
    const found = parseTools(now).findings.find(({ line }) => line !== null);
    const next = found === undefined ? null : mendToolLine(now, found.line!, found.message);
    if (next === null) break;
    now = next.text;
  }
  return now === text ? null : now;
}

/** The text with a line for each tool that has none, saying the class that holds for it now. */
export function withToolClasses(text: string, tools: readonly string[]): string | null {
  const named = new Set(parseTools(text).classes.map(({ tool }) => tool));
  const rows = tools
    .filter((tool) => !named.has(tool) && !/[\r\n:`]/.test(tool))
    .map((tool) => `- ${tool}: ${HOLDS} — not classed by a person yet`);
  if (rows.length === 0) return null;
  const end = endOf(text);
  const lines = linesOf(text);
  const heading = lines.findIndex((line) => classHeading.test(line.text));
  if (heading === -1) return withSection(text, ['## Tool classification', '', ...rows]);
  let last = heading;
  for (let i = heading + 1; i < lines.length && !/^##\s/.test(lines[i]!.text); i++) {
    if (/^\s*[-*]\s/.test(lines[i]!.text)) last = i;
  }
  const blank = last === heading ? [''] : [];
  return withLineBelow(text, last + 1, [...blank, ...rows].join(end));
}
