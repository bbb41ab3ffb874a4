import { pythonFloat } from '../json/canonical.ts';

/** A date or a time of YAML; `text` is what Python's `str()` gives of it. */
export type YamlDate = {
  readonly kind: 'date' | 'datetime';
  readonly text: string;
  readonly day: string;
};

/**
 * A value as Python's `yaml.safe_load` gives it: integers are `bigint`, floats are `number`. Mappings are `Map`s, so
 * that no key of a file can reach a prototype.
 */
export type YamlValue = null | boolean | bigint | number | string | YamlDate | readonly YamlValue[] | YamlMap;
export type YamlMap = ReadonlyMap<YamlValue, YamlValue>;

/** Whether a value is a mapping. */
export function isMap(value: YamlValue | undefined): value is YamlMap {
  return value instanceof Map;
}

/** Whether a value is a list. */
export function isList(value: YamlValue | undefined): value is readonly YamlValue[] {
  return Array.isArray(value);
}

/** Whether a value is a date or a time. */
export function isDate(value: YamlValue | undefined): value is YamlDate {
  return typeof value === 'object' && value !== null && !isMap(value) && !isList(value);
}

/** Python's `bool()`. */
export function truthy(value: YamlValue | undefined): boolean {
  if (value === undefined || value === null || value === false || value === '' || value === 0) return false;
  if (value === 0n) return false;
  if (isList(value)) return value.length > 0;
  return !isMap(value) || value.size > 0;
}

/** The name of a value's type in words. */
export function typeName(value: YamlValue | undefined): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'boolean') return 'yes/no';
  if (typeof value === 'bigint') return 'a whole number';
  if (typeof value === 'number') return 'a number';
  if (typeof value === 'string') return 'a text';
  if (isList(value)) return 'a list';
  return isMap(value) ? 'a mapping' : 'a date';
}

/** Characters of a value's text beyond which it is cut; nested aliases could make it endless. */
const maxText = 100_000;

/** Python's `str()`. */
export function yamlText(value: YamlValue | undefined): string {
  return typeof value === 'string' ? value : repr(value ?? null).slice(0, maxText);
}

function repr(value: YamlValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return floatText(value);
  if (typeof value === 'string') return quoted(value);
  if (isList(value)) return `[${value.map(inner).join(', ')}]`;
  if (isMap(value)) return `{${Array.from(value, ([k, v]) => `${inner(k)}: ${inner(v)}`).join(', ')}}`;
  return value.text;
}

function inner(value: YamlValue): string {
  return isDate(value) ? dateRepr(value) : repr(value);
}

function dateRepr(value: YamlDate): string {
  const found = /^(\d+)-(\d+)-(\d+)(?: (\d+):(\d+):(\d+)(?:\.(\d+))?)?(?:([+-])(\d+):(\d+))?$/.exec(
    value.text,
  );
  const [year, month, day, hour, minute, second = 0, micros = 0] = (found ?? [])
    .slice(1, 8)
    .map((n) => Number(n ?? 0));
  if (value.kind === 'date') return `datetime.date(${year}, ${month}, ${day})`;
  const parts = [year, month, day, hour, minute].map(String);
  if (second !== 0 || micros !== 0) parts.push(String(second));
  if (micros !== 0) parts.push(String(micros));
  if (found?.[8] !== undefined)
    parts.push(`tzinfo=${zoneRepr(found[8], Number(found[9]), Number(found[10]))}`);
  return `datetime.datetime(${parts.join(', ')})`;
}

function zoneRepr(sign: string, hours: number, minutes: number): string {
  const seconds = hours * 3600 + minutes * 60;
  if (seconds === 0) return 'datetime.timezone.utc';
  const delta = sign === '-' ? `days=-1, seconds=${86_400 - seconds}` : `seconds=${seconds}`;
  return `datetime.timezone(datetime.timedelta(${delta}))`;
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return pythonFloat(value);
}

/** `repr` of a text: single quotes unless it holds one and no double one. */
function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = '';
  for (const c of text) {
    const code = c.codePointAt(0)!;
    if (c === '\\' || c === quote) out += `\\${c}`;
    else if (c === '\n') out += '\\n';
    else if (c === '\r') out += '\\r';
    else if (c === '\t') out += '\\t';
    else if (code < 0x20 || code === 0x7f) out += `\\x${code.toString(16).padStart(2, '0')}`;
    else if ((code >= 0x80 && code <= 0xa0) || code === 0xad) out += `\\x${code.toString(16)}`;
    else out += c;
  }
  return `${quote}${out}${quote}`;
}
