import type { MergeUnit } from '../../../../contract/merge.ts';
import { parseJson } from '../../../../core/json/parse.ts';
import { validEdit } from '../../../../core/merge/choices.ts';
import { WHOLE, type Place } from '../../../../core/merge/session.ts';
import { announce } from '../../../ui/announce.ts';
import { editBlocked } from '../unit-words.ts';
import { asStored, unitAt } from './acts.ts';
import { patchLoaded, patchWork, workOf, type Editing } from './work.ts';

/** Begins to type in place of a unit, from what stands there now. */
export function beginEdit(key: string, place: Place): void {
  const work = workOf(key);
  const unit = unitAt(key, place);
  if (work === null || work.loaded === null || unit === null || work.written !== null || place.unit === WHOLE)
    return;
  const why = editBlocked(unit);
  if (why !== null) {
    announce(`Nothing can be typed here: ${why}`);
    return;
  }
  const state = work.loaded.session.states[place.document];
  const entry = state?.entries[place.unit] ?? null;
  patchLoaded(key, { at: place });
  patchWork(key, {
    editing: { place, ...firstText(unit, entry === 'reopened' ? null : entry), problem: null },
  });
}

/** Leaves what was typed. */
export const cancelEdit = (key: string): void => patchWork(key, { editing: null });

/** What is typed now, and why it can't be kept. */
export function typeEdit(key: string, text: string, problem: string | null): void {
  const editing = workOf(key)?.editing ?? null;
  const unit = editing === null ? null : unitAt(key, editing.place);
  if (editing === null || unit === null) return;
  patchWork(key, { editing: { ...editing, text, problem: problem ?? unfit(unit, editing.what, text) } });
}

/** Types a JSON value in place of a text, or the other way round, as far as that can be. */
export function editAs(key: string, what: Editing['what']): void {
  const editing = workOf(key)?.editing ?? null;
  const unit = editing === null ? null : unitAt(key, editing.place);
  if (editing === null || unit === null || editing.what === what) return;
  const text = what === 'json' ? asStored(unit, 'text', editing.text) : (stringOf(editing.text) ?? '');
  patchWork(key, { editing: { ...editing, what, text, problem: null } });
}

/** Whether a text is the JSON of a text, so that it can be typed by its lines. */
export const isTextValue = (json: string): boolean => stringOf(json) !== null;

/** Why a value that is well formed can't stand at this place; null where it can. */
function unfit(unit: MergeUnit, what: Editing['what'], text: string): string | null {
  const valid = validEdit(unit.what, asStored(unit, what, text));
  return valid.ok ? null : `${valid.message}.`;
}

type First = Pick<Editing, 'what' | 'text'>;

function firstText(
  unit: MergeUnit,
  choice: { readonly take: string; readonly text?: string | null } | null,
): First {
  const chosen =
    choice?.take === 'edit' && typeof choice.text === 'string'
      ? choice.text
      : choice?.take === 'base' || choice?.take === 'ours' || choice?.take === 'theirs'
        ? (unit[choice.take]?.text ?? null)
        : null;
  const text = chosen ?? unit.ours?.text ?? unit.theirs?.text ?? unit.base?.text ?? '';
  if (unit.what === 'lines') return { what: 'text', text };
  const line = stringOf(text);
  return line === null ? { what: 'json', text: text === '' ? 'null' : text } : { what: 'text', text: line };
}

/** The text that a JSON string holds; null where the JSON is something else. */
function stringOf(json: string): string | null {
  if (!json.trimStart().startsWith('"')) return null;
  const parsed = parseJson(json);
  return parsed.ok && parsed.node.kind === 'string' && parsed.node.value.isWellFormed()
    ? parsed.node.value
    : null;
}
