import type { FileFinding } from '../../../contract/agent-files.ts';
import { pyLines, pyRegExp, pyRstrip, pyStrip, universalNewlines } from '../text/python-text.ts';
import { ACTION_CLASSES } from './judges.ts';

export type ToolsItem = { readonly text: string; readonly comment: string; readonly line: number };
export type ToolClass = { readonly tool: string; readonly class: string; readonly line: number };

/** `tools.md` as the runtime reads it. Paths are as they stand, without home or folder put in. */
export type ToolsSettings = {
  readonly readPaths: readonly ToolsItem[];
  readonly writePaths: readonly ToolsItem[];
  readonly readOnlyPaths: readonly ToolsItem[];
  readonly externalApis: readonly ToolsItem[];
  readonly hardNos: readonly ToolsItem[];
  readonly classes: readonly ToolClass[];
  readonly findings: readonly FileFinding[];
};

type ListName = 'readPaths' | 'writePaths' | 'readOnlyPaths' | 'externalApis' | 'hardNos';

const sections: readonly (readonly [ListName, RegExp])[] = [
  ['readPaths', pyRegExp('^##\\s+Read paths?\\b', 'i')],
  ['writePaths', pyRegExp('^##\\s+Write paths?\\b', 'i')],
  ['readOnlyPaths', pyRegExp('^##\\s+Read[\\s-]only paths?\\b', 'i')],
  ['externalApis', pyRegExp('^##\\s+External APIs?\\b', 'i')],
  ['hardNos', pyRegExp('^##\\s+Hard NOs?\\b', 'i')],
];
const classHeading = pyRegExp('^##\\s+Tool classifications?\\b', 'i');
const bullet = pyRegExp('^\\s*[-*]\\s+(.+?)$');
const comment = pyRegExp('\\s+(?:—|--|\\(|,)\\s*');

/** Reads `tools.md` (formats/atomic-agents.md §2.2). A class that is not known counts for nothing. */
export function parseTools(source: string): ToolsSettings {
  const lists: Record<ListName, ToolsItem[]> = {
    readPaths: [],
    writePaths: [],
    readOnlyPaths: [],
    externalApis: [],
    hardNos: [],
  };
  const classes = new Map<string, ToolClass>();
  const findings: FileFinding[] = [];
  let current: ListName | null = null;
  let classing = false;
  for (const [index, row] of pyLines(universalNewlines(source)).entries()) {
    const line = index + 1;
    const stripped = pyRstrip(row);
    if (stripped.startsWith('## ')) {
      current = sections.find(([, heading]) => heading.test(stripped))?.[0] ?? null;
      classing = classHeading.test(stripped);
      continue;
    }
    if (stripped.startsWith('#') || (current === null && !classing)) continue;
    const found = bullet.exec(stripped)?.[1];
    if (found === undefined) continue;
    const item = pyStrip(found);
    if (classing) classOf(item, line, classes, findings);
    else if (current !== null) lists[current].push(...itemOf(item, current, line));
  }
  return { ...lists, classes: [...classes.values()], findings };
}

function itemOf(item: string, list: ListName, line: number): ToolsItem[] {
  if (list === 'externalApis' || list === 'hardNos') return [{ text: item, comment: '', line }];
  const plain = item.replaceAll('`', '');
  const at = comment.exec(plain);
  const text = pyStrip(at === null ? plain : plain.slice(0, at.index));
  if (text === '') return [];
  return [{ text, comment: at === null ? '' : pyStrip(plain.slice(at.index + at[0].length)), line }];
}

function classOf(item: string, line: number, classes: Map<string, ToolClass>, findings: FileFinding[]): void {
  const warn = (message: string, hint: string): void => {
    findings.push({ severity: 'warning', message, hint, line });
  };
  const colon = item.indexOf(':');
  if (colon === -1) {
    warn(`“${item}” gives no class and counts for nothing.`, 'Write `tool_name: class`.');
    return;
  }
  const tool = trimTicks(pyStrip(item.slice(0, colon)));
  const rest = pyStrip(item.slice(colon + 1));
  const at = comment.exec(rest);
  const value = trimTicks(pyStrip(at === null ? rest : rest.slice(0, at.index))).toLowerCase();
  if (tool === '') return;
  if (!(ACTION_CLASSES as readonly string[]).includes(value)) {
    const holds = classes.get(tool)?.class ?? 'external_side_effect';
    warn(
      `${tool} has the unknown class “${value}”, which is dropped without a word; ${holds} holds.`,
      `Use one of ${ACTION_CLASSES.join(', ')}.`,
    );
    return;
  }
  const before = classes.get(tool);
  if (before !== undefined) {
    warn(
      `${tool} is classed twice; ${value} holds, not ${before.class} of line ${before.line}.`,
      'Keep one line.',
    );
  }
  classes.set(tool, { tool, class: value, line });
}

function trimTicks(text: string): string {
  return text.replace(/^`+/, '').replace(/`+$/, '');
}
