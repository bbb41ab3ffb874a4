import type { FileConflict, MergeReport } from '../../core/merge/file-report.ts';
import type { Sides } from '../../core/merge/merged.ts';
import type { UnitKind, Value } from '../../core/merge/unit.ts';
import { counted, safeLine } from '../output.ts';
import { valueTexts } from '../value-text.ts';

/** Characters of a value that a line of the terminal shows. */
const SHOWN = 100;
/** Conflicts that are listed; the rest is a number, and all of them are in the JSON. */
const LISTED = 50;

const WHY: Record<UnitKind, string> = {
  modify: 'changed',
  add: 'added',
  delete: 'deleted',
  'modify/modify': 'both changed it',
  'modify/delete': 'ours changed it, theirs deleted it',
  'delete/modify': 'ours deleted it, theirs changed it',
  'add/add': 'both added it, differently',
  type: 'they made different kinds of value of it',
  text: 'both changed the same lines',
  array: 'both changed the same part of the list',
  order: 'both changed the order',
};

/** The conflicts in words, with what each side has. */
export function conflictLines(conflicts: readonly FileConflict[], name: string): readonly string[] {
  if (conflicts.length === 0) return [];
  const lines = [`${counted(conflicts.length, 'conflict')} in ${safeLine(name)}`];
  for (const { path, kind, sides, hunks } of conflicts.slice(0, LISTED)) {
    lines.push(`${path === '' ? 'the whole document' : safeLine(path)}: ${WHY[kind]}`);
    for (const part of hunks ?? [sides]) lines.push(...sideLines(part));
  }
  if (conflicts.length > LISTED) lines.push(`and ${conflicts.length - LISTED} more`);
  return lines;
}

/** What was merged, in one line. */
export function summaryLine({ taken }: MergeReport, name: string): string {
  const parts = [
    `${taken.ours.length} from ours`,
    `${taken.theirs.length} from theirs`,
    `${taken.both.length} the same in both`,
  ];
  return `Merged ${safeLine(name)}: ${parts.join(', ')}`;
}

function sideLines({ base, ours, theirs }: Sides<Value>): readonly string[] {
  const texts = valueTexts([base, ours, theirs], SHOWN);
  return ['base', 'ours', 'theirs'].map((side, i) => `  ${side.padEnd(6)}  ${texts[i] ?? '(not there)'}`);
}
