import { isDate, isList, isMap } from '../../yaml/yaml-value.ts';
import type { YamlValue } from '../../yaml/yaml-value.ts';

/** Python's `float()` of a YAML value; null where it raises an error. */
export function pyFloat(value: YamlValue | undefined): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value !== 'string') return null;
  const text = value.trim().replaceAll(/(?<=\d)_(?=\d)/g, '');
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return Number(text);
  const word = /^([+-]?)(?:(inf|infinity)|nan)$/i.exec(text);
  if (word === null) return null;
  if (word[2] === undefined) return NaN;
  return word[1] === '-' ? -Infinity : Infinity;
}

/** A number of a settings file as the policies want it: no text, no yes/no; null: another type. */
export function plainNumber(value: YamlValue | undefined): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'bigint' ? Number(value) : null;
}

/** Dollars as integer micro-dollars. */
export function micros(dollars: number): number {
  return Math.round(dollars * 1e6);
}

/** A list of texts, or null where the value is no list of texts. */
export function textList(value: YamlValue | undefined): readonly string[] | null {
  if (!isList(value)) return null;
  return value.every((item) => typeof item === 'string') ? (value as readonly string[]) : null;
}

/** A text of a header or block; null where it is none. Numbers, dates and yes/no are given as they are written. */
export function scalarText(value: YamlValue | undefined): string | null {
  if (value === undefined || value === null || isList(value) || isMap(value)) return null;
  if (isDate(value)) return value.text;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}
