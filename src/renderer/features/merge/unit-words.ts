import type { MergeUnit, UnitValue } from '../../../contract/merge.ts';
import { formatCount } from '../../ui/format.ts';
import type { Names } from './names.ts';

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
  const [ours, theirs] = [names.ours.name, names.theirs.name];
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
      return `both changed ${linesWords(unit)}`;
    case 'array':
      return `both changed ${itemsWords(unit)}`;
    case 'order':
      return 'both changed the order';
    default:
      return `both changed ${kindOf(unit.ours)}`;
  }
}

function kindsWhereUnlike(unit: MergeUnit, names: Names): string {
  const [ours, theirs] = [kindOf(unit.ours), kindOf(unit.theirs)];
  return ours === theirs ? '' : `: ${ours} on ${names.ours.name}, ${theirs} on ${names.theirs.name}`;
}

function takenWords({ taken, kind }: MergeUnit, names: Names): string {
  const who =
    taken === 'both' ? 'both' : taken === 'ours' ? `only ${names.ours.name}` : `only ${names.theirs.name}`;
  const alike = taken === 'both' ? ' alike' : ' it';
  switch (kind) {
    case 'add':
      return `${who} added${alike}`;
    case 'delete':
      return `${who} removed${alike}`;
    case 'order':
      return taken === 'both' ? 'both changed the order alike' : `${who} changed the order`;
    default:
      return `${who} changed${alike}`;
  }
}

/** Lines of a text: counted in the branch that is merged into, where it has them. */
export function linesWords({ at, base, ours }: MergeUnit): string {
  if (at === null) return 'text';
  const [first, value] = ours === null || ours.text === '' ? [at.base, base] : [at.ours, ours];
  const count = value === null || value.text === '' ? 0 : lineCount(value.text);
  if (count === 0) return `text after line ${formatCount(first)}`;
  return rangeWords('line', first, count);
}

function itemsWords({ at, ours, base }: MergeUnit): string {
  if (at === null) return kindOf(ours) === 'nothing' ? 'a list' : kindOf(ours);
  const value = ours ?? base;
  return value === null ? 'items of a list' : `items from number ${formatCount(at.ours + 1)} on`;
}

const rangeWords = (one: string, first: number, count: number): string =>
  count === 1
    ? `${one} ${formatCount(first + 1)}`
    : `${one}s ${formatCount(first + 1)} to ${formatCount(first + count)}`;

function lineCount(text: string): number {
  const breaks = text.split('\n').length - 1;
  return text.endsWith('\n') ? breaks : breaks + 1;
}

/** Why both can't be kept here, in words; null where they can. */
export function bothBlocked(unit: MergeUnit): string | null {
  if (unit.both) return null;
  if (unit.what === 'order') return 'a list has one order';
  if (unit.ours === null || unit.theirs === null) return 'one side has nothing here';
  const [ours, theirs] = [kindOf(unit.ours), kindOf(unit.theirs)];
  if (ours !== theirs) return 'two kinds of values can’t be kept both';
  switch (ours) {
    case 'a number':
      return 'two numbers can’t be kept both';
    case 'an object':
      return 'two objects can’t be kept both';
    default:
      return 'these can’t be kept both';
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
