import { MAX_EDIT, type UnitWhat } from '../../../../contract/merge.ts';
import { parseJson } from '../../../../core/json/parse.ts';
import { validEdit } from '../../../../core/merge/choices.ts';
import { formatCount } from '../../../ui/format.ts';

/** What of an edit can't be kept, in words, and where: line and column from 1. */
export type EditProblem = { readonly message: string; readonly line: number; readonly column: number };

/**
 * What is wrong with a text that a person typed in place of a unit; null where it can be kept. Any text is a text; what
 * stands for elements of a list is a list.
 */
export function problemOf(what: 'json' | 'text', text: string, unit: UnitWhat = 'value'): EditProblem | null {
  if (text.length > MAX_EDIT) {
    return {
      message: `It has ${formatCount(text.length)} characters; ${formatCount(MAX_EDIT)} can be kept.`,
      line: 1,
      column: 1,
    };
  }
  if (what === 'text') return null;
  const parsed = parseJson(text, { maxChars: MAX_EDIT });
  if (!parsed.ok) {
    const { message, line, column } = parsed.error;
    return { message: `${message}.`, line, column };
  }
  const valid = validEdit(unit, text);
  return valid.ok ? null : { message: `${valid.message}.`, line: valid.line, column: 1 };
}
