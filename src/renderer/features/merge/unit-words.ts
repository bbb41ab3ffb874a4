import type { MergeUnit, UnitValue } from '../../../contract/merge.ts';
import { parseJson } from '../../../core/json/parse.ts';
import { formatCount } from '../../ui/format.ts';
import { said, type Names } from './names.ts';

type Kind = 'a text' | 'a number' | 'a list' | 'an object' | 'true or false' | 'null' | 'nothing';

/** What kind of value a JSON text begins. */
export function kindOf(value: UnitValue | null): Kind {
  if (value === null) return 'nothing';
  const first = value.text.trimStart()[0];
  switch (first) {
    case '"':
      return 'a text';
    case '[':
      return 'a list';
    case '{':
      return 'an object';
    case 't':
    case 'f':
      return 'true or false';
    case 'n':
      return 'null';
    default:
      return 'a number';
  }
}

/** What happened at a place, in words with the names of the branches. */
export function whatHappened(unit: MergeUnit, names: Names): string {
  const words = unit.taken === null ? conflictWords(unit, names) : takenWords(unit, names);
  return unit.baseDisputed ? `${words}; their base disagrees with itself here` : words;
}

function conflictWords(unit: MergeUnit, names: Names): string {
  const [ours, theirs] = [said(names.ours), said(names.theirs)];
  switch (unit.kind) {
    case 'modify/delete':
      return `${ours} changed it and ${theirs} removed it`;
    case 'delete/modify':
      return `${theirs} changed it and ${ours} removed it`;
    case 'add/add':
      return unit.base === null
        ? `both added it, differently${kindsWhereUnlike(unit, names)}`
        : 'both changed it';
    case 'type':
      return `both changed it, to ${kindOf(unit.ours)} on ${ours} and ${kindOf(unit.theirs)} on ${theirs}`;
    case 'text':
      return linesChange(unit, names);
    case 'array':
      return itemsChange(unit, names);
    case 'order':
      return 'both changed the order';
    default:
      return `both changed ${kindOf(unit.ours)}`;
  }
}

function kindsWhereUnlike(unit: MergeUnit, names: Names): string {
  if (unit.what === 'lines') return '';
  const [ours, theirs] = [kindOf(unit.ours), kindOf(unit.theirs)];
  return ours === theirs ? '' : `: ${ours} on ${said(names.ours)}, ${theirs} on ${said(names.theirs)}`;
}

function takenWords(unit: MergeUnit, names: Names): string {
  const { taken, kind } = unit;
  const who =
    taken === 'both' ? 'both' : taken === 'ours' ? `only ${said(names.ours)}` : `only ${said(names.theirs)}`;
  const alike = taken === 'both' ? ' alike' : '';
  if (unit.what === 'order') return `${who} changed the order${alike}`;
  const part = partWords(unit);
  const what = part ?? (taken === 'both' ? '' : 'it');
  const verb = kind === 'add' ? 'added' : kind === 'delete' ? 'removed' : 'changed';
  return `${who} ${verb}${what === '' ? '' : ` ${what}`}${alike}`;
}

/** Which lines of a text or elements of a list one side changed; null for a value. */
function partWords({ what, at, base, ours, theirs, taken }: MergeUnit): string | null {
  if (at === null || (what !== 'lines' && what !== 'items')) return null;
  const now = taken === 'theirs' ? theirs : ours;
  const [one, count] =
    what === 'lines'
      ? (['line', lineCount(base) || lineCount(now)] as const)
      : (['item', itemCount(base) || itemCount(now)] as const);
  return count === null || count === 0 ? `${one}s` : rangeWords(one, at.base, count);
}

/** What both did to lines of a text, which are counted in base where it has them. */
function linesChange(unit: MergeUnit, names: Names): string {
  const { at, base, ours, theirs } = unit;
  if (at === null) return 'both changed text';
  const count = lineCount(base);
  if (count === 0) {
    return at.base === 0
      ? 'both added lines at the beginning'
      : `both added lines after line ${formatCount(at.base)}`;
  }
  return partChange(rangeWords('line', at.base, count), ours, theirs, '', names);
}

/** What both did to elements of a list, which are counted in base where it has them. */
function itemsChange(unit: MergeUnit, names: Names): string {
  const { at, base, ours, theirs } = unit;
  if (at === null) return `both changed ${kindOf(ours)}`;
  const count = itemCount(base);
  if (count === 0) {
    return at.base === 0
      ? 'both added items at the beginning'
      : `both added items after item ${formatCount(at.base)}`;
  }
  const words =
    count === null ? `items from number ${formatCount(at.base + 1)} on` : rangeWords('item', at.base, count);
  return partChange(words, ours, theirs, '[]', names);
}

function partChange(
  words: string,
  ours: UnitValue | null,
  theirs: UnitValue | null,
  nothing: string,
  names: Names,
): string {
  const gone = (value: UnitValue | null) => value === null || value.text === nothing;
  if (gone(ours)) return `${said(names.theirs)} changed ${words} and ${said(names.ours)} removed them`;
  if (gone(theirs)) return `${said(names.ours)} changed ${words} and ${said(names.theirs)} removed them`;
  return `both changed ${words}`;
}

const rangeWords = (one: string, first: number, count: number): string =>
  count === 1
    ? `${one} ${formatCount(first + 1)}`
    : `${one}s ${formatCount(first + 1)} to ${formatCount(first + count)}`;

function lineCount(value: UnitValue | null): number {
  if (value === null || value.text === '') return 0;
  const breaks = value.text.split('\n').length - 1;
  return value.text.endsWith('\n') ? breaks : breaks + 1;
}

/** How many elements a list has; null where only its beginning is here. */
function itemCount(value: UnitValue | null): number | null {
  if (value === null) return 0;
  const parsed = value.cut ? null : parseJson(value.text);
  return parsed?.ok === true && parsed.node.kind === 'array' ? parsed.node.items.length : null;
}

/** Why both can't be kept here, in words; null where they can. */
export function bothBlocked(unit: MergeUnit): string | null {
  if (unit.both) return null;
  if (unit.what === 'order') return 'a list has one order';
  if (unit.ours === null || unit.theirs === null) return 'one side has nothing here';
  if (unit.what === 'lines') {
    const empty = unit.ours.text === '' || unit.theirs.text === '';
    return empty ? 'one side has nothing here' : 'the key would stand twice';
  }
  const [ours, theirs] = [kindOf(unit.ours), kindOf(unit.theirs)];
  if (ours !== theirs) return 'two kinds of values can’t be kept both';
  switch (ours) {
    case 'a number':
      return 'two numbers can’t be kept both';
    case 'an object':
      return 'two objects can’t be kept both';
    case 'a text':
      return 'one of the two texts is empty';
    default:
      return 'the two values can’t be kept both';
  }
}

/** The path as it stands on a card; the whole document has none. */
export const pathWords = (unit: MergeUnit): string => (unit.path === '' ? 'whole output' : unit.path);

/** Why nothing can be typed here, in words; null where it can. */
export function editBlocked(unit: MergeUnit): string | null {
  if (unit.what === 'order') return 'the order of a list is taken from one side';
  return [unit.ours, unit.theirs, unit.base].some((value) => value?.cut === true)
    ? 'the value is too long to be typed over here'
    : null;
}
